import Kernel
import Persistence

/// Finds people by the beginnings of words: all that were typed must begin some word of theirs.
///
/// One or two letters would begin thousands of names, so they are taken as the beginning of the sorted name, which is a
/// short walk along its index.
struct WordSearch: Sendable {
  /// What is searched, by the tables and columns that differ.
  struct Index: Sendable {
    /// SQLite: the full-text table, the table of its row numbers and the column that refers to the searched row.
    let text: SQL
    let numbers: SQL
    let owner: SQL
    /// The columns of the searched row.
    let id: SQL
    let words: SQL
    let sortName: SQL

    static let students = Index(
      text: "directory_student_fts", numbers: "directory_student_no", owner: "student_id", id: "s.id",
      words: "s.words", sortName: "s.sort_name")
    static let people = Index(
      text: "directory_person_fts", numbers: "directory_person_no", owner: "person_id", id: "p.id",
      words: "p.search_name", sortName: "p.sort_name")
  }

  let words: [String]
  let index: Index

  /// A search for what a person typed; nil when there is no letter or digit in it.
  init?(_ typed: String?, in index: Index) {
    guard let typed else { return nil }
    words = SearchWords.typed(typed)
    self.index = index
    if words.isEmpty { return nil }
  }

  /// The condition on the searched row.
  func condition(in tx: any Connection) throws -> SQL {
    if words.contains(where: SearchWords.isTelling) { return try wordCondition(in: tx) }
    let start = words.joined(separator: " ")
    // No character sorts behind the last one there is.
    return "\(index.sortName) >= \(start) AND \(index.sortName) < \(start + "\u{10FFFF}")"
  }
}
