import Kernel

/// Days and percentages as pages say them in English.
enum DayWords {
  /// `17 November`.
  static func short(_ date: SchoolDate) -> String { "\(date.civil.day) \(date.monthName)" }

  /// `83.3 %`, or a dash while there is nothing to count.
  static func percent(_ tally: AttendanceTally) -> String {
    tally.perMille.map { "\($0 / 10).\($0 % 10) %" } ?? "–"
  }
}
