public import Kernel
import Synchronization

/// A clock that a test sets and moves.
public final class TestClock: WallClock {
  private let instant: Mutex<Instant>

  /// A clock that shows `instant` until it is moved: a Monday in November unless told.
  public init(_ instant: Instant = Instant(milliseconds: 1_795_424_400_000)) { self.instant = Mutex(instant) }

  public func now() -> Instant { instant.withLock { $0 } }

  /// Moves the hands on, or back for a negative duration.
  public func advance(by duration: Duration) { instant.withLock { $0 = $0.adding(duration) } }

  /// Sets the hands.
  public func set(_ moment: Instant) { instant.withLock { $0 = moment } }
}
