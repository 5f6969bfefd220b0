import Kernel
import Persistence

/// Running student numbers of a school, such as `AB-000124`: drawn in blocks, so that the row is not fought over, and
/// never one that somebody has already. Numbers of a block that nobody used are lost, which is no harm.
struct NumberSeriesStore: Sendable {
  /// Draws about `count` free numbers, at least one.
  func draw(_ count: Int, for school: Org, in tx: any Connection) throws -> [String] {
    try begin(for: school, in: tx)
    for _ in 0..<3 {
      let drawn = try take(count, for: school.id, in: tx)
      let taken = try StudentStore().holders(of: drawn, at: school.id, in: tx)
      let free = drawn.filter { taken[$0] == nil }
      if !free.isEmpty { return free }
      // An import brought numbers of this series: go on behind them.
      try skip(for: school.id, in: tx)
    }
    throw Bug("the number series of \(school.id) finds no free number")
  }

  /// A school's first number comes behind those it has.
  private func begin(for school: Org, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_number_series (org_id, prefix, digits, next)
      VALUES (\(school.id), \(school.details.code + "-"), 6, 1) ON CONFLICT (org_id) DO NOTHING
      """)
  }

  private func take(_ count: Int, for school: OrgID, in tx: any Connection) throws -> [String] {
    let series = try tx.first(
      """
      UPDATE directory_number_series SET next = next + \(count) WHERE org_id = \(school)
      RETURNING prefix, digits, next
      """
    ) { row in (prefix: try row.next() as String, digits: try row.next() as Int, next: try row.next() as Int) }
    guard let series else { throw Bug("the number series of \(school) is gone") }
    return (series.next - count..<series.next).map { number in
      let digits = String(number)
      return series.prefix + String(repeating: "0", count: max(0, series.digits - digits.count)) + digits
    }
  }

  private func skip(for school: OrgID, in tx: any Connection) throws {
    let series = try tx.first("SELECT prefix, digits FROM directory_number_series WHERE org_id = \(school) LIMIT 1") {
      row in (prefix: try row.next() as String, digits: try row.next() as Int)
    }
    guard let series else { return }
    // Numbers of one width sort as text like they count, so the highest is found without reading the rest.
    let last = try tx.first(
      """
      SELECT number FROM directory_student_live
      WHERE school_id = \(school) AND number >= \(series.prefix + String(repeating: "0", count: series.digits))
        AND number <= \(series.prefix + String(repeating: "9", count: series.digits))
        AND length(number) = \(series.prefix.unicodeScalars.count + series.digits)
      ORDER BY number DESC LIMIT 1
      """
    ) { row -> String in try row.next() }
    guard let last, let number = Int(last.dropFirst(series.prefix.count)) else { return }
    try tx.run(
      "UPDATE directory_number_series SET next = \(number + 1) WHERE org_id = \(school) AND next <= \(number)")
  }
}
