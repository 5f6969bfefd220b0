public import Persistence

/// How far a permission of a role reaches.
public enum Scope: String, Sendable, CaseIterable, SQLBindable {
  /// Every organisation of the installation.
  case all
  /// The organisation the role was given at, and everything below it.
  case school
  /// The sections the person teaches, and the students in them.
  case sections
  /// The students whose guardian the person is, while custody rights allow it.
  case children
  /// The person's own record.
  case own = "self"
}
