public import Persistence

/// Where a piece of work stands.
public enum JobState: String, Sendable, CaseIterable, SQLBindable {
  /// It waits for a worker.
  case waiting
  /// A worker has it.
  case running
  /// It is done.
  case done
  /// It failed for good.
  case failed
  /// Somebody cancelled it.
  case cancelled

  /// Whether nothing more will happen to it.
  public var isOver: Bool { self == .done || self == .failed || self == .cancelled }
}
