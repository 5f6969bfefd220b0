package import Kernel

/// A day from the ten characters `YYYY-MM-DD`, without making a string on the way; nil for anything else.
package func schoolDate(ascii text: UnsafeBufferPointer<UInt8>) -> SchoolDate? {
  guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
  func number(_ range: Range<Int>) -> Int? {
    var value = 0
    for byte in text[range] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
  guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
  return SchoolDate(year: year, month: month, day: day)
}
