import Kernel

/// A stretch of time in which a zone's clocks are not moved, as far as it matters around a moment. All in seconds.
///
/// A zone that moves its clocks twice within `reach` is not seen rightly; since 1970 the IANA database has none that
/// does so within six days.
struct ZoneSpan {
  /// More than clocks were ever moved at once: Samoa skipped a day in 2011, and zones are at most 26 hours apart.
  static let farthestMove = 26 * 3600
  /// How far around the moment is looked. After a look without a move, no move within it can bring back a time on the
  /// wall from before the look.
  static let reach = 2 * farthestMove

  /// How far the clocks are ahead of universal time.
  let offset: Int
  /// The first second of it, or of what was looked at.
  let begins: Int
  /// The first second after it, or after what was looked at.
  let ends: Int
  /// How far ahead the clocks were before they were moved at `begins`; nil when they were not.
  let offsetBefore: Int?
  /// Whether the clocks are moved at `ends`.
  let isMovedAtEnd: Bool

  init(around second: Int, in zone: Zone) {
    func offset(_ second: Int) -> Int { zone.secondsFromUTC(at: Instant(milliseconds: second * 1000)) }
    let here = offset(second)
    self.offset = here
    let (earliest, latest) = (second - Self.reach, second + Self.reach)
    if offset(earliest) == here {
      (begins, offsetBefore) = (earliest, nil)
    } else {
      begins = Self.bisect(earliest, second) { offset($0) == here }
      offsetBefore = offset(begins - 1)
    }
    isMovedAtEnd = offset(latest) != here
    ends = isMovedAtEnd ? Self.bisect(second, latest) { offset($0) != here } : latest
  }

  /// Where the clocks at `begins` were put forward over a gap: what they would have shown, without the end.
  var gap: Range<Int>? {
    guard let offsetBefore, offsetBefore < offset else { return nil }
    return begins + offsetBefore..<begins + offset
  }

  /// What the clocks show at `begins`, or, where they were put back, when they show for the first time what they never
  /// showed before.
  var firstNewTime: Int { begins + max(offset, offsetBefore ?? offset) }

  /// The first second after `no` for which the answer is yes as it is for `yes`.
  private static func bisect(_ no: Int, _ yes: Int, _ isSo: (Int) -> Bool) -> Int {
    var (no, yes) = (no, yes)
    while yes - no > 1 {
      let middle = no + (yes - no) / 2
      if isSo(middle) { yes = middle } else { no = middle }
    }
    return yes
  }
}
