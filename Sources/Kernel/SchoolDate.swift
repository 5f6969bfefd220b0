/// A day in the school's calendar, without time or zone, in the Gregorian calendar from 1600 to 9999.
public struct SchoolDate: Hashable, Comparable, Sendable, CustomStringConvertible, LosslessStringConvertible {
  /// Days since 1970-01-01; negative before it.
  public let days: Int

  /// The day so many days after 1970-01-01.
  public init(days: Int) { self.days = days }

  /// A day by year, month and day; nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1600...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year)
    else {
      return nil
    }
    days = Self.days(year: year, month: month, day: day)
  }

  /// Reads `YYYY-MM-DD` and nothing else.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    guard text.count == 10, text[4] == 0x2D, text[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in text[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = civil
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// Year, month 1–12 and day 1–31. After Howard Hinnant's `civil_from_days`.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int { (((days + 3) % 7) + 7) % 7 + 1 }

  /// The day so many days later, or earlier for a negative count.
  public func adding(days more: Int) -> SchoolDate { SchoolDate(days: days + more) }

  /// The same day some years later; 29 February becomes 28 February where the year has none.
  public func adding(years: Int) -> SchoolDate {
    let (year, month, day) = civil
    return SchoolDate(
      days: Self.days(year: year + years, month: month, day: min(day, Self.length(of: month, in: year + years))))
  }

  public static func < (left: Self, right: Self) -> Bool { left.days < right.days }

  static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A number with leading zeros up to `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
}
