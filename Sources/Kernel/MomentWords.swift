/// Moments, spans and values in words.
public struct MomentWords: Sendable {
  /// Where the clocks hang.
  public let zone: Zone

  /// Words for moments as the clocks of a zone show them.
  public init(zone: Zone) { self.zone = zone }

  /// `21 Nov 2026`
  public func day(_ moment: Instant) -> String { zone.date(at: moment).words }

  /// `21 Nov`
  public func dayAndMonth(_ moment: Instant) -> String { zone.date(at: moment).dayAndMonth }

  /// `09:14`
  public func time(_ moment: Instant) -> String {
    let minute = zone.minuteOfDay(at: moment)
    return padded(minute / 60, 2) + ":" + padded(minute % 60, 2)
  }

  /// `21 Nov 2026, 09:14`
  public func moment(_ moment: Instant) -> String { "\(day(moment)), \(time(moment))" }

  /// `09:14` today, `21 Nov` this year, `21 Nov 2025` before.
  public func short(_ moment: Instant, now: Instant) -> String {
    let (date, today) = (zone.date(at: moment), zone.date(at: now))
    if date == today { return time(moment) }
    return date.civil.year == today.civil.year ? date.dayAndMonth : date.words
  }

  /// `2026-11-21 09:14`: read alike in every language.
  public func plain(_ moment: Instant) -> String { "\(zone.date(at: moment)) \(time(moment))" }

  /// `2 minutes`, `3 hours`, `5 days`: to the nearest unit below.
  public static func span(seconds: Int) -> String {
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    let (length, word) = units.first { seconds >= $0.0 } ?? (1, "second")
    let count = max(0, seconds) / length
    return count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }

  /// The value of a recorded field: what people would write. Moments are kept as milliseconds under names with `_at`.
  public func value(_ value: JSON, of field: String) -> String? {
    switch value {
    case .null: nil
    case .bool(let truth): truth ? "yes" : "no"
    case .string(let text): text
    case .number(let text):
      if field.hasSuffix("_at"), let milliseconds = Int(text) {
        moment(Instant(milliseconds: milliseconds))
      } else {
        text
      }
    default: value.text
    }
  }

  /// `display_name` as `display name`.
  public static func field(_ name: String) -> String {
    let words = name.hasSuffix("_id") ? String(name.dropLast(3)) : name
    return words.replacing("_", with: " ")
  }

  /// Minutes after midnight of `09:14` or `09:14:00`; nil for what is no time.
  public static func minute(of clock: String) -> Int? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { UInt8($0) }
    guard (2...3).contains(parts.count), parts.count < 3 || parts[2].map({ $0 < 60 }) == true,
      let hour = parts[0], hour < 24, let minute = parts[1], minute < 60
    else { return nil }
    return Int(hour) * 60 + Int(minute)
  }
}
