import Kernel

/// One step of the schema: statements up, and statements down that undo them.
///
/// Never edited once merged: a checksum is stored, and drift fails `doctor`. Statements name no type of the program.
/// Words in braces become the engine's own: `{id}`, `{int}`, `{text}`, `{bool}`, `{date}`, `{instant}`, `{money}`,
/// `{decimal}`, `{json}`, `{blob}`, and `{strict}` after a table. A statement that begins with `{sqlite}` or
/// `{postgres}` is for that engine alone: full text and triggers, which the two spell differently.
public struct Migration: Sendable {
  /// `YYYYMMDD_HHMM_name`; migrations run in the order of their names.
  public let name: String
  let up: [String]
  let down: Down

  enum Down: Sendable {
    case statements([String])
    case irreversible(String)
  }

  /// A step that can be taken back.
  public init(_ name: String, up: [StaticString], down: [StaticString]) {
    self.name = name
    self.up = up.map(\.description)
    self.down = .statements(down.map(\.description))
  }

  /// A step that cannot be taken back, and why.
  public init(_ name: String, up: [StaticString], irreversible why: StaticString) {
    self.name = name
    self.up = up.map(\.description)
    self.down = .irreversible(why.description)
  }

  /// A fingerprint of everything the migration would run, on any engine: 64-bit FNV-1a over its statements.
  public var checksum: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in (up + ["--"]).joined(separator: ";\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}

/// Statements of a migration in one engine's words; made only here, so nothing a person typed can get in.
public struct MigrationText: Sendable {
  /// The statement as the engine reads it.
  public let text: String

  /// The statements that concern `dialect`, in its words.
  static func written(_ templates: [String], for dialect: Dialect) throws -> [MigrationText] {
    try templates.compactMap { template in
      guard let engine = Dialect.allCases.first(where: { template.hasPrefix("{\($0.rawValue)}") }) else {
        return try MigrationText(template, for: dialect)
      }
      guard engine == dialect else { return nil }
      return try MigrationText(String(template.dropFirst(engine.rawValue.count + 2)), for: dialect)
    }
  }

  init(_ template: String, for dialect: Dialect) throws {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { throw Bug("a brace is not closed in a migration") }
      let word = String(rest[rest.index(after: open)..<close])
      guard let engineWord = Self.words[word] else { throw Bug("{\(word)} is no word of a migration") }
      text += dialect == .sqlite ? engineWord.sqlite : engineWord.postgres
      rest = rest[rest.index(after: close)...]
    }
    self.text = text + rest
  }

  private static let words: [String: (sqlite: String, postgres: String)] = [
    "id": ("BLOB", "UUID"),
    "int": ("INTEGER", "BIGINT"),
    "money": ("INTEGER", "BIGINT"),
    "instant": ("INTEGER", "BIGINT"),
    "decimal": ("INTEGER", "BIGINT"),
    "bool": ("INTEGER", "BOOLEAN"),
    "text": ("TEXT", "TEXT COLLATE \"C\""),
    "date": ("TEXT", "DATE"),
    "json": ("TEXT", "TEXT"),
    "blob": ("BLOB", "BYTEA"),
    "strict": ("STRICT", ""),
  ]
}
