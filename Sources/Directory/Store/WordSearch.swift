import Kernel
import Persistence

/// Finds people by the beginnings of words: all that were typed must begin some word of theirs.
///
/// The rarest word is looked up in the table of words and its hits are sorted. Where even that one begins
/// thousands, walking the list in its own order and looking at each row is quicker. One or two letters are taken as the
/// beginning of the sorted name, which is a short walk along its index.
struct WordSearch: Sendable {
  /// What is searched: a view, the alias it is read by, and the columns that matter.
  struct Index: Sendable {
    let view: SQL
    let alias: SQL
    let person: SQL
    let words: SQL

    static let students = Index(view: "directory_student_live", alias: "s", person: "person_id", words: "words")
    static let people = Index(view: "directory_person_live", alias: "p", person: "id", words: "search_name")

    /// The view without a search.
    var source: SQL { "\(view) AS \(alias)" }
  }

  /// Where rows come from and which of them are wanted.
  struct Plan: Sendable {
    let source: SQL
    let condition: SQL
  }

  private static let common = 4000
  let words: [String]
  let index: Index

  /// A search for what a person typed; nil when there is nothing but white space.
  init?(_ typed: String?, in index: Index) {
    guard let typed, typed.contains(where: { !$0.isWhitespace }) else { return nil }
    words = SearchWords.typed(typed)
    self.index = index
  }

  /// How to find the rows; without a letter or digit nothing is found.
  func plan(in tx: any Connection) throws -> Plan {
    guard !words.isEmpty else { return Plan(source: index.source, condition: "FALSE") }
    guard words.contains(where: SearchWords.isTelling) else {
      let start = words.joined(separator: " ")
      let sortName: SQL = "\(index.alias).sort_name"
      return Plan(
        source: index.source, condition: "\(sortName) >= \(start) AND \(sortName) < \(Self.end(of: start))")
    }
    let looked = SQL.all(words.map { "(' ' || \(index.alias).\(index.words)) LIKE \("% \($0)%")" })
    guard let rarest = try rarest(in: tx) else { return Plan(source: index.source, condition: looked) }
    let begins: SQL = "w.word >= \(rarest) AND w.word < \(Self.end(of: rarest))"
    return Plan(source: source(startingWhere: begins, in: tx), condition: looked)
  }

  /// The word that begins the fewest, or nil when each begins too many.
  private func rarest(in tx: any Connection) throws -> String? {
    var rarest: (word: String, hits: Int)?
    for word in words where SearchWords.isTelling(word) {
      let hits = try tx.count(
        """
        SELECT count(*) FROM (
          SELECT 1 FROM directory_word WHERE word >= \(word) AND word < \(Self.end(of: word))
          LIMIT \(Self.common + 1)) AS hit
        """)
      if hits < rarest?.hits ?? Int.max { rarest = (word, hits) }
    }
    guard let rarest, rarest.hits <= Self.common else { return nil }
    return rarest.word
  }

  /// Behind everything that begins with `start`: no character sorts behind the last one there is.
  private static func end(of start: String) -> String { start + "\u{10FFFF}" }
}
