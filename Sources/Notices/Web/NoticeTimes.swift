import Kernel

/// Moments as notices show them and as their form takes them, in the zone of the installation.
struct NoticeTimes: Sendable {
  let zone: Zone

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// `21 Nov`
  func day(_ moment: Instant) -> String {
    let civil = zone.date(at: moment).civil
    return "\(civil.day) \(Self.months[civil.month - 1])"
  }

  /// `2026`
  func year(_ moment: Instant) -> String { "\(zone.date(at: moment).civil.year)" }

  /// `Saturday` for a day of the last or the next months, else the year.
  func weekday(_ moment: Instant, orYearAt now: Instant) -> String {
    let day = zone.date(at: moment)
    let distance = abs(day.days - zone.date(at: now).days)
    return distance < 120 ? Self.weekdays[day.weekday - 1] : year(moment)
  }

  /// `21 Nov 2026`
  func date(_ moment: Instant) -> String { "\(day(moment)) \(year(moment))" }

  /// `09:14`
  func time(_ moment: Instant) -> String { Self.clock(zone.minuteOfDay(at: moment)) }

  /// `21 Nov 2026, 09:14`
  func moment(_ moment: Instant) -> String { "\(date(moment)), \(time(moment))" }

  /// `2026-11-21T09:14`, as a field takes it.
  func field(_ moment: Instant?) -> String {
    guard let moment else { return "" }
    return "\(zone.date(at: moment))T\(time(moment))"
  }

  /// What a field of the form holds; nil when it is blank. A day without a time is its beginning.
  func read(_ text: String, of name: String) throws(Problem) -> Instant? {
    let text = Text.normalized(text)
    guard !text.isEmpty else { return nil }
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " }).map(String.init)
    guard let date = parts.first.flatMap(SchoolDate.init), let minute = Self.minute(parts.dropFirst().joined()) else {
      throw .invalid([
        .init(pointer: "/\(name)", code: "BAD_INSTANT", detail: "Enter a day and a time such as 2026-09-01 08:00.")
      ])
    }
    return moment(of: date, minute)
  }

  /// The moment at which the clocks here show a minute of a day; in the hour that a night skips, that much after it.
  private func moment(of date: SchoolDate, _ minute: Int) -> Instant {
    let wall = Instant(milliseconds: (date.days * 1440 + minute) * 60_000)
    let guess = Instant(milliseconds: wall.milliseconds - zone.secondsFromUTC(at: wall) * 1000)
    return Instant(milliseconds: wall.milliseconds - zone.secondsFromUTC(at: guess) * 1000)
  }

  /// Minutes since midnight of `09:14` or `09:14:00`; midnight for nothing.
  private static func minute(_ clock: String) -> Int? {
    if clock.isEmpty { return 0 }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { UInt8($0) }
    guard (2...3).contains(parts.count), let hour = parts[0], hour < 24, let minute = parts[1], minute < 60 else {
      return nil
    }
    return Int(hour) * 60 + Int(minute)
  }

  private static func clock(_ minute: Int) -> String { two(minute / 60) + ":" + two(minute % 60) }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
