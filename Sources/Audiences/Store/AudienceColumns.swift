import Kernel
public import Persistence
public import Record

/// How an audience stands in a table: six columns, `audience_kind`, `audience_org_id`, `audience_role_id`,
/// `audience_section_id`, `audience_person_id` and `audience_word`, all but the first NULL where the kind has none.
///
/// Things name what their audience was without a reference: they are kept when a section has gone for good, and reach
/// nobody new.
public enum AudienceColumns {
  /// The columns as rows are read.
  public static let all: SQL = """
    audience_kind, audience_org_id, audience_role_id, audience_section_id, audience_person_id, audience_word
    """

  /// The columns of `alias` as rows are read.
  public static func all(of alias: SQL) -> SQL {
    """
    \(alias).audience_kind, \(alias).audience_org_id, \(alias).audience_role_id, \(alias).audience_section_id,
    \(alias).audience_person_id, \(alias).audience_word
    """
  }

  /// The columns of a recorded table whose rows have an audience.
  public static func recorded<Row>(_ audience: @escaping @Sendable (Row) -> Audience) -> [RecordedColumn<Row>] {
    [
      .text("audience_kind", { audience($0).kind.rawValue }), .id("audience_org_id", { audience($0).fields.org }),
      .id("audience_role_id", { audience($0).fields.role }),
      .id("audience_section_id", { audience($0).fields.section }),
      .id("audience_person_id", { audience($0).fields.person }), .text("audience_word", { audience($0).fields.word }),
    ]
  }
}

extension Audience {
  /// Reads the six columns in their order.
  public init(row: inout RowReader) throws {
    let fields = AudienceFields(
      kind: try row.next(), org: try row.next(), role: try row.next(), section: try row.next(),
      person: try row.next(), word: try row.next())
    guard let audience = Audience(fields) else { throw Bug("an audience is kept that is none") }
    self = audience
  }
}

extension Audience.Kind: SQLBindable {}
extension Audience.Group: SQLBindable {}
