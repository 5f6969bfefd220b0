import Kernel
import Persistence

/// Finds people by the beginnings of words: all that were typed must begin some word of theirs.
///
/// One or two letters would begin thousands of names, so they are taken as the beginning of the sorted name, which is a
/// short walk along its index.
struct WordSearch: Sendable {
  /// The columns of what is searched.
  struct Index: Sendable {
    let person: SQL
    let words: SQL
    let sortName: SQL

    static let students = Index(person: "s.person_id", words: "s.words", sortName: "s.sort_name")
    static let people = Index(person: "p.id", words: "p.search_name", sortName: "p.sort_name")
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
    return "\(index.sortName) >= \(start) AND \(index.sortName) < \(Self.end(of: start))"
  }

  /// Behind everything that begins with `start`: no character sorts behind the last one there is.
  static func end(of start: String) -> String { start + "\u{10FFFF}" }
}
