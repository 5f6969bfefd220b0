public import Kernel

/// How far an undo has come, and in the end what came of it.
public struct UndoOutcome: Sendable, Equatable {
  /// Rows the cause had to do with.
  public let total: Int
  /// Rows that had come to be and went to the recycle bin.
  public internal(set) var removed = 0
  /// Rows that were changed and are as before again.
  public internal(set) var changedBack = 0
  /// Rows that were deleted and are back.
  public internal(set) var restored = 0
  /// How many rows were left alone.
  public internal(set) var leftCount = 0
  /// The rows left alone, the first thousand of them.
  public internal(set) var left: [UndoLeft] = []

  /// Rows that were undone by this run.
  public var undone: Int { removed + changedBack + restored }
}

/// A row an undo left alone.
public struct UndoLeft: Sendable, Equatable {
  /// Why a row is left alone.
  public enum Reason: String, Sendable {
    /// Somebody changed or deleted it since.
    case changedSince
    /// Something that stays refers to it: an enrolment made since, in a section the import made.
    case usedSince
    /// It was part of something that lies in the recycle bin now.
    case lacksOther
    /// Its earlier key belongs to another row now.
    case keyTaken
  }

  /// The word for the row, such as `student`.
  public let kind: String
  /// The row.
  public let id: ID<AnyEntity>
  /// Why it was left alone.
  public let why: Reason

  /// A row and why it was left alone.
  public init(kind: String, id: ID<AnyEntity>, why: Reason) {
    self.kind = kind
    self.id = id
    self.why = why
  }

  var problem: Problem {
    let detail =
      switch why {
      case .changedSince: "This \(kind) was changed after that edit. Compare the versions and edit it by hand."
      case .usedSince: "This \(kind) is in use now. Delete what refers to it first."
      case .lacksOther: "What this \(kind) belonged to before lies in the recycle bin. Restore that first."
      case .keyTaken: "Another \(kind) has the earlier key now. Change or delete that one first."
      }
    return Problem(.conflict, code: "UNDO_CONFLICT", title: "Cannot be undone", detail: detail)
  }
}
