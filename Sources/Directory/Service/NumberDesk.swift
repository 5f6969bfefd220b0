import Kernel
import Persistence

/// Hands out free student numbers one by one from blocks of fifty. An actor because the rest of each block is shared by
/// all requests of this process.
actor NumberDesk {
  private static let block = 50
  private let database: any Database
  private var waiting: [OrgID: [String]] = [:]

  init(database: any Database) { self.database = database }

  /// A number that nobody has; two requests never get the same.
  func next(for school: Org) async throws -> String {
    if let number = waiting[school.id]?.popLast() { return number }
    let drawn = try await database.write(.readCommitted) { tx in
      try NumberSeriesStore().draw(Self.block, for: school, in: tx)
    }
    waiting[school.id, default: []].insert(contentsOf: drawn.reversed(), at: 0)
    guard let number = waiting[school.id]?.popLast() else { throw Bug("a block of numbers was empty") }
    return number
  }
}
