import Kernel

/// Moments as notices show them and as their form takes them, in the zone of the installation.
struct NoticeTimes: Sendable {
  let words: MomentWords

  init(zone: Zone) { words = MomentWords(zone: zone) }

  /// `Saturday` for a day of the last or the next months, else the year.
  func weekday(_ moment: Instant, orYearAt now: Instant) -> String {
    let day = words.zone.date(at: moment)
    let distance = abs(day.days - words.zone.date(at: now).days)
    return distance < 120 ? day.weekdayName : "\(day.civil.year)"
  }

  /// `2026-11-21T09:14`, as a field takes it.
  func field(_ moment: Instant?) -> String {
    guard let moment else { return "" }
    return "\(words.zone.date(at: moment))T\(words.time(moment))"
  }

  /// What a field of the form holds; nil when it is blank. A day without a time is its beginning.
  func read(_ text: String, of name: String) throws(Problem) -> Instant? {
    let text = Text.normalized(text)
    guard !text.isEmpty else { return nil }
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " }).map(String.init)
    let clock = parts.dropFirst().joined()
    guard let date = parts.first.flatMap(SchoolDate.init),
      let minute = clock.isEmpty ? 0 : MomentWords.minute(of: clock)
    else {
      throw .invalid([
        .init(pointer: "/\(name)", code: "BAD_INSTANT", detail: "Enter a day and a time such as 2026-09-01 08:00.")
      ])
    }
    return words.zone.moment(on: date, minute: minute)
  }
}
