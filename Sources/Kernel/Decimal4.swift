/// A decimal with four places, kept as ten-thousandths: credits, weights, scores, grade points. Never a floating
/// number.
public struct Decimal4: Hashable, Comparable, Sendable, CustomStringConvertible, LosslessStringConvertible {
  /// The value times 10,000.
  public let tenThousandths: Int

  /// A value given in ten-thousandths.
  public init(tenThousandths: Int) { self.tenThousandths = tenThousandths }

  /// Reads `3`, `3.5`, `-0.25`: at most nine digits before the point and four after it.
  public init?(_ description: String) {
    let negative = description.hasPrefix("-")
    let parts = description.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let digits = { (text: Substring) in !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard description.utf8.count <= 15, (1...2).contains(parts.count), parts.allSatisfy(digits),
      parts[0].utf8.count <= 9, parts.count == 1 || parts[1].utf8.count <= 4,
      negative == (description.prefix { $0 == "-" }.count == 1), let whole = Int(parts[0])
    else { return nil }
    let fraction = parts.count == 2 ? Int((parts[1] + "0000").prefix(4)) ?? 0 : 0
    tenThousandths = (negative ? -1 : 1) * (whole * 10_000 + fraction)
  }

  /// The shortest decimal that reads back as the same value.
  public var description: String {
    let size = tenThousandths.magnitude
    var text = (tenThousandths < 0 ? "-" : "") + String(size / 10_000)
    var fraction = padded(Int(size % 10_000), 4)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if !fraction.isEmpty { text += "." + fraction }
    return text
  }

  public static func < (left: Self, right: Self) -> Bool { left.tenThousandths < right.tenThousandths }
}
