/// A moment, in milliseconds since 1970-01-01T00:00:00Z. Leap seconds are not counted, as in POSIX.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since the beginning of 1970, UTC.
  public let milliseconds: Int

  /// The moment so many milliseconds after the beginning of 1970, UTC.
  @inlinable public init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// RFC 3339 in UTC with milliseconds: `2026-11-21T09:14:00.000Z`.
  public var description: String {
    let time = ((milliseconds % 86_400_000) + 86_400_000) % 86_400_000
    return "\(utcDate)T\(padded(time / 3_600_000, 2)):\(padded(time / 60_000 % 60, 2)):"
      + "\(padded(time / 1000 % 60, 2)).\(padded(time % 1000, 3))Z"
  }

  /// Reads RFC 3339 in UTC (`…Z`), with or without a fraction; digits after the third of a fraction are dropped.
  public init?(_ text: String) {
    guard text.utf8.count >= 20, text.hasSuffix("Z"), let date = SchoolDate(String(text.prefix(10))) else { return nil }
    let clock = text.dropFirst(10).dropLast()
    guard clock.first == "T" || clock.first == "t" else { return nil }
    let parts = clock.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2,
      parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard let hour = UInt8(parts[0]), hour < 24, let minute = UInt8(parts[1]), minute < 60, seconds.count <= 2,
      seconds[0].utf8.count == 2, let second = UInt8(seconds[0]), second < 60
    else { return nil }
    var fraction = 0
    if seconds.count == 2 {
      guard !seconds[1].isEmpty, seconds[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      fraction = Int((seconds[1] + "00").prefix(3)) ?? 0
    }
    let time = (Int(hour) * 60 + Int(minute)) * 60 + Int(second)
    milliseconds = date.days * 86_400_000 + time * 1000 + fraction
  }

  /// The day it is in UTC.
  public var utcDate: SchoolDate {
    SchoolDate(days: milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000)
  }

  /// The moment so much later, or earlier for a negative duration; parts of a millisecond are dropped.
  public func adding(_ duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    return Instant(milliseconds: milliseconds + Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

/// Tells what time it is. Passed in wherever time matters, so that tests decide it.
public protocol WallClock: Sendable {
  /// The present moment.
  func now() -> Instant
}

/// A clock that stands still, or moves when told: for tests and for the demo school.
public struct FixedClock: WallClock {
  private let instant: Instant

  /// A clock that always shows `instant`.
  public init(_ instant: Instant) { self.instant = instant }

  public func now() -> Instant { instant }
}

/// A time zone, as far as Homeroom needs one: which day and time it is somewhere at a moment.
public struct Zone: Sendable {
  /// The name in the IANA time zone database, such as `Africa/Monrovia`.
  public let name: String
  private let offset: @Sendable (Instant) -> Int

  /// A zone by name and its offset from UTC in seconds at each moment.
  public init(name: String, offset: @escaping @Sendable (Instant) -> Int) {
    self.name = name
    self.offset = offset
  }

  /// Universal time.
  public static let utc = Zone(name: "UTC") { _ in 0 }

  /// How far the clocks here are ahead of universal time at `instant`, in seconds; negative west of Greenwich.
  public func secondsFromUTC(at instant: Instant) -> Int { offset(instant) }

  /// The day it is in this zone at `instant`.
  public func date(at instant: Instant) -> SchoolDate {
    Instant(milliseconds: instant.milliseconds + offset(instant) * 1000).utcDate
  }

  /// Minutes since local midnight at `instant`, 0 to 1439.
  public func minuteOfDay(at instant: Instant) -> Int {
    let local = instant.milliseconds + offset(instant) * 1000
    return ((local % 86_400_000) + 86_400_000) % 86_400_000 / 60_000
  }

  /// The moment a day begins here: midnight, or the first moment after a gap that swallowed midnight.
  public func start(of date: SchoolDate) -> Instant { moment(on: date, minute: 0) }

  /// The moment at which the clocks here show so many minutes after midnight of a day.
  ///
  /// A time that a spring night leaves out is as long after midnight as its figure says; of one that an autumn night
  /// has twice it is one of the two.
  public func moment(on date: SchoolDate, minute: Int) -> Instant {
    let wanted = (date.days * 1440 + minute) * 60_000
    let guess = Instant(milliseconds: wanted - offset(Instant(milliseconds: wanted)) * 1000)
    return Instant(milliseconds: wanted - offset(guess) * 1000)
  }
}
