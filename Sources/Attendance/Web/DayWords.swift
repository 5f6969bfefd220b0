import Kernel

/// Days, times and percentages as pages say them in English.
enum DayWords {
  /// `Tuesday 17 November 2026`.
  static func long(_ date: SchoolDate) -> String {
    let (year, month, day) = date.civil
    return "\(weekdays[date.weekday - 1]) \(day) \(months[month - 1]) \(year)"
  }

  /// `17 November`.
  static func short(_ date: SchoolDate) -> String {
    let (_, month, day) = date.civil
    return "\(day) \(months[month - 1])"
  }

  /// `09:03`, in the zone of the school.
  static func time(_ instant: Instant, in zone: Zone) -> String {
    let minute = zone.minuteOfDay(at: instant)
    let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(pad(minute / 60)):\(pad(minute % 60))"
  }

  /// `83.3 %`, or a dash while there is nothing to count.
  static func percent(_ tally: AttendanceTally) -> String {
    tally.perMille.map { "\($0 / 10).\($0 % 10) %" } ?? "–"
  }

  /// `1 student`, `3 students`.
  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
