import Persistence

extension JobStore {
  /// What keeps two claims apart; nil where this is not SQLite. There one writes at a time, and nothing has to be said.
  static func sqliteSkipping(_ tx: any Connection) -> SQL? { tx.dialect == .sqlite ? .empty : nil }
}
