/// The right to do one thing, named `area.action`, such as `students.edit`.
///
/// Slices declare theirs as static members and hand them to the app as a list; that one list stands behind menu, pages,
/// API and the page where roles are edited.
public struct Permission: Hashable, Sendable, CustomStringConvertible {
  /// `area.action`: stable, kept in the database.
  public let name: String
  /// What it allows, as the roles page says it: "See students".
  public let title: String
  /// The scopes that make sense for it.
  public let scopes: [Scope]

  /// A right by its name, and what it allows in words.
  public init(_ name: String, _ title: String, scopes: [Scope] = [.all, .school]) {
    self.name = name
    self.title = title
    self.scopes = scopes
  }

  /// The name.
  public var description: String { name }

  public static func == (left: Permission, right: Permission) -> Bool { left.name == right.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
