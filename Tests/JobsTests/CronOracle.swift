import Foundation
import Kernel
import TestSupport

/// What the clocks of a zone show over some days, taken from Foundation minute by minute; all in minutes.
struct WallTable: Sendable {
  /// A day on the wall: days since 1970-01-01, month, day of the month, and 0 for Sunday to 6.
  struct Day: Sendable {
    let number, month, day, weekday: Int
  }

  let name: String
  let minutes: Range<Int>
  let days: [Day]
  /// From which minute on the clocks are so far ahead of universal time.
  private var offsets: [(start: Int, ahead: Int)] = []

  /// So many days of a zone from a day on; nil when Foundation does not know the zone or the day.
  init?(_ name: String, from first: String, days count: Int) {
    guard let zone = TimeZone(identifier: name), let utc = TimeZone(identifier: "UTC"), let start = SchoolDate(first)
    else { return nil }
    self.name = name
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = utc
    days = (start.days - 2..<start.days + count + 2).map { number in
      let noon = Date(timeIntervalSince1970: Double(number) * 86_400 + 43_200)
      let parts = calendar.dateComponents([.month, .day, .weekday], from: noon)
      return Day(number: number, month: parts.month ?? 0, day: parts.day ?? 0, weekday: (parts.weekday ?? 0) - 1)
    }
    minutes = start.days * 1440..<(start.days + count) * 1440
    func ahead(_ minute: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute) * 60)) / 60
    }
    for quarter in stride(from: minutes.lowerBound - 2880, to: minutes.upperBound + 2880, by: 15) {
      guard offsets.last?.ahead != ahead(quarter + 14) else { continue }
      for minute in quarter..<quarter + 15 where offsets.last?.ahead != ahead(minute) {
        offsets.append((minute, ahead(minute)))
      }
    }
  }

  func ahead(_ minute: Int) -> Int { (offsets.last { $0.start <= minute } ?? offsets[0]).ahead }

  /// The zone as the code under test gets it.
  var zone: Zone {
    Zone(name: name) { instant in
      let minute = Int((Double(instant.milliseconds) / 60_000).rounded(.down))
      return ahead(minute) * 60
    }
  }

  /// All minutes at which a cron line is due: each time on the wall is tried with each offset that the zone ever has,
  /// and where none fits, the clock is watched until it shows something later.
  func due(_ cron: RandomCron) -> [Int] {
    var found: Set<Int> = []
    let everAhead = Set(offsets.map(\.ahead))
    for day in days where cron.suits(day) {
      for hour in cron.hours {
        for minute in cron.minutes {
          let wall = day.number * 1440 + hour * 60 + minute
          let passes = everAhead.map { wall - $0 }.filter { $0 + ahead($0) == wall }
          if cron.isAnyHour {
            found.formUnion(passes)
          } else if let first = passes.min() {
            found.insert(first)
          } else {
            var watched = wall - (everAhead.max() ?? 0)
            while watched + ahead(watched) < wall { watched += 1 }
            found.insert(watched)
          }
        }
      }
    }
    return found.filter(minutes.contains).sorted()
  }
}

/// A cron line made at random together with what it means.
struct RandomCron: Sendable {
  let text: String
  let minutes: Set<Int>
  let hours: Set<Int>
  let isAnyHour: Bool
  private let days: Set<Int>
  private let months: Set<Int>
  private let weekdays: Set<Int>
  private let eitherDay: Bool

  /// A line that comes now and then: seldom more than a few times a day, and often in the hours in which clocks change.
  init(using random: inout SplitMix64) {
    typealias Field = (text: String, numbers: Set<Int>)
    let isAnyHour = Int.random(in: 0..<8, using: &random) == 0
    let minute = Self.list(0, 59, most: isAnyHour ? 1 : 2, wide: false, using: &random)
    let hour: Field =
      isAnyHour
      ? Self.open(0, 23, using: &random)
      : Self.list(0, Bool.random(using: &random) ? 3 : 23, most: 2, wide: false, using: &random)
    func day(_ low: Int, _ high: Int, _ names: [String], opens: Double) -> Field {
      Double.random(in: 0..<1, using: &random) < opens
        ? Self.open(low, high, using: &random) : Self.list(low, high, names, most: 3, wide: true, using: &random)
    }
    var dayOfMonth: Field
    var month: Field
    let weekday = day(0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], opens: 0.6)
    let names = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    repeat {
      dayOfMonth = day(1, 31, [], opens: 0.5)
      month = day(1, 12, names, opens: 0.8)
    } while dayOfMonth.numbers.allSatisfy { $0 > 28 }
    text = [minute, hour, dayOfMonth, month, weekday].map(\.text).joined(separator: " ")
    (minutes, hours, self.isAnyHour) = (minute.numbers, hour.numbers, isAnyHour)
    (days, months, weekdays) = (dayOfMonth.numbers, month.numbers, weekday.numbers)
    eitherDay = ![dayOfMonth, weekday].contains { $0.text.hasPrefix("*") }
  }

  func suits(_ day: WallTable.Day) -> Bool {
    let fits = [days.contains(day.day), weekdays.contains(day.weekday)]
    return months.contains(day.month) && (eitherDay ? fits.contains(true) : !fits.contains(false))
  }

  private static func open(
    _ low: Int, _ high: Int, using random: inout SplitMix64
  ) -> (text: String, numbers: Set<Int>) {
    let step = Bool.random(using: &random) ? 1 : Int.random(in: 1...max(2, high / 2), using: &random)
    let numbers = Set((low...high).filter { ($0 - low) % step == 0 })
    return (step == 1 && Bool.random(using: &random) ? "*" : "*/\(step)", numbers)
  }

  private static func list(
    _ low: Int, _ high: Int, _ names: [String] = [], most: Int, wide: Bool, using random: inout SplitMix64
  ) -> (text: String, numbers: Set<Int>) {
    var numbers: Set<Int> = []
    let texts = (0..<Int.random(in: 1...most, using: &random)).map { _ in
      let first = Int.random(in: low...high, using: &random)
      let last = min(high, first + Int.random(in: 1...(wide ? high : 3), using: &random))
      let isRange = Int.random(in: 0..<3, using: &random) == 0
      let step = isRange && Bool.random(using: &random) ? Int.random(in: 1...5, using: &random) : 1
      for number in first...(isRange ? last : first) where (number - first).isMultiple(of: step) {
        numbers.insert(number)
      }
      func word(_ number: Int) -> String {
        names.isEmpty || Bool.random(using: &random) ? String(number) : names[number]
      }
      return word(first) + (isRange ? "-" + word(last) : "") + (step > 1 ? "/\(step)" : "")
    }
    return (texts.joined(separator: ","), numbers)
  }
}
