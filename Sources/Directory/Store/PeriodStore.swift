import Kernel
import Persistence

/// Years, terms and which of them is the current one.
struct PeriodStore: Sendable {
  /// Periods at most; a page of more is no page.
  static let limit = 500

  func find(_ id: PeriodID, in tx: any Connection) throws -> Period? {
    try tx.first("SELECT \(Period.columns) FROM directory_period_live WHERE id = \(id) LIMIT 1")
  }

  func require(_ id: PeriodID, in tx: any Connection) throws -> Period {
    guard let period = try find(id, in: tx) else { throw Problem.notFound("period") }
    return period
  }

  /// The periods of the organisations, the newest first.
  func periods(of orgs: [OrgID], in tx: any Connection) throws -> [Period] {
    try tx.all(
      """
      SELECT \(Period.columns) FROM directory_period_live WHERE org_id IN \(list: orgs)
      ORDER BY first_on DESC, last_on DESC, id LIMIT \(Self.limit)
      """)
  }

  func find(code: String, of org: OrgID, in tx: any Connection) throws -> Period? {
    try tx.first(
      "SELECT \(Period.columns) FROM directory_period_live WHERE org_id = \(org) AND code = \(code) LIMIT 1")
  }

  /// How many periods are part of this one.
  func parts(of period: PeriodID, in tx: any Connection) throws -> Int {
    try tx.count("SELECT count(*) FROM directory_period_live WHERE parent_id = \(period)")
  }

  func current(of org: OrgID, in tx: any Connection) throws -> CurrentPeriod? {
    try tx.first(
      "SELECT \(CurrentPeriod.columns) FROM directory_current_period_live WHERE org_id = \(org) LIMIT 1")
  }

  func currents(pointingAt period: PeriodID, in tx: any Connection) throws -> [CurrentPeriod] {
    try tx.all(
      """
      SELECT \(CurrentPeriod.columns) FROM directory_current_period_live WHERE period_id = \(period)
      ORDER BY id LIMIT \(Self.limit)
      """)
  }
}
