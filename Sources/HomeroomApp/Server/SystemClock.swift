import Foundation
import Kernel

/// The machine's clock.
struct SystemClock: WallClock {
  func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }
}

extension Zone {
  /// A zone of the IANA database by name; universal time where the machine does not know it.
  static func named(_ name: String) -> Zone {
    known(name) ?? .utc
  }

  /// A zone by its name in the database; nil for one it does not have.
  static func known(_ name: String) -> Zone? {
    guard let zone = TimeZone(identifier: name) else { return nil }
    return Zone(name: name) { instant in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
  }
}
