public import Kernel
public import Persistence
import Synchronization

/// Collects who looked at whose record, and writes it down in batches beside the requests.
///
/// A look costs a request under two microseconds: it is put into memory and written by `run()` within a second; a crash
/// may cost that second and no more. Repeats by one person of the same page, filter and subjects within a minute are
/// one entry with a count. Guards its memory with a lock; a list of fifty is one look with fifty subjects.
public final class AccessLog: Sendable {
  /// Distinct entries that may wait to be written.
  public static let capacity = 10_000
  /// For how long repeats count as one entry.
  public static let span = Duration.seconds(60)
  /// Entries in one statement; eight columns each.
  private static let batch = 200

  private let database: any Database
  private let memory = Mutex(AccessMemory(capacity: capacity, span: span))

  /// A log that writes to `database`.
  public init(database: any Database) { self.database = database }

  /// What became of a look.
  public enum Noting: Sendable {
    /// It will be written.
    case taken
    /// Too much waits already and it was **not** taken: `await flush()`, then note it again.
    case full
  }

  /// Notes that `actor` saw `subjects` on `page`, a list with the filter it had.
  public func note(
    actor: AccountID, page: String, filter: String? = nil, subjects: [ID<AnyEntity>], at now: Instant
  ) -> Noting {
    let look = AccessLook(actor: actor, page: page, filter: filter, subjects: subjects)
    return memory.withLock { $0.note(look, at: now) } ? .taken : .full
  }

  /// As `note`, but writes what waits when there is no room, so that the look is taken in any case.
  public func noted(
    actor: AccountID, page: String, filter: String? = nil, subjects: [ID<AnyEntity>], at now: Instant
  ) async throws {
    while case .full = note(actor: actor, page: page, filter: filter, subjects: subjects, at: now) { try await flush() }
  }

  /// Writes everything that waits, in one transaction. What cannot be written waits on.
  public func flush() async throws {
    let waiting = memory.withLock { $0.take() }
    guard !waiting.isEmpty else { return }
    do {
      try await database.write(.readCommitted) { tx in
        for batch in waiting.batches(of: Self.batch) { try Self.write(batch, in: tx) }
      }
    } catch {
      memory.withLock { $0.putBack(waiting) }
      throw error
    }
  }

  /// Writes what waits, every second, until the task is cancelled, and then once more. A failure is told to
  /// `onFailure`; what could not be written is tried again a second later.
  public func run(
    every pause: Duration = .seconds(1), onFailure: @Sendable (any Error) -> Void = { _ in }
  ) async {
    repeat {
      try? await Task.sleep(for: pause)  // Being cancelled ends the sleep: what waits is written at once.
      do { try await flush() } catch { onFailure(error) }
    } while !Task.isCancelled
  }

  /// A row that is there already has the repeats added: an entry is written again as long as its minute lasts.
  private static func write(_ entries: ArraySlice<AccessEntry>, in tx: any Connection) throws {
    let rows = entries.map { entry -> SQL in
      let look = entry.look
      var subjects = JSONWriter(capacity: look.subjects.count * 39 + 2)
      subjects.beginArray()
      for subject in look.subjects { subjects.id(subject) }
      subjects.endArray()
      return """
        (\(entry.id), \(entry.at), \(look.actor), \(look.page), \(look.filter),
        \(String(decoding: subjects.bytes, as: UTF8.self)), \(entry.unwritten), \(entry.lastAt))
        """
    }
    try tx.run(
      """
      INSERT INTO record_access (id, at, actor_id, page, filter, subject_ids, repeats, last_at)
      VALUES \(SQL.joined(rows, separator: ", "))
      ON CONFLICT (id) DO UPDATE SET
        repeats = record_access.repeats + excluded.repeats, last_at = excluded.last_at
      """)
  }
}
