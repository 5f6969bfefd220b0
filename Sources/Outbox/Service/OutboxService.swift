public import Jobs
public import Kernel
public import Persistence
public import Rights

/// What leaves the house: mails and text messages, each written down in its sender's transaction and sent by a job.
public struct OutboxService: Sendable {
  let database: any Database
  let clock: any WallClock
  let queue: JobQueue

  /// The outbox of an installation.
  public init(database: any Database, clock: any WallClock, queue: JobQueue) {
    self.database = database
    self.clock = clock
    self.queue = queue
  }

  /// Writes a letter down as part of the caller's transaction, to be sent once that is committed; answers which it is.
  /// Call `wake()` afterwards. With a `key` that was used before nothing is added, and the earlier letter is the answer.
  ///
  /// Throws `VALIDATION_ERROR` for an address that is none, and for a line break in a subject or a name.
  @discardableResult
  public func add(_ letter: NewLetter, by actor: Actor, in tx: any Connection) throws -> LetterID {
    throw Bug("the outbox is being built")
  }

  /// Has letters sent at once: after the transaction of `add` is committed.
  public func wake() { queue.wake() }
}
