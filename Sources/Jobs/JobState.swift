public import Persistence

/// Where a piece of work stands.
public enum JobState: String, Sendable, CaseIterable, SQLBindable {
  /// It waits for a worker.
  case waiting
  /// A worker has it.
  case running
  /// It is done.
  case done
  /// It failed as often as it may: a dead letter, until somebody has it tried again.
  case failed
  /// Its worker's process died in the middle of it, again and again: nobody begins it by itself any more.
  case quarantined
  /// Somebody cancelled it.
  case cancelled

  /// Whether nothing more will happen to it by itself.
  public var isOver: Bool { self != .waiting && self != .running }
  /// Whether somebody may have it tried again.
  public var mayBeRetried: Bool { self == .failed || self == .quarantined || self == .cancelled }
}
