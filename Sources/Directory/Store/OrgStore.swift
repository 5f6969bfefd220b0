import Kernel
import Persistence

/// The organisations and their tree.
struct OrgStore: Sendable {
  /// Organisations at most; a tree of more is no page.
  static let limit = 1000

  func all(in tx: any Connection) throws -> [Org] {
    try tx.all("SELECT \(Org.columns) FROM directory_org_live ORDER BY name, id LIMIT \(Self.limit)")
  }

  func find(_ id: OrgID, in tx: any Connection) throws -> Org? {
    try tx.first("SELECT \(Org.columns) FROM directory_org_live WHERE id = \(id) LIMIT 1")
  }

  func find(code: String, in tx: any Connection) throws -> Org? {
    try tx.first("SELECT \(Org.columns) FROM directory_org_live WHERE code = \(code) LIMIT 1")
  }

  func require(_ id: OrgID, in tx: any Connection) throws -> Org {
    guard let org = try find(id, in: tx) else { throw Problem.notFound("organisation") }
    return org
  }

  /// The organisation and all above it, the nearest first.
  func withAncestors(_ id: OrgID, in tx: any Connection) throws -> [OrgID] {
    try tx.all(
      """
      WITH RECURSIVE above (id, parent_id, height) AS (
        SELECT id, parent_id, 0 FROM directory_org_live WHERE id = \(id)
        UNION ALL
        SELECT o.id, o.parent_id, above.height + 1
        FROM directory_org_live AS o JOIN above ON o.id = above.parent_id WHERE above.height < 20
      )
      SELECT id FROM above ORDER BY height LIMIT 21
      """
    ) { row in try row.next() }
  }

  /// Whether `org` is `ancestor` or stands below it.
  func isWithin(_ org: OrgID, ancestor: OrgID, in tx: any Connection) throws -> Bool {
    try withAncestors(org, in: tx).contains(ancestor)
  }

  /// What keeps an organisation from being deleted, each with its count.
  func contents(of org: OrgID, in tx: any Connection) throws -> [(String, Int)] {
    [
      ("organisations below it", try tx.count("SELECT count(*) FROM directory_org_live WHERE parent_id = \(org)")),
      ("students", try tx.count("SELECT count(*) FROM directory_student_live WHERE school_id = \(org)")),
      ("jobs", try tx.count("SELECT count(*) FROM directory_employment_live WHERE org_id = \(org)")),
    ].filter { $0.1 > 0 }
  }
}
