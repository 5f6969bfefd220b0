import Kernel
import Persistence
import Record

extension SchoolTemplate: RecordedRow, RowDecodable {
  /// Templates as schools changed them, with their history.
  static let table = RecordedTable<SchoolTemplate>(
    "letter_template", "outbox_template",
    columns: [
      .text("key", \.key), .text("language", \.language), .text("subject", \.words.subject),
      .text("body", \.words.text),
    ])

  /// The columns as rows are read.
  static let columns: SQL = "id, version, key, language, subject, body"

  /// Reads the columns in their order.
  init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), key: try row.next(), language: try row.next(),
      words: LetterWords(subject: try row.next(), text: try row.next()))
  }
}

/// The only place beside migration and table that names `outbox_template`.
struct TemplateStore: Sendable {
  /// The school's words, or else ours.
  func words(_ template: LetterTemplate, in language: String, _ tx: any Connection) throws -> LetterWords {
    if let school = try find(template.key, in: language, tx) { return school.words }
    guard let words = LetterLanguage.words(template.key, in: language) else {
      throw Bug("the template \(template.key) has no words")
    }
    return words
  }

  func find(_ key: String, in language: String, _ tx: any Connection) throws -> SchoolTemplate? {
    try tx.first(
      """
      SELECT \(SchoolTemplate.columns) FROM outbox_template_live WHERE key = \(key) AND language = \(language)
      """)
  }

  func all(in tx: any Connection) throws -> [SchoolTemplate] {
    try tx.all("SELECT \(SchoolTemplate.columns) FROM outbox_template_live ORDER BY key, language LIMIT 1000")
  }
}
