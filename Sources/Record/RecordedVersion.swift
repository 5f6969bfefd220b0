public import Kernel
public import Persistence

/// One entry of the audit with what it changed: who did what to which row, when, in which request and why.
public struct RecordedVersion: Sendable, Equatable {
  /// The audit entry.
  public let id: AuditID
  /// When it was done.
  public let at: Instant
  /// By whom; nil for the system itself.
  public let actor: AccountID?
  /// At which organisation.
  public let org: OrgID?
  /// What was done.
  public let action: RecordAction
  /// The word for the row, such as `student`.
  public let kind: String
  /// The row.
  public let object: ID<AnyEntity>
  /// The version it became.
  public let version: Int
  /// The request it was part of.
  public let request: String?
  /// The reason given.
  public let reason: String?
  /// The import or bulk edit it was part of.
  public let cause: ID<AnyEntity>?
  /// The business columns of this version as JSON text.
  public let image: String
  /// The fields that differ from the version before; all that hold something for the first.
  public let changes: [FieldChange]
}

extension RecordedVersion: RowDecodable {
  public static let columns: SQL = """
    audit.id, audit.at, audit.actor_id, audit.org_id, audit.action, audit.kind, audit.object_id, audit.version,
    audit.request, audit.reason, audit.cause_id, version.payload, earlier.payload
    """

  public init(row: inout RowReader) throws {
    id = try row.next()
    at = try row.next()
    actor = try row.next()
    org = try row.next()
    action = try row.next()
    kind = try row.next()
    object = try row.next()
    version = try row.next()
    request = try row.next()
    reason = try row.next()
    cause = try row.next()
    image = try row.next()
    changes = try FieldChange.between(try row.next(), image)
  }
}

/// One field before and after.
public struct FieldChange: Sendable, Equatable {
  /// The column's name, such as `display_name`.
  public let name: String
  /// What it was; null also where the column was not there.
  public let before: JSON
  /// What it became.
  public let after: JSON

  /// A field before and after.
  public init(name: String, before: JSON, after: JSON) {
    self.name = name
    self.before = before
    self.after = after
  }

  /// The fields that differ between two images, in the order of the later; those of a row that was not there are null.
  static func between(_ before: String?, _ after: String) throws -> [FieldChange] {
    guard before != after else { return [] }
    let earlier = try before.map { try JSON(parsing: $0) }
    guard case .object(let members) = try JSON(parsing: after) else { throw Bug("an image is no object") }
    return members.compactMap { member in
      let old = earlier?[member.name] ?? .null
      return old == member.value ? nil : FieldChange(name: member.name, before: old, after: member.value)
    }
  }
}

/// How a row stood at some moment.
public struct RecordedState: Sendable, Equatable {
  /// Since when it had stood so.
  public let since: Instant
  /// The version it was.
  public let version: Int
  /// Its business columns as JSON text.
  public let image: String

  /// The business columns in their order.
  public func fields() throws -> [(name: String, value: JSON)] {
    guard case .object(let members) = try JSON(parsing: image) else { throw Bug("an image is no object") }
    return members
  }
}
