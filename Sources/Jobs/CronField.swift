import Kernel

/// One of the five fields of a `CronExpression`: the numbers it admits.
struct CronField: Sendable, Equatable {
  /// Bit n stands for the number n; no field goes beyond 59.
  private(set) var bits: UInt64
  /// Whether the text begins with `*`, with or without a step: crontab(5) calls such a field not restricted.
  let isOpen: Bool

  /// Reads a field; throws a `CronFault` that names it.
  init(_ text: Substring, as place: Place) throws(CronFault) {
    bits = 0
    isOpen = text.hasPrefix("*")
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard !item.isEmpty else { throw CronFault("The \(place) field has a comma too many.") }
      for number in try place.numbers(item) { bits |= 1 << UInt64(number) }
    }
    // Sunday is 0 and 7 alike.
    if place == .weekday, bits & 1 << 7 != 0 { bits = bits & ~(1 << 7) | 1 }
  }

  func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 != 0 }

  /// The smallest number admitted from `number` on.
  func first(from number: Int) -> Int? {
    let rest = bits >> UInt64(number)
    return rest == 0 ? nil : number + rest.trailingZeroBitCount
  }

  /// The greatest number admitted up to `number`.
  func last(upTo number: Int) -> Int? {
    guard number >= 0 else { return nil }
    let rest = bits & (1 << UInt64(number + 1) &- 1)
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }
}

/// Why a cron expression cannot be read, in one sentence.
struct CronFault: Error {
  let detail: String

  init(_ detail: String) { self.detail = detail }
}

extension CronField {
  /// Which field it is: its name, bounds and words.
  enum Place: String, CustomStringConvertible {
    case minute, hour
    case day = "day-of-month"
    case month
    case weekday = "day-of-week"

    var description: String { rawValue }

    var bounds: ClosedRange<Int> {
      switch self {
      case .minute: 0...59
      case .hour: 0...23
      case .day: 1...31
      case .month: 1...12
      case .weekday: 0...7
      }
    }

    private var names: [String] {
      switch self {
      case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
      case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
      default: []
      }
    }

    /// The numbers of `*`, `5`, `8-18`, `*/15` or `8-18/2`.
    fileprivate func numbers(_ item: Substring) throws(CronFault) -> StrideThrough<Int> {
      let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let range = try self.range(parts[0])
      guard parts.count == 2 else { return stride(from: range.lowerBound, through: range.upperBound, by: 1) }
      guard parts[0] == "*" || parts[0].contains("-") else {
        throw CronFault(
          "The \(self) field has the step \"\(item)\" after a single number: write "
            + "\(parts[0])-\(bounds.upperBound)/\(parts[1]).")
      }
      guard let step = digits(parts[1]), (1...bounds.upperBound).contains(step) else {
        throw CronFault("The \(self) field has the step \"\(parts[1])\": use 1 to \(bounds.upperBound).")
      }
      return stride(from: range.lowerBound, through: range.upperBound, by: step)
    }

    private func range(_ text: Substring) throws(CronFault) -> ClosedRange<Int> {
      // Every day of the week is 0 to 6, so that a step does not count Sunday twice.
      if text == "*" { return self == .weekday ? 0...6 : bounds }
      let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      let first = try number(ends[0])
      guard ends.count == 2 else { return first...first }
      // Who writes sat-sun means the Sunday at the end of the week.
      let last = self == .weekday && ends[1].lowercased() == "sun" ? 7 : try number(ends[1])
      guard first <= last else {
        throw CronFault("The \(self) field has the range \"\(text)\", which ends before it begins: name two ranges.")
      }
      return first...last
    }

    private func number(_ text: Substring) throws(CronFault) -> Int {
      if let index = names.firstIndex(of: text.lowercased()) { return self == .month ? index + 1 : index }
      guard let number = digits(text), bounds.contains(number) else {
        let words = names.isEmpty ? "" : " or \(names[0]) to \(names[names.count - 1])"
        throw CronFault("The \(self) field says \"\(text)\": use \(bounds.lowerBound) to \(bounds.upperBound)\(words).")
      }
      return number
    }

    private func digits(_ text: Substring) -> Int? {
      text.utf8.count <= 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
  }
}
