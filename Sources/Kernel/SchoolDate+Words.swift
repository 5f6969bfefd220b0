/// Days in English words.
extension SchoolDate {
  /// `Monday` to `Sunday`, in the order of ISO 8601.
  public static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// `Saturday`
  public var weekdayName: String { Self.weekdayNames[weekday - 1] }

  /// `November`
  public var monthName: String { Self.monthNames[civil.month - 1] }

  /// `Nov`
  public var shortMonth: String { String(monthName.prefix(3)) }

  /// `21 Nov`
  public var dayAndMonth: String { "\(civil.day) \(shortMonth)" }

  /// `21 Nov 2026`
  public var words: String { "\(dayAndMonth) \(civil.year)" }

  /// `Saturday 21 November 2026`
  public var longWords: String { "\(weekdayName) \(civil.day) \(monthName) \(civil.year)" }
}
