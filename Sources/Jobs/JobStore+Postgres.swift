import Persistence

extension JobStore {
  /// What keeps two claims apart: a row that another worker is just claiming is passed over instead of waited for.
  static let postgresSkipping: SQL = "FOR UPDATE SKIP LOCKED"
}
