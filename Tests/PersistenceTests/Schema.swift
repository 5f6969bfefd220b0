import Persistence
import PostgresDriver
import SQLiteDriver

/// The schema of a test's database, whichever it is.
func schema(of database: any Database) async throws -> String {
  switch database {
  case let sqlite as SQLiteDatabase: try await sqlite.schemaDump()
  case let postgres as PostgresDatabase: try await postgres.schemaDump()
  default: ""
  }
}
