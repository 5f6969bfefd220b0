import Kernel
import Persistence

extension WordSearch {
  /// From so many hits on, walking the list in its order and looking at each row is quicker than sorting the hits.
  private static let common = 1000

  /// The rarest word is looked up in the table of words, unless even that one is common; the others are looked for in
  /// the rows it finds.
  func wordCondition(in tx: any Connection) throws -> SQL {
    guard tx.dialect == .sqlite else { return postgresCondition }
    let looked = SQL.all(words.map { word in "instr(' ' || \(index.words), \(" " + word)) > 0" })
    guard let rarest = try rarest(in: tx) else { return looked }
    return """
      \(index.person) IN (
        SELECT w.person_id FROM directory_word AS w WHERE w.word >= \(rarest) AND w.word < \(Self.end(of: rarest)))
      AND \(looked)
      """
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
}
