public import Kernel

/// Whether a register may be taken, by the clock and the terms.
public enum RegisterDay: Sendable, Equatable {
  /// The day is today: the register is open.
  case open
  /// The school's midnight has passed: only an override, with a reason, changes it.
  case locked
  /// The day has not come.
  case notYet

  /// How `date` stands at `now` where the school is.
  ///
  /// A day begins and ends at the school's midnight, so a summer or winter time that begins in the night moves the lock
  /// with it.
  public init(_ date: SchoolDate, at now: Instant, in zone: Zone) {
    let today = zone.date(at: now)
    self = date == today ? .open : date < today ? .locked : .notYet
  }
}

/// The days of a term, as far as a register asks.
public struct TermDays: Sendable, Equatable {
  /// The first day.
  public let firstOn: SchoolDate
  /// The last day, inclusive.
  public let lastOn: SchoolDate

  /// From one day to another.
  public init(firstOn: SchoolDate, lastOn: SchoolDate) {
    self.firstOn = firstOn
    self.lastOn = lastOn
  }

  /// Throws unless one of the terms has the day. A section without terms takes every day.
  public static func require(_ date: SchoolDate, in terms: [TermDays]) throws(AttendanceProblem) {
    guard !terms.isEmpty, !terms.contains(where: { $0.firstOn <= date && date <= $0.lastOn }) else { return }
    throw .outsideTerms(date)
  }
}
