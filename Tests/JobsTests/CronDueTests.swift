import Jobs
import Kernel
import Synchronization
import TestSupport
import Testing

@Suite struct `When a cron expression is due` {
  @Test(arguments: [
    ("30 6 * * mon-fri", ["2026-11-23T06:30Z", "2026-11-24T06:30Z"]),
    ("*/20 9 * * *", ["2026-11-21T09:20Z", "2026-11-21T09:40Z", "2026-11-22T09:00Z"]),
    ("14 9 * * *", ["2026-11-22T09:14Z"]),
    ("0 0 1 * *", ["2026-12-01T00:00Z", "2027-01-01T00:00Z", "2027-02-01T00:00Z"]),
    ("0 0 31 * *", ["2026-12-31T00:00Z", "2027-01-31T00:00Z", "2027-03-31T00:00Z"]),
    ("59 23 31 12 *", ["2026-12-31T23:59Z", "2027-12-31T23:59Z"]),
    ("0 0 29 2 *", ["2028-02-29T00:00Z", "2032-02-29T00:00Z"]),
  ])
  func `after a Saturday morning of 2026`(text: String, expected: [String]) throws {
    #expect(try CronExpression(text).moments(expected.count, after: "2026-11-21T09:14:00Z") == expected)
  }

  /// POSIX, crontab: "if either is specified as a list, then either matches"; crontab(5): restricted is what does not
  /// begin with an asterisk.
  @Test(arguments: [
    ("0 12 13 * fri", ["2026-11-27T12:00Z", "2026-12-04T12:00Z", "2026-12-11T12:00Z", "2026-12-13T12:00Z"]),
    ("0 12 13 * *", ["2026-12-13T12:00Z", "2027-01-13T12:00Z"]),
    ("0 12 * * fri", ["2026-11-27T12:00Z", "2026-12-04T12:00Z"]),
    ("0 12 */2 * fri", ["2026-11-27T12:00Z", "2026-12-11T12:00Z", "2026-12-25T12:00Z", "2027-01-01T12:00Z"]),
    ("0 12 13 * */5", ["2026-12-13T12:00Z", "2027-06-13T12:00Z"]),
    ("0 0 30 2 mon", ["2027-02-01T00:00Z", "2027-02-08T00:00Z"]),
  ])
  func `of two restricted day fields either is enough`(text: String, expected: [String]) throws {
    #expect(try CronExpression(text).moments(expected.count, after: "2026-11-21T09:14:00Z") == expected)
  }

  @Test func `a moment is after the one asked from, to the millisecond`() throws {
    let daily = try CronExpression("0 6 * * *")
    #expect(try daily.moments(1, after: "2026-11-21T05:59:59.999Z") == ["2026-11-21T06:00Z"])
    #expect(try daily.moments(1, after: "2026-11-21T06:00:00Z") == ["2026-11-22T06:00Z"])
    #expect(try daily.momentsBack(1, from: "2026-11-21T06:00:00Z") == ["2026-11-21T06:00Z"])
    #expect(try daily.momentsBack(1, from: "2026-11-21T05:59:59.999Z") == ["2026-11-20T06:00Z"])
    #expect(try daily.moments(1, after: "1969-12-30T06:00:00.001Z") == ["1969-12-31T06:00Z"])
    #expect(try daily.momentsBack(1, from: "1969-12-31T05:00:00Z") == ["1969-12-30T06:00Z"])
  }

  @Test func `what is rare is found without walking there`() throws {
    let asked = Mutex(0)
    let berlin = try Zone.named("Europe/Berlin")
    let counting = Zone(name: "counting") { instant in
      asked.withLock { $0 += 1 }
      return berlin.secondsFromUTC(at: instant)
    }
    let leap = try CronExpression("0 0 29 2 *")
    #expect(try leap.moments(1, after: "2096-03-01T00:00:00Z", in: counting) == ["2104-02-28T23:00Z"])
    #expect(try leap.momentsBack(1, from: "2104-02-28T22:59:00Z", in: counting) == ["2096-02-28T23:00Z"])
    let leapSunday = try CronExpression("0 0 29 2 */7")
    #expect(try leapSunday.moments(1, after: "2088-03-01T00:00:00Z", in: counting) == ["2128-02-28T23:00Z"])
    #expect(try leapSunday.momentsBack(1, from: "2128-02-28T22:59:00Z", in: counting) == ["2088-02-28T23:00Z"])
    #expect(asked.withLock { $0 } < 400)
  }

