import Jobs
import Kernel
import TestSupport
import Testing

@Suite struct `Schedules through four hundred days` {
  static let seeds = 4000
  static let crews = 4

  @Test(arguments: 0..<crews)
  func `owe every run as their policy says, whatever the clock and the nights do`(crew: Int) throws {
    let lines = try #require(ScheduleYear.Line.all)
    var (runs, anew) = (0, 0)
    for seed in stride(from: crew, to: Self.seeds, by: Self.crews) {
      var year = ScheduleYear(seed: UInt64(seed), of: lines)
      let fault = year.run()
      #expect(fault == nil, "seed \(seed), \(year.story): \(fault ?? "")")
      (runs, anew) = (runs + year.runs, anew + year.anew)
    }
    // Without runs, or without a clock that was wrong by days, nothing would have been compared.
    #expect(runs > Self.seeds * 5 && anew > Self.seeds / 20)
  }
}

/// One simulated schedule: a line, a policy, a clock that is sometimes wrong, and a program that is sometimes away.
struct ScheduleYear {
  /// A cron line in a zone, with every minute at which it is due over the days simulated and a margin.
  struct Line: Sendable {
    let cron: CronExpression
    let table: WallTable
    let due: [Int]

    /// Lines in zones with all sorts of nights; nil when Foundation does not know one of the zones.
    static let all: [Line]? = {
      let places = [
        ("Europe/Berlin", "2026-01-10"), ("America/New_York", "2025-06-01"), ("Australia/Lord_Howe", "2025-09-01"),
        ("Africa/Casablanca", "2019-02-01"), ("America/Sao_Paulo", "2017-12-01"), ("America/St_Johns", "2010-03-01"),
        ("Pacific/Apia", "2011-06-01"), ("Asia/Kolkata", "2027-02-01"), ("America/Havana", "2025-01-01"),
        ("Pacific/Chatham", "2023-09-01"), ("Asia/Beirut", "2024-02-01"), ("Africa/Monrovia", "2026-11-21"),
      ]
      let tables = places.compactMap { WallTable($0.0, from: $0.1, days: 400 + 2 * ScheduleYear.margin) }
      var random = SplitMix64(seed: 20_261_121)
      let lines = tables.flatMap { table in
        (0..<30).compactMap { _ -> Line? in
          let made = RandomCron(using: &random)
          // A line that is refused is missed below.
          guard let cron = try? CronExpression(made.text) else { return nil }
          return Line(cron: cron, table: table, due: table.due(made))
        }
      }
      return tables.count == places.count && lines.count == places.count * 30 ? lines : nil
    }()

    /// The due moments after one up to and including another, as milliseconds.
    func due(after start: Int, upTo end: Int) -> ArraySlice<Int> {
      let (first, last) = (index(after: start), index(after: end))
      return first < last ? due[first..<last] : []
    }

    /// The place of the first due minute after a moment in milliseconds.
    func index(after moment: Int) -> Int {
      var (low, high) = (0, due.count)
      while low < high {
        let middle = (low + high) / 2
        if due[middle] * 60_000 > moment { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  /// How many days the clock may be wrong, and a few.
  static let margin = 35
  private static let minute = 60_000
  private static let day = 86_400_000

  private let line: Line
  private let policy: MissedRuns
  private let zone: Zone
  private var random: SplitMix64
  /// What a caller keeps.
  private var plannedThrough: Instant
  /// The runs that were compared, and how often planning began anew.
  private(set) var runs = 0
  private(set) var anew = 0

  var story: String { "\(line.cron) in \(line.table.name), \(policy)" }

  init(seed: UInt64, of lines: [Line]) {
    random = SplitMix64(seed: seed)
    line = lines[Int.random(in: 0..<lines.count, using: &random)]
    policy = Bool.random(using: &random) ? .each : .once
    zone = line.table.zone
    plannedThrough = Instant(milliseconds: line.table.minutes.lowerBound * Self.minute + Self.margin * Self.day)
  }

  /// Lives through the days; says what was wrong at which moment, or nil.
  mutating func run() -> String? {
    var time = plannedThrough.milliseconds
    let end = time + 400 * Self.day
    var error = 0
    while time < end {
      time += pause()
      error = clockError(error)
      let now = Instant(milliseconds: min(time, end) + error)
      if let fault = look(at: now) { return "at \(now): \(fault)" }
    }
    return nil
  }

  /// How long the program is away or asleep: minutes, hours, days or weeks.
  private mutating func pause() -> Int {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<7: Int.random(in: 1...90 * Self.minute, using: &random)
    case 7..<13: Int.random(in: 1...30, using: &random) * 60 * Self.minute
    case 13..<18: Int.random(in: 1...8 * Self.day, using: &random)
    default: Int.random(in: 1...4, using: &random) * 7 * Self.day
    }
  }

  /// How wrong the clock is from now on: as before, put right, a little off, or off by days.
  private mutating func clockError(_ error: Int) -> Int {
    switch Int.random(in: 0..<40, using: &random) {
    case 0...3: 0
    case 4...5: Int.random(in: -20 * 60...20 * 60, using: &random) * Self.minute
    case 6: Int.random(in: -30 * Self.day...30 * Self.day, using: &random)
    default: error
    }
  }

  /// Looks until nothing more is owed, as a caller does, and compares all it was given with the table.
  private mutating func look(at now: Instant) -> String? {
    let start = plannedThrough
    var given: [OwedRuns.Run] = []
    var plan = owed(at: now)
    let beganAnew = plan.beganAnew
    while true {
      guard plan.runs.count <= 100 else { return "\(plan.runs.count) runs in one go" }
      given += plan.runs
      // A caller need not keep a plan without runs.
      let isKept = !plan.runs.isEmpty || plan.beganAnew || Bool.random(using: &random)
      if isKept { plannedThrough = plan.plannedThrough }
      guard let next = plan.next, next <= now, plannedThrough < now else { break }
      guard plan.runs.count == 100, given.count < 100_000 else { return "\(next) is left over" }
      plan = owed(at: now)
    }
    let isClockWrong = now.milliseconds < start.milliseconds - Self.day
    guard beganAnew == isClockWrong else { return "began anew: \(beganAnew), after \(start)" }
    (runs, anew) = (runs + given.count, anew + (beganAnew ? 1 : 0))
    let expected = isClockWrong ? [] : expected(line.due(after: start.milliseconds, upTo: now.milliseconds))
    if given != expected { return "after \(start) gave \(told(given)) for \(told(expected))" }
    let known = line.index(after: max(now, isClockWrong ? now : start).milliseconds)
    guard known < line.due.count else { return nil }
    let next = Instant(milliseconds: line.due[known] * Self.minute)
    return plan.next == next ? nil : "the next is \(plan.next.map(\.description) ?? "none"), not \(next)"
  }

  private func owed(at now: Instant) -> OwedRuns {
    OwedRuns(of: line.cron, in: zone, missed: policy, plannedThrough: plannedThrough, at: now)
  }

  /// What the policy makes of due minutes.
  private func expected(_ due: ArraySlice<Int>) -> [OwedRuns.Run] {
    let moments = due.map { Instant(milliseconds: $0 * Self.minute) }
    guard policy == .once else { return moments.map { OwedRuns.Run(dueAt: $0) } }
    return moments.suffix(1).map { OwedRuns.Run(dueAt: $0, missed: min(1000, moments.count - 1)) }
  }

  private func told(_ runs: [OwedRuns.Run]) -> String {
    "\(runs.count) [\(runs.prefix(3).map { "\($0.dueAt) + \($0.missed)" }.joined(separator: ", "))…]"
  }
}
