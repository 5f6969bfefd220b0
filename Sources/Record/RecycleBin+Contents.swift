public import Kernel
import Persistence

extension RecycleBin {
  /// How many rows of each kind lie in each of some deletions, at most a page of them; a deletion with none is missing.
  public func contents(of deletions: [DeletionID]) async throws -> [DeletionID: [String: Int]] {
    guard !deletions.isEmpty else { return [:] }
    return try await database.read { [tables] tx in
      var contents: [DeletionID: [String: Int]] = [:]
      for table in tables {
        try tx.each(
          """
          SELECT deletion_id, COUNT(*) FROM \(table.name) WHERE deletion_id IN \(list: deletions) GROUP BY deletion_id
          """
        ) { row in
          let deletion: DeletionID = try row.next()
          contents[deletion, default: [:]][table.kind] = try row.next()
        }
      }
      return contents
    }
  }
}