  @Test func `backwards is the same row as forwards`() throws {
    let start = "2026-01-15T10:00:00Z"
    for name in ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"] {
      for text in ["30 2 * * *", "15,45 1-2 * * *", "45 * * * *", "0 2 1-7 * sun", "10 */5 * * *"] {
        let (cron, zone) = (try CronExpression(text), try Zone.named(name))
        let forwards = try cron.moments(400, after: start, in: zone)
        let last = try #require(forwards.last).dropLast() + ":00Z"
        #expect(try cron.momentsBack(400, from: String(last), in: zone) == forwards.reversed(), "\(text) in \(name)")
      }
    }
  }
}

@Suite struct `The night the clocks change` {
  /// A night, an expression, and when it is due on it; moments are in universal time.
  struct Night: Sendable, CustomTestStringConvertible {
    let zone: String
    let cron: String
    let from: String
    let due: [String]

    init(_ zone: String, _ cron: String, after from: String, _ due: [String]) {
      (self.zone, self.cron, self.from, self.due) = (zone, cron, from, due)
    }

    var testDescription: String { "\(cron) in \(zone) after \(from)" }
  }

  private static let forwards: [Night] = [
    // 29 March 2026, 02:00 becomes 03:00 at 01:00 UTC.
    Night("Europe/Berlin", "30 2 * * *", after: "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-30T00:30Z"]),
    Night(
      "Europe/Berlin", "0,15,30 2 * * *", after: "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-30T00:00Z"]),
    Night(
      "Europe/Berlin", "0,30 2-3 29 3 *", after: "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-29T01:30Z"]),
    Night("Europe/Berlin", "0 3 * * *", after: "2026-03-28T12:00:00Z", ["2026-03-29T01:00Z", "2026-03-30T01:00Z"]),
    Night("Europe/Berlin", "59 1 * * *", after: "2026-03-28T12:00:00Z", ["2026-03-29T00:59Z", "2026-03-29T23:59Z"]),
    Night("America/New_York", "30 2 * * *", after: "2026-03-07T12:00:00Z", ["2026-03-08T07:00Z", "2026-03-09T06:30Z"]),
    // 4 October 2026, 02:00 becomes 02:30 at 15:30 UTC of the day before.
    Night(
      "Australia/Lord_Howe", "15,30 2 * * *", after: "2026-10-03T12:00:00Z",
      ["2026-10-03T15:30Z", "2026-10-04T15:15Z", "2026-10-04T15:30Z"]),
    // 4 November 2018, midnight becomes 01:00 at 03:00 UTC.
    Night(
      "America/Sao_Paulo", "0 0 * * *", after: "2018-11-03T01:00:00Z",
      ["2018-11-03T03:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z"]),
    Night(
      "America/Sao_Paulo", "30 0 4 11 *", after: "2018-11-03T01:00:00Z", ["2018-11-04T03:00Z", "2019-11-04T03:30Z"]),
    // 9 June 2019, after Ramadan, 02:00 becomes 03:00 at 02:00 UTC.
    Night(
      "Africa/Casablanca", "30 2 * * *", after: "2019-06-08T12:00:00Z", ["2019-06-09T02:00Z", "2019-06-10T01:30Z"]),
    // 30 December 2011 did not take place.
    Night(
      "Pacific/Apia", "0 8 * * *", after: "2011-12-29T12:00:00Z",
      ["2011-12-29T18:00Z", "2011-12-30T10:00Z", "2011-12-30T18:00Z"]),
  ]

  @Test(arguments: forwards)
  func `a time that is skipped is due when the gap is over, once`(night: Night) throws { try expect(night) }

  private static let backwards: [Night] = [
    // 25 October 2026, 03:00 becomes 02:00 at 01:00 UTC.
    Night("Europe/Berlin", "30 2 * * *", after: "2026-10-24T12:00:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]),
    Night("Europe/Berlin", "30 2 * * *", after: "2026-10-25T00:45:00Z", ["2026-10-26T01:30Z"]),
    Night("Europe/Berlin", "30 2 * * *", after: "2026-10-25T01:15:00Z", ["2026-10-26T01:30Z"]),
    Night("Europe/Berlin", "0 2,3 25 10 *", after: "2026-10-24T12:00:00Z", ["2026-10-25T00:00Z", "2026-10-25T02:00Z"]),
    Night("America/New_York", "30 1 * * *", after: "2026-10-31T12:00:00Z", ["2026-11-01T05:30Z", "2026-11-02T06:30Z"]),
    // 5 April 2026, 02:00 becomes 01:30 at 15:00 UTC of the day before.
    Night(
      "Australia/Lord_Howe", "45 1 * * *", after: "2026-04-04T12:00:00Z", ["2026-04-04T14:45Z", "2026-04-05T15:15Z"]),
    // 18 February 2018, midnight becomes 23:00 at 02:00 UTC.
    Night(
      "America/Sao_Paulo", "30 23 17 2 *", after: "2018-02-17T12:00:00Z", ["2018-02-18T01:30Z", "2019-02-18T02:30Z"]),
    // 5 May 2019, for Ramadan, 03:00 becomes 02:00 at 02:00 UTC.
    Night(
      "Africa/Casablanca", "30 2 * * *", after: "2019-05-04T12:00:00Z", ["2019-05-05T01:30Z", "2019-05-06T02:30Z"]),
    // 7 November 2010, 00:01 becomes 23:01 of the day before at 02:31 UTC.
    Night("America/St_Johns", "0 0 * * *", after: "2010-11-06T12:00:00Z", ["2010-11-07T02:30Z", "2010-11-08T03:30Z"]),
  ]

  @Test(arguments: backwards)
  func `a time that comes twice is due the first time`(night: Night) throws { try expect(night) }

  private static let intervals: [Night] = [
    Night("Europe/Berlin", "30 * * * *", after: "2026-03-29T00:00:00Z", ["2026-03-29T00:30Z", "2026-03-29T01:30Z"]),
    Night(
      "Europe/Berlin", "30 * * * *", after: "2026-10-25T00:00:00Z",
      ["2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z"]),
    Night("Europe/Berlin", "0 */2 * * *", after: "2026-03-28T22:30:00Z", ["2026-03-28T23:00Z", "2026-03-29T02:00Z"]),
    Night(
      "Europe/Berlin", "0 */2 * * *", after: "2026-10-24T21:30:00Z",
      ["2026-10-24T22:00Z", "2026-10-25T00:00Z", "2026-10-25T01:00Z", "2026-10-25T03:00Z"]),
    Night(
      "Australia/Lord_Howe", "45 * * * *", after: "2026-04-04T13:00:00Z",
      ["2026-04-04T13:45Z", "2026-04-04T14:45Z", "2026-04-04T15:15Z", "2026-04-04T16:15Z"]),
    // Midnight is passed, a minute of the new day goes by, and the evening comes again.
    Night(
      "America/St_Johns", "0,30 * * * *", after: "2010-11-07T01:45:00Z",
      ["2010-11-07T02:00Z", "2010-11-07T02:30Z", "2010-11-07T03:00Z", "2010-11-07T03:30Z"]),
    // The same evening comes again, though by then the next time is a year away.
    Night(
      "America/St_Johns", "30 */23 6 11 *", after: "2010-11-07T01:45:00Z",
      ["2010-11-07T02:00Z", "2010-11-07T03:00Z", "2011-11-06T03:00Z"]),
    Night(
      "America/Sao_Paulo", "0 * 4 11 *", after: "2018-11-03T12:00:00Z", ["2018-11-04T03:00Z", "2018-11-04T04:00Z"]),
  ]

  @Test(arguments: intervals)
  func `an hour with an asterisk means real intervals`(night: Night) throws { try expect(night) }

  @Test func `does not exist where the clocks stay`() throws {
    let kolkata = try Zone.named("Asia/Kolkata")
    var moment = try #require(Instant("2026-01-01T00:00:00Z"))
    let cron = try CronExpression("30 2 * * *")
    for day in 0..<366 {
      let next = try #require(cron.next(after: moment, in: kolkata))
      #expect(next.milliseconds - moment.milliseconds == (day == 0 ? 21 : 24) * 3_600_000)
      moment = next
    }
  }

  private func expect(_ night: Night) throws {
    let (cron, zone) = (try CronExpression(night.cron), try Zone.named(night.zone))
    #expect(try cron.moments(night.due.count, after: night.from, in: zone) == night.due)
    let last = try #require(night.due.last).dropLast() + ":00Z"
    #expect(try cron.momentsBack(night.due.count, from: String(last), in: zone) == night.due.reversed())
  }
}
