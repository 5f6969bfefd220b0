import Persistence

extension JobStore {
  /// The line itself, which SQLite would pass over for another index while it has counted nothing yet, and sort.
  static func sqliteTurn(_ tx: any Connection) -> SQL {
    tx.dialect == .sqlite ? "INDEXED BY jobs_job_turn" : .empty
  }

  /// What keeps two claims apart; nil where this is not SQLite. There one writes at a time, and nothing has to be said.
  static func sqliteSkipping(_ tx: any Connection) -> SQL? { tx.dialect == .sqlite ? .empty : nil }
}
