import Kernel

/// Moments as people at the installation say them.
struct LocalMoment: Sendable {
  let zone: Zone

  private var words: MomentWords { MomentWords(zone: zone) }

  /// `09:14`
  func time(_ moment: Instant) -> String { words.time(moment) }

  /// `21 Nov 2026, 09:14`
  func moment(_ moment: Instant) -> String { words.moment(moment) }

  /// `09:14` today, `21 Nov` this year, `21 Nov 2025` before.
  func short(_ moment: Instant, now: Instant) -> String {
    let (date, today) = (zone.date(at: moment), zone.date(at: now))
    if date == today { return time(moment) }
    let day = words.day(moment)
    return date.civil.year == today.civil.year ? String(day.dropLast(5)) : day
  }

  /// The moment of a day and a time such as `09:14` here; nil for what is no time. A time that a spring night leaves
  /// out is as long after midnight as its figure says.
  func moment(on day: SchoolDate, at time: String) -> Instant? {
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    let wanted = day.days * 86_400_000 + (hour * 60 + minute) * 60_000
    let guess = Instant(milliseconds: wanted - zone.secondsFromUTC(at: Instant(milliseconds: wanted)) * 1000)
    return Instant(milliseconds: wanted - zone.secondsFromUTC(at: guess) * 1000)
  }
}
