import Foundation
import Kernel
import TestSupport
import Testing

@Suite struct `A school date` {
  @Test func `agrees with the calendar of Foundation on every day of eight centuries' sample`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for days in stride(from: -135_000, through: 160_000, by: 97) {
      let date = SchoolDate(days: days)
      let theirs = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect(date.civil.year == theirs.year && date.civil.month == theirs.month && date.civil.day == theirs.day)
      #expect(date.weekday % 7 + 1 == theirs.weekday)
      #expect(SchoolDate(date.description) == date)
    }
  }

  @Test(arguments: [
    ("2024-02-29", true), ("2023-02-29", false), ("1900-02-29", false), ("2000-02-29", true), ("2026-13-01", false),
    ("2026-00-01", false), ("2026-04-31", false), ("26-04-01", false), ("2026-4-1", false), ("2026-04-01 ", false),
    ("1599-12-31", false), ("1600-01-01", true), ("٢٠٢٦-٠٤-٠١", false), ("", false),
  ])
  func `is read only from YYYY-MM-DD`(text: String, isDate: Bool) {
    #expect((SchoolDate(text) != nil) == isDate)
  }

  @Test func `moves by days and years`() throws {
    let leap = try #require(SchoolDate("2024-02-29"))
    #expect(leap.adding(days: 1).description == "2024-03-01")
    #expect(leap.adding(years: 1).description == "2025-02-28")
    #expect(leap.adding(years: 4).description == "2028-02-29")
  }
}

@Suite struct `An instant` {
  @Test func `is written and read as RFC 3339`() throws {
    let instant = Instant(milliseconds: 1_795_251_240_007)
    #expect(instant.description == "2026-11-21T08:54:00.007Z")
    #expect(Instant(instant.description) == instant)
    #expect(Instant("2026-11-21T08:54:00Z")?.milliseconds == 1_795_251_240_000)
    #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T24:00:00Z", "2026-11-21T08:54:00+01:00", "2026-11-21T08:54:60Z",
    "2026-11-21T08:54:00.Z", "2026-11-21T8:54:00Z", "2026-11-21T+8:54:00Z",
  ])
  func `is not read from anything else`(text: String) { #expect(Instant(text) == nil) }

  @Test func `falls on the day of its zone`() {
    let east = Zone(name: "east") { _ in 8 * 3600 }
    let instant = Instant(milliseconds: 1_795_251_240_000)
    #expect(east.date(at: instant).description == "2026-11-21")
    #expect(east.date(at: instant.adding(.seconds(8 * 3600))).description == "2026-11-22")
    #expect(east.minuteOfDay(at: instant) == 16 * 60 + 54)
    #expect(east.secondsFromUTC(at: instant) == 8 * 3600)
    #expect(east.start(of: SchoolDate(days: 20_000)).milliseconds == 20_000 * 86_400_000 - 8 * 3_600_000)
  }
}

@Suite struct `An identity` {
  @Test func `is a UUID of version 7 whose order is that of time`() throws {
    var random = SplitMix64(seed: 7)
    let early = PersonID.new(at: Instant(milliseconds: 1_000), using: &random)
    let late = PersonID.new(at: Instant(milliseconds: 1_001), using: &random)
    #expect(early < late)
    for id in [early, late] {
      let text = id.description
      #expect(text.count == 36 && Array(text)[14] == "7" && "89ab".contains(Array(text)[19]))
      #expect(PersonID(text) == id && PersonID(text.uppercased()) == id)
      #expect(UUID(uuidString: text) != nil)
    }
  }

  @Test(arguments: [
    "", "0", "01935b2e-0000-7000-8000-00000000000", "01935b2e-0000-7000-8000-00000000000g",
    "01935b2e00007000800000000000000000000", "{1935b2e-0000-7000-8000-000000000000",
  ])
  func `is not read from anything else`(text: String) { #expect(PersonID(text) == nil) }
}

@Suite struct `A decimal of four places` {
  @Test(arguments: ["0", "3", "3.5", "-0.25", "0.0001", "123456789.1234"])
  func `reads back as it was written`(text: String) { #expect(Decimal4(text)?.description == text) }

  @Test(arguments: ["", ".", "1.", ".5", "1.23456", "1e3", "--1", "1-", "+1", "1,5", "12345678901234", "١"])
  func `refuses anything else`(text: String) { #expect(Decimal4(text) == nil) }
}
