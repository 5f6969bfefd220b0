public import Kernel

/// When something is due, again and again, told as crontab(5) does: minute, hour, day of month, month, day of week.
///
/// A field is a list of numbers and ranges with or without a step, or `*`: `0,30`, `8-18/2`, `*/15`. Months and
/// weekdays may be named, in any case; Sunday is 0 and 7. `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly`
/// stand for five fields. When both day fields are restricted (do not begin with `*`), a day that suits either is
/// meant, as POSIX and crontab(5) have it; otherwise it must suit both. `next(after:in:)` tells what happens on nights
/// on which the clocks change.
public struct CronExpression: Sendable, Equatable, CustomStringConvertible {
  /// The longest text that is read, in bytes.
  public static let longest = 200

  /// As it was written, with single spaces; two texts of one meaning are two expressions.
  public let text: String

  private let minutes: CronField
  private let hours: CronField
  private let days: CronField
  private let months: CronField
  private let weekdays: CronField

  public var description: String { text }

  /// Reads an expression.
  ///
  /// Throws a `Problem` with `BAD_CRON` for the field at `pointer`, whose detail says which of the five fields is wrong
  /// and why; an expression that never comes, such as 30 February, is refused too.
  public init(_ text: String, at pointer: String = "/cron") throws(Problem) {
    do {
      try self.init(reading: text)
    } catch {
      throw .invalid([.init(pointer: pointer, code: "BAD_CRON", detail: error.detail)])
    }
  }

  private init(reading whole: String) throws(CronFault) {
    guard whole.utf8.count <= Self.longest else { throw CronFault("Use at most \(Self.longest) characters.") }
    let words = whole.split(whereSeparator: \.isWhitespace)
    text = words.joined(separator: " ")
    let fields = try Self.fields(words)
    minutes = try CronField(fields[0], as: .minute)
    hours = try CronField(fields[1], as: .hour)
    days = try CronField(fields[2], as: .day)
    months = try CronField(fields[3], as: .month)
    weekdays = try CronField(fields[4], as: .weekday)
    let hasDay = (1...12).contains { month in
      let length = month == 2 ? 29 : [4, 6, 9, 11].contains(month) ? 30 : 31
      return months.contains(month) && days.first(from: 1).map { $0 <= length } == true
    }
    guard hasDay || (!days.isOpen && !weekdays.isOpen) else {
      throw CronFault("This never comes: no month that is named has a day \(fields[2]).")
    }
  }

  private static func fields(_ words: [Substring]) throws(CronFault) -> [Substring] {
    guard let first = words.first, first.hasPrefix("@") else {
      guard words.count == 5 else {
        throw CronFault(
          "Write five fields, not \(words.count): minute, hour, day of month, month and day of week, such as "
            + "30 6 * * mon-fri.")
      }
      return words
    }
    let meaning: Substring? =
      switch first.lowercased() {
      case "@hourly": "0 * * * *"
      case "@daily": "0 0 * * *"
      case "@weekly": "0 0 * * 0"
      case "@monthly": "0 0 1 * *"
      case "@yearly": "0 0 1 1 *"
      default: nil
      }
    guard let meaning, words.count == 1 else {
      throw CronFault("Use @hourly, @daily, @weekly, @monthly or @yearly alone, or write five fields.")
    }
    return meaning.split(separator: " ")
  }
}

/// What the wall clock has to do with it; the zone comes in `CronExpression+Due.swift`.
extension CronExpression {
  /// No expression is rarer than 29 February on one day of the week, which comes within 40 years.
  private static let farthestDay = 41 * 366

  /// Whether it means real intervals: the hour begins with `*`.
  var isInterval: Bool { hours.isOpen }

  /// The first time on the wall from `time` on that suits; both in minutes since 1970-01-01 00:00 on the wall.
  func firstTime(from time: Int) -> Int? {
    let (today, minute) = time.quotientAndRest(by: 1440)
    if suits(today), let found = firstMinute(from: minute) { return today * 1440 + found }
    guard let day = firstDay(from: today + 1), let found = firstMinute(from: 0) else { return nil }
    return day * 1440 + found
  }

  /// The last time on the wall up to `time` that suits.
  func lastTime(upTo time: Int) -> Int? {
    let (today, minute) = time.quotientAndRest(by: 1440)
    if suits(today), let found = lastMinute(upTo: minute) { return today * 1440 + found }
    guard let day = lastDay(upTo: today - 1), let found = lastMinute(upTo: 1439) else { return nil }
    return day * 1440 + found
  }

  private func firstMinute(from minute: Int) -> Int? {
    let (hour, rest) = minute.quotientAndRest(by: 60)
    if hours.contains(hour), let found = minutes.first(from: rest) { return hour * 60 + found }
    guard let later = hours.first(from: hour + 1), let found = minutes.first(from: 0) else { return nil }
    return later * 60 + found
  }

  private func lastMinute(upTo minute: Int) -> Int? {
    let (hour, rest) = minute.quotientAndRest(by: 60)
    if hours.contains(hour), let found = minutes.last(upTo: rest) { return hour * 60 + found }
    guard let earlier = hours.last(upTo: hour - 1), let found = minutes.last(upTo: 59) else { return nil }
    return earlier * 60 + found
  }

  private func suits(_ day: Int) -> Bool {
    let date = SchoolDate(days: day)
    let civil = date.civil
    return months.contains(civil.month) && suits(day: civil.day, weekday: date.weekday % 7)
  }

  private func suits(day: Int, weekday: Int) -> Bool {
    let (byDay, byWeekday) = (days.contains(day), weekdays.contains(weekday))
    return days.isOpen || weekdays.isOpen ? byDay && byWeekday : byDay || byWeekday
  }

  private func firstDay(from start: Int) -> Int? {
    var day = start
    while day < start + Self.farthestDay {
      let date = SchoolDate(days: day)
      let civil = date.civil
      if months.contains(civil.month) {
        if suits(day: civil.day, weekday: date.weekday % 7) { return day }
        day += 1
      } else {
        // The 1st and 31 days is in the next month, whatever its length.
        let next = SchoolDate(days: day - civil.day + 32)
        day = next.days - next.civil.day + 1
      }
    }
    return nil
  }

  private func lastDay(upTo start: Int) -> Int? {
    var day = start
    while day > start - Self.farthestDay {
      let date = SchoolDate(days: day)
      let civil = date.civil
      if months.contains(civil.month) {
        if suits(day: civil.day, weekday: date.weekday % 7) { return day }
        day -= 1
      } else {
        day -= civil.day
      }
    }
    return nil
  }
}

extension Int {
  /// Division that rounds down, for times before 1970.
  func quotientAndRest(by divisor: Int) -> (Int, Int) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
