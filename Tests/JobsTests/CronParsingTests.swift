import Jobs
import Kernel
import Testing

@Suite struct `Reading a cron expression` {
  @Test(arguments: [
    ("*/15 * * * *", "0,15,30,45 * * * *"),
    ("5 8-18/2 * * *", "5 8,10,12,14,16,18 * * *"),
    ("0 6 * JAN,Feb,mar-may Mon-fri", "0 6 * 1-5 1-5"),
    ("0 6 * * 7", "0 6 * * 0"),
    ("0 6 * * sat-sun", "0 6 * * 6,0"),
    ("0 6 * * 5-7", "0 6 * * sun,fri,sat"),
    ("0 6 * * 0-6", "0 6 * * *"),
    ("0 6 * * */7", "0 6 * * sun"),
    ("10-20/5,59 0 1 12 *", "10,15,20,59 0 1 dec *"),
    (" 0\t6  1 1 * ", "0 6 01 1 *"),
    ("@hourly", "0 * * * *"),
    ("@Daily", "0 0 * * *"),
    ("@weekly", "0 0 * * sun"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
  ])
  func `two ways to say the same thing come at the same times`(one: String, other: String) throws {
    let (one, other) = (try CronExpression(one), try CronExpression(other))
    #expect(try one.moments(40, after: "2026-11-21T09:14:00Z") == other.moments(40, after: "2026-11-21T09:14:00Z"))
  }

  @Test func `it shows itself as it was written, with single spaces`() throws {
    let expression = try CronExpression("  */5 8-18\t* * Mon-FRI ")
    #expect(expression.text == "*/5 8-18 * * Mon-FRI")
    #expect("\(expression)" == expression.text)
    #expect(try CronExpression(expression.text) == expression)
    #expect(try CronExpression("*/5 8-18 * * 1-5") != expression)
  }

  @Test(arguments: [
    ("", "not 0"), ("0 6 * *", "not 4"), ("0 6 * * * *", "not 6"),
    ("60 6 * * *", "The minute field says \"60\": use 0 to 59."), ("-1 6 * * *", "The minute field says \"\""),
    ("0 24 * * *", "The hour field says \"24\": use 0 to 23."), ("0 +6 * * *", "The hour field says \"+6\""),
    ("0 6 0 * *", "The day-of-month field says \"0\": use 1 to 31."), ("0 6 32 * *", "\"32\""),
    ("0 6 * 13 *", "The month field says \"13\": use 1 to 12 or jan to dec."), ("0 6 * 0 *", "\"0\""),
    ("0 6 * * 8", "The day-of-week field says \"8\": use 0 to 7 or sun to sat."), ("0 6 * mon *", "month field"),
    ("0 6 * * monday", "\"monday\""), ("0 jan * * *", "hour field"), ("0 6 * * mon#2", "\"mon#2\""),
    ("0 ٦ * * *", "\"٦\""), ("0 99999999999999999999 * * *", "hour field"), ("? 6 * * *", "\"?\""),
    ("0,,5 6 * * *", "The minute field has a comma too many."), (",5 6 * * *", "comma"), ("5, 6 * * *", "comma"),
    ("30-10 6 * * *", "\"30-10\", which ends before it begins"), ("0 6 * * fri-mon", "\"fri-mon\""),
    ("1-2-3 6 * * *", "\"2-3\""), ("5- 6 * * *", "says \"\""), ("*-5 6 * * *", "says \"*\""),
    ("*/0 6 * * *", "The minute field has the step \"0\": use 1 to 59."), ("*/60 6 * * *", "step \"60\""),
    ("*/ 6 * * *", "step \"\""), ("*/2/2 6 * * *", "step \"2/2\""), ("*/-2 6 * * *", "step \"-2\""),
    ("5/15 6 * * *", "write 5-59/15"), ("0 6/2 * * *", "write 6-23/2"), ("** 6 * * *", "\"**\""),
    ("@reboot", "Use @hourly"), ("@daily 5", "Use @hourly"), ("@", "Use @hourly"),
    ("0 0 30 2 *", "never comes"), ("0 0 31 2,4,jun,9,11 *", "never comes"), ("0 0 30,31 feb */2", "never comes"),
  ])
  func `what cannot be meant is refused with the field and the reason`(text: String, reason: String) throws {
    let problem = #expect(throws: Problem.self) { try CronExpression(text, at: "/when") }
    let fault = try #require(problem?.errors.first)
    #expect(problem?.errors.count == 1 && fault.pointer == "/when" && fault.code == "BAD_CRON")
    #expect(fault.detail.contains(reason), "\(fault.detail)")
  }

  @Test(arguments: ["0 0 29 2 *", "0 0 30 2 mon", "0 0 31 1-4 *", "0 0 31 2,4,12 *", "0 0 */31 2 *"])
  func `what comes at some time is taken`(text: String) throws { _ = try CronExpression(text) }

  @Test func `a text has a limit`() throws {
    let minutes = (0..<60).map(String.init).joined(separator: ",")
    let fits = minutes + " * * * *"
    let spaces = String(repeating: " ", count: CronExpression.longest - fits.utf8.count)
    _ = try CronExpression(fits + spaces)
    #expect(throws: Problem.self) { try CronExpression(fits + spaces + " ") }
  }

  @Test func `a fault is told at the field of the form`() {
    let problem = #expect(throws: Problem.self) { try CronExpression("") }
    #expect(problem?.kind == .invalid && problem?.errors.first?.pointer == "/cron")
  }
}
