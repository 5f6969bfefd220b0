import Kernel
import Persistence

extension WordSearch {
  /// From so many hits on, walking the list in its order and looking at each row is quicker than sorting the hits:
  /// measured even at a thousand of 100,000.
  private static let common = 1000

  /// FTS5 finds the hits unless they are common; then each row of the walk is looked at.
  func wordCondition(in tx: any Connection) throws -> SQL {
    guard tx.dialect == .sqlite else { return postgresCondition }
    let match = words.map { "\"\($0)\"*" }.joined(separator: " ")
    let hits = try tx.count(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM \(index.text) WHERE \(index.text) MATCH \(match) LIMIT \(Self.common + 1)) AS hit
      """)
    guard hits > Self.common else {
      return """
        \(index.id) IN (
          SELECT n.\(index.owner) FROM \(index.text) AS f CROSS JOIN \(index.numbers) AS n ON n.no = f.rowid
          WHERE f.\(index.text) MATCH \(match))
        """
    }
    return SQL.all(words.map { word in "instr(' ' || \(index.words), \(" " + word)) > 0" })
  }
}
