public import Kernel
public import Rights

/// The circumstances of a change: who makes it, when, where, in which request and why.
public struct Change: Sendable {
  /// Who acts.
  public let actor: Actor
  /// When.
  public let at: Instant
  /// The school or other organisation it concerns.
  public let org: OrgID?
  /// A reason given by the person, where one is asked for.
  public let reason: String?
  /// What the change is part of: an import or a bulk edit, which can be undone as a whole.
  public let cause: ID<AnyEntity>?

  /// A change by `actor` at `at`.
  public init(
    by actor: Actor, at: Instant, org: OrgID? = nil, reason: String? = nil, cause: ID<AnyEntity>? = nil
  ) {
    self.actor = actor
    self.at = at
    self.org = org
    self.reason = reason
    self.cause = cause
  }

  /// The same circumstances, for a reason.
  public func because(_ reason: String?) -> Change { Change(by: actor, at: at, org: org, reason: reason, cause: cause) }

  /// The same circumstances at another organisation.
  public func at(_ org: OrgID?) -> Change { Change(by: actor, at: at, org: org, reason: reason, cause: cause) }
}

/// What was done to a row.
public enum RecordAction: String, Sendable {
  /// It came to be.
  case created
  /// Its columns changed.
  case changed
  /// It was put into the recycle bin.
  case deleted
  /// It was taken out of the recycle bin.
  case restored
}
