internal import Kernel

/// Which part of a written date comes first. ISO dates (`2011-03-28`) are read in every order.
public enum DateOrder: String, Sendable, CaseIterable {
  case yearFirst = "year-first"
  case dayFirst = "day-first"
  case monthFirst = "month-first"

  var example: String {
    switch self {
    case .yearFirst: "year-month-day, such as 2011-03-28"
    case .dayFirst: "day/month/year, such as 28/3/2011"
    case .monthFirst: "month/day/year, such as 3/28/2011"
    }
  }
}

/// Reads dates as people write them.
enum RosterDate {
  /// The date, or nil when it is none, or when two readings are possible and `order` is nil.
  ///
  /// Points mean day first whatever the order, as nobody writes `3.28.2011`. Years have four digits: `11` could be a
  /// child's or a grandmother's.
  static func read(_ text: String, order: DateOrder?) -> SchoolDate? {
    if let date = SchoolDate(text) { return date }
    guard let parts = parts(text) else { return nil }
    switch parts {
    case .certain(let date): return date
    case .either(let first, let second, let year):
      let dayFirst = SchoolDate(year: year, month: second, day: first)
      let monthFirst = SchoolDate(year: year, month: first, day: second)
      switch order {
      case .dayFirst: return dayFirst
      case .monthFirst: return monthFirst
      case .yearFirst: return nil
      case nil: return dayFirst == monthFirst || monthFirst == nil ? dayFirst : dayFirst == nil ? monthFirst : nil
      }
    }
  }

  /// The orders in which `text` is a date; both for ISO dates, `5/5/2011` and whatever is no date at all.
  static func orders(of text: String) -> Set<DateOrder> {
    guard case .either(let first, let second, let year)? = parts(text), first != second else {
      return [.dayFirst, .monthFirst]
    }
    var orders: Set<DateOrder> = []
    if SchoolDate(year: year, month: second, day: first) != nil { orders.insert(.dayFirst) }
    if SchoolDate(year: year, month: first, day: second) != nil { orders.insert(.monthFirst) }
    return orders.isEmpty ? [.dayFirst, .monthFirst] : orders
  }

  /// Whether `text` is one date with the day first and another with the month first.
  static func isAmbiguous(_ text: String) -> Bool {
    guard case .either(let first, let second, let year)? = parts(text), first != second else { return false }
    return SchoolDate(year: year, month: second, day: first) != nil
      && SchoolDate(year: year, month: first, day: second) != nil
  }

  private enum Parts {
    case certain(SchoolDate?)
    case either(first: Int, second: Int, year: Int)
  }

  private static func parts(_ text: String) -> Parts? {
    // A time of day, as databases export it, says nothing here.
    let day = text.prefix { $0 != "T" && $0 != " " }
    guard let separator = day.first(where: { !$0.isASCII || !$0.isNumber }), "-/.".contains(separator) else {
      return nil
    }
    let fields = day.split(separator: separator, omittingEmptySubsequences: false)
    guard fields.count == 3, fields.allSatisfy({ (1...4).contains($0.utf8.count) }),
      let first = Int(fields[0]), let second = Int(fields[1]), let third = Int(fields[2]), second >= 0, third >= 0
    else { return nil }
    if fields[0].utf8.count == 4 { return .certain(SchoolDate(year: first, month: second, day: third)) }
    guard fields[2].utf8.count == 4 else { return nil }
    if separator == "." { return .certain(SchoolDate(year: third, month: second, day: first)) }
    return .either(first: first, second: second, year: third)
  }
}
