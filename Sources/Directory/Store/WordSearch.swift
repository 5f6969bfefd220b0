import Kernel
import Persistence

/// Finds people by the beginnings of words: all that were typed must begin some word of theirs.
///
/// The rarest word is looked up in the table of words and its hits are sorted. Where even that one begins
/// thousands, walking the list in its own order and looking at each row is quicker. One or two letters are taken as the
/// beginning of the sorted name, which is a short walk along its index.
struct WordSearch: Sendable {
  /// What is searched: a view, the alias it is read by, its column of words, and the table that finds rows by a word.
  struct Index: Sendable {
    let view: SQL
    let alias: SQL
    let words: SQL
    let table: SQL
    let key: SQL

    static let students = Index(
      view: "directory_student_live", alias: "s", words: "words", table: "directory_student_word", key: "student_id")
    static let people = Index(
      view: "directory_person_live", alias: "p", words: "search_name", table: "directory_word", key: "person_id")

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
    let looked = SQL.all(words.map(isThere))
    guard let rarest = try rarest(in: tx) else { return Plan(source: index.source, condition: looked) }
    return Plan(source: source(startingWhere: Self.begins(with: rarest), in: tx), condition: looked)
  }

  /// That some word of the row begins like this.
  private func isThere(_ word: String) -> SQL { "(' ' || \(index.alias).\(index.words)) LIKE \("% \(word)%")" }

  private static func begins(with start: String) -> SQL { "w.word >= \(start) AND w.word < \(end(of: start))" }

  /// The word that begins the fewest, or nil when each begins too many.
  private func rarest(in tx: any Connection) throws -> String? {
    var rarest: (word: String, hits: Int)?
    for word in words where SearchWords.isTelling(word) {
      let hits = try tx.count(
        """
        SELECT count(*) FROM (
          SELECT 1 FROM \(index.table) AS w WHERE \(Self.begins(with: word))
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

// MARK: Students in the order of their list

extension WordSearch {
  /// So many different words are walked side by side; a beginning of more is gathered and sorted.
  private static let walks = 16

  /// Students in the order of their list, by walks under each word that begins like the typed one: fifty steps a word,
  /// however many students share it. Nil where a search has nothing to walk along, or too much.
  func walk(where condition: SQL, behind place: SQL?, limit: Int, in tx: any Connection) throws -> Plan? {
    guard let (start, found) = try fewestWords(in: tx) else { return nil }
    let others = SQL.all([condition] + words.filter { $0 != start }.map(isThere))
    let isPlain = condition.isEmpty && words.count == 1
    let behind: SQL = place.map { "(w.sort_name, w.student_id) > \($0)" } ?? .empty
    let walks = found.map { word -> SQL in
      """
      SELECT * FROM (
        SELECT w.sort_name, w.student_id FROM directory_student_word AS w
        \(isPlain ? SQL.empty : "CROSS JOIN directory_student_live AS s")
        WHERE \(SQL.all(["w.word = \(word)", behind, isPlain ? .empty : SQL.all(["s.id = w.student_id", others])]))
        ORDER BY w.sort_name, w.student_id LIMIT \(limit)) AS walk
      """
    }
    // Only as many rows are fetched as the page shows.
    return Plan(
      source: """
        (
          SELECT sort_name, student_id FROM (\(SQL.joined(walks, separator: " UNION "))) AS met
          ORDER BY sort_name, student_id LIMIT \(limit)
        ) AS hit CROSS JOIN directory_student_live AS s
        """,
      condition: "s.id = hit.student_id")
  }

  /// The typed word with the fewest different words that begin like it, and those.
  private func fewestWords(in tx: any Connection) throws -> (start: String, words: [String])? {
    var fewest: (start: String, words: [String])?
    for start in words where SearchWords.isTelling(start) {
      let found: [String] = try tx.all(
        """
        WITH RECURSIVE found (word) AS (
          SELECT min(w.word) FROM directory_student_word AS w WHERE \(Self.begins(with: start))
          UNION ALL
          SELECT (SELECT min(w.word) FROM directory_student_word AS w
            WHERE w.word > found.word AND w.word < \(Self.end(of: start)))
          FROM found WHERE found.word IS NOT NULL
        )
        SELECT word FROM found WHERE word IS NOT NULL LIMIT \(Self.walks + 1)
        """
      ) { row in try row.next() }
      if found.count < fewest?.words.count ?? Int.max { fewest = (start, found) }
    }
    guard let fewest, !fewest.words.isEmpty, fewest.words.count <= Self.walks else { return nil }
    return fewest
  }
}
