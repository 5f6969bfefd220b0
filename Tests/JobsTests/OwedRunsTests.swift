import Jobs
import Kernel
import Persistence
import Testing

@Suite struct `What a schedule owes` {
  private func owed(
    _ cron: String, _ policy: MissedRuns, plannedThrough: String, at now: String, in zone: Zone = .utc
  ) throws -> OwedRuns {
    OwedRuns(
      of: try CronExpression(cron), in: zone, missed: policy, plannedThrough: try #require(Instant(plannedThrough)),
      at: try #require(Instant(now)))
  }

  @Test func `each: one run for every due moment, in order`() throws {
    let plan = try owed("0 6 * * *", .each, plannedThrough: "2026-11-18T06:00:00Z", at: "2026-11-21T09:14:00.500Z")
    #expect(plan.runs.map(\.dueAt.minute) == ["2026-11-19T06:00Z", "2026-11-20T06:00Z", "2026-11-21T06:00Z"])
    #expect(plan.runs.allSatisfy { $0.missed == 0 })
    #expect(plan.plannedThrough == Instant("2026-11-21T09:14:00.500Z"))
    #expect(plan.next == Instant("2026-11-22T06:00:00Z"))
    #expect(!plan.beganAnew)
  }

  @Test func `once: the latest run stands for those before`() throws {
    let plan = try owed("0 6 * * *", .once, plannedThrough: "2026-11-18T06:00:00Z", at: "2026-11-21T09:14:00Z")
    #expect(plan.runs.map(\.dueAt.minute) == ["2026-11-21T06:00Z"] && plan.runs.map(\.missed) == [2])
    #expect(plan.plannedThrough == Instant("2026-11-21T09:14:00Z"))
    #expect(plan.next == Instant("2026-11-22T06:00:00Z"))
  }

  @Test(arguments: MissedRuns.allCases)
  func `a run is owed from the moment it is due, and not again`(policy: MissedRuns) throws {
    let due = "2026-11-21T06:00:00Z"
    let before = try owed("0 6 * * *", policy, plannedThrough: "2026-11-20T06:00:00Z", at: "2026-11-21T05:59:59.999Z")
    #expect(before.runs == [] && before.next == Instant(due))
    let there = try owed("0 6 * * *", policy, plannedThrough: "2026-11-20T06:00:00Z", at: due)
    #expect(there.runs == [.init(dueAt: try #require(Instant(due)))])
    #expect(there.plannedThrough == Instant(due) && there.next == Instant("2026-11-22T06:00:00Z"))
    let again = try owed("0 6 * * *", policy, plannedThrough: due, at: due)
    #expect(again.runs == [] && again.plannedThrough == Instant(due) && again.next == there.next)
  }

  @Test func `each: a hundred in one go, and the rest at the next look`() throws {
    func look(_ start: String, _ now: String) throws -> OwedRuns {
      try owed("* * * * *", .each, plannedThrough: start, at: now)
    }
    let full = try look("2026-11-21T00:00:00Z", "2026-11-21T01:40:30Z")
    #expect(full.runs.count == 100 && full.plannedThrough == Instant("2026-11-21T01:40:30Z"))
    #expect(full.next == Instant("2026-11-21T01:41:00Z"))
    let first = try look("2026-11-21T00:00:00Z", "2026-11-21T01:41:00Z")
    #expect(first.runs.count == 100 && first.plannedThrough == Instant("2026-11-21T01:40:00Z"))
    #expect(first.next == Instant("2026-11-21T01:41:00Z"))
    let rest = try look("\(first.plannedThrough)", "2026-11-21T01:41:00Z")
    #expect(rest.runs.map(\.dueAt.minute) == ["2026-11-21T01:41Z"])
    #expect(rest.plannedThrough == Instant("2026-11-21T01:41:00Z"))
  }

  @Test func `once: the missed are counted up to a thousand, and years are jumped over`() throws {
    func missed(_ now: String) throws -> [Int] {
      try owed("* * * * *", .once, plannedThrough: "2026-11-21T00:00:00Z", at: now).runs.map(\.missed)
    }
    #expect(try missed("2026-11-21T16:40:59Z") == [999])
    #expect(try missed("2026-11-21T16:41:00Z") == [1000])
    #expect(try missed("2026-11-21T16:42:00Z") == [1000])
    let late = try owed("* * * * *", .once, plannedThrough: "2026-11-21T00:00:00Z", at: "2029-11-21T00:00:01Z")
    #expect(late.runs == [.init(dueAt: try #require(Instant("2029-11-21T00:00:00Z")), missed: 1000)])
  }

  @Test(arguments: MissedRuns.allCases)
  func `a clock that goes back is waited for, and after more than a day not believed`(policy: MissedRuns) throws {
    let through = "2026-11-21T12:00:00Z"
    let back = try owed("0 * * * *", policy, plannedThrough: through, at: "2026-11-20T12:00:00Z")
    #expect(back.runs == [] && !back.beganAnew && back.plannedThrough == Instant(through))
    #expect(back.next == Instant("2026-11-21T13:00:00Z"))
    let anew = try owed("0 * * * *", policy, plannedThrough: through, at: "2026-11-20T11:59:59.999Z")
    #expect(anew.runs == [] && anew.beganAnew && anew.plannedThrough == Instant("2026-11-20T11:59:59.999Z"))
    #expect(anew.next == Instant("2026-11-20T12:00:00Z"))
  }

  @Test func `the night the clocks change is one run for a fixed hour`() throws {
    let berlin = try Zone.named("Europe/Berlin")
    for (night, due) in [("2026-03-29", "2026-03-29T01:00Z"), ("2026-10-25", "2026-10-25T00:30Z")] {
      let plan = try owed(
        "30 2 * * *", .each, plannedThrough: "\(night)T00:00:00Z", at: "\(night)T12:00:00Z", in: berlin)
      #expect(plan.runs.map(\.dueAt.minute) == [due])
    }
  }

  @Test func `a policy is a word`() {
    #expect(MissedRuns.allCases.map(\.sqlValue) == [.text("once"), .text("each")])
    #expect(MissedRuns(rawValue: "never") == nil)
  }
}
