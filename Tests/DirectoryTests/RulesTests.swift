import Directory
import Kernel
import Testing

@Suite struct `The life of a student` {
  func refusal(_ from: StudentStatus, _ to: StudentStatus, _ reason: String? = "because") -> DirectoryProblem? {
    do throws(DirectoryProblem) {
      try from.change(to: to, because: reason)
      return nil
    } catch { return error }
  }

  @Test func `who comes may stay away, leave or finish`() {
    for next in StudentStatus.allCases where next != .active { #expect(refusal(.active, next) == nil) }
  }

  @Test func `nobody becomes what he is`() {
    for status in StudentStatus.allCases {
      #expect(refusal(status, status) == .statusRefused(from: status, to: status))
    }
  }

  @Test func `who finished or left comes back by becoming active, and only so`() {
    for gone in [StudentStatus.graduated, .withdrawn] {
      for next in StudentStatus.allCases where next != gone {
        #expect((refusal(gone, next) == nil) == (next == .active))
      }
    }
  }

  @Test func `a suspended student does not graduate, an inactive one may`() {
    #expect(refusal(.suspended, .graduated) == .statusRefused(from: .suspended, to: .graduated))
    #expect(refusal(.inactive, .graduated) == nil)
  }

  @Test func `leaving, suspending and coming back after the end need a reason`() {
    #expect(refusal(.active, .withdrawn, nil) == .reasonMissing(.withdrawn))
    #expect(refusal(.active, .suspended, "") == .reasonMissing(.suspended))
    #expect(refusal(.graduated, .active, nil) == .reasonMissing(.active))
    #expect(refusal(.onLeave, .active, nil) == nil)
    #expect(refusal(.active, .graduated, nil) == nil)
    #expect(refusal(.active, .withdrawn, "moved") == nil)
  }
}

@Suite struct `Custody rights` {
  let day = SchoolDate(days: 20_000)

  func right(_ custody: Custody, _ allowed: Bool, _ days: ClosedRange<Int>? = nil) -> CustodyRight {
    let now = Instant(milliseconds: 0)
    return CustodyRight(
      id: .new(at: now), guardianship: .new(at: now), custody: custody, isAllowed: allowed,
      firstOn: days.map { day.adding(days: $0.lowerBound) }, lastOn: days.map { day.adding(days: $0.upperBound) })
  }

  @Test func `where nothing is said, guardians may`() {
    #expect([CustodyRight]().allows(.see, on: day))
    #expect([right(.collect, false)].allows(.see, on: day))
  }

  @Test func `a denial holds from its first day to its last`() {
    for (days, allowed) in [(0...0, false), (-5...0, false), (0...5, false), (-5 ... -1, true), (1...5, true)] {
      #expect([right(.see, false, days)].allows(.see, on: day) == allowed)
    }
  }

  @Test func `a right for a time is not there before or after`() {
    for (days, allowed) in [(0...0, true), (-5...0, true), (0...5, true), (-5 ... -1, false), (1...5, false)] {
      #expect([right(.see, true, days)].allows(.see, on: day) == allowed)
    }
  }

  @Test func `a denial beats whatever is allowed`() {
    #expect(![right(.see, true), right(.see, false, 0...0)].allows(.see, on: day))
    #expect([right(.see, true), right(.see, false, 1...2)].allows(.see, on: day))
  }
}

@Suite struct `Years and terms` {
  let org = OrgID(high: 1, low: 1)
  let day = SchoolDate(days: 20_000)

  func year(_ days: ClosedRange<Int>) -> Period {
    Period(
      id: PeriodID(high: 1, low: 2), version: 1,
      details: PeriodDetails(
        org: org, kind: .year, code: "Y", title: "Year", firstOn: day.adding(days: days.lowerBound),
        lastOn: day.adding(days: days.upperBound)))
  }

  func faults(_ days: (Int, Int), _ kind: PeriodKind = .term, within parent: Period?) -> [String] {
    let details = PeriodDetails(
      org: org, parent: parent?.id, kind: kind, code: "T", title: "Term", firstOn: day.adding(days: days.0),
      lastOn: day.adding(days: days.1))
    do throws(Problem) {
      _ = try details.checked(within: parent)
      return []
    } catch { return error.errors.map(\.code) }
  }

  @Test func `a day is enough, less is not`() {
    #expect(faults((0, 0), within: nil) == [])
    #expect(faults((0, -1), within: nil) == ["BEFORE_START"])
  }

  @Test func `a term lies within its year, both ends included`() {
    #expect(faults((0, 9), within: year(0...9)) == [])
    #expect(faults((-1, 9), within: year(0...9)) == ["OUTSIDE_PARENT"])
    #expect(faults((0, 10), within: year(0...9)) == ["OUTSIDE_PARENT"])
  }

  @Test func `a year is part of nothing`() {
    #expect(faults((0, 9), .year, within: year(0...9)) == ["YEAR_WITHIN"])
    #expect(faults((0, 9), .year, within: nil) == [])
  }

  @Test func `the last day belongs to it`() {
    #expect(year(0...9).contains(day.adding(days: 9)))
    #expect(!year(0...9).contains(day.adding(days: 10)))
  }
}
