public import Kernel
public import Persistence
public import Rights

/// An undo or a restoration under way, for the slice that owns the rows: it may refuse what its own rules forbid, by
/// throwing, and then nothing happens.
public struct TakingBack: Sendable {
  /// What is done.
  public enum Occasion: Sendable {
    /// One edit is undone.
    case undo
    /// A deletion is brought back as a whole, with all that went along.
    case restoration
  }

  /// When in the transaction the slice is asked.
  public enum Moment: Sendable {
    /// The rows are as they were found.
    case before
    /// The rows are as they would stay.
    case after
  }

  /// What a slice has to say.
  public typealias Check = @Sendable (TakingBack, any Connection) throws -> Void

  /// What is done.
  public let occasion: Occasion
  /// When the slice is asked.
  public let moment: Moment
  /// The word for the rows, such as `enrolment`.
  public let kind: String
  /// The rows.
  public let ids: [ID<AnyEntity>]
  /// Who does it.
  public let actor: Actor

  /// A taking back of some rows of one kind.
  public init(_ occasion: Occasion, _ moment: Moment, of kind: String, _ ids: [ID<AnyEntity>], by actor: Actor) {
    self.occasion = occasion
    self.moment = moment
    self.kind = kind
    self.ids = ids
    self.actor = actor
  }
}
