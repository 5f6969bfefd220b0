import Kernel
import Testing

@testable import Interop

@Suite struct `Reading dates as people write them` {
  @Test(arguments: [
    ("2011-03-28", DateOrder?.none, "2011-03-28"), ("2011/3/28", nil, "2011-03-28"),
    ("2011-03-28T00:00:00", nil, "2011-03-28"), ("28/3/2011", .dayFirst, "2011-03-28"),
    ("3/28/2011", .monthFirst, "2011-03-28"), ("28-03-2011", .dayFirst, "2011-03-28"),
    ("28.3.2011", .monthFirst, "2011-03-28"), ("28/3/2011", nil, "2011-03-28"), ("5/5/2011", nil, "2011-05-05"),
    ("29/2/2012", .dayFirst, "2012-02-29"),
  ])
  func `a date is read`(text: String, order: DateOrder?, expected: String) {
    #expect(RosterDate.read(text, order: order)?.description == expected)
  }

  @Test(arguments: [
    ("3/4/2011", DateOrder?.none), ("28/3/2011", .monthFirst), ("28/3/2011", .yearFirst), ("29/2/2011", .dayFirst),
    ("1/2/11", .dayFirst), ("2011-13-01", nil), ("20110328", nil), ("-1/2/2011", .dayFirst), ("1/2/3/2011", .dayFirst),
    ("1//2011", .dayFirst), ("٣/٤/2011", .dayFirst), ("", nil), ("2011-03", nil), ("1/-2/2011", .dayFirst),
  ])
  func `what is no date, or two, is none`(text: String, order: DateOrder?) {
    #expect(RosterDate.read(text, order: order) == nil)
  }
}
