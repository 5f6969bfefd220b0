public import Kernel

extension CronExpression {
  /// The first moment after `instant` at which it is due on the clocks of `zone`. Nil when there is none within 41
  /// years, which does not happen to an expression that was read.
  ///
  /// On nights on which the clocks change, cron(8) of Vixie cron is followed:
  /// - A time that the clocks skip is due at the first moment after the gap. Several in one gap are due there once.
  /// - A time that the clocks show twice is due the first time only.
  /// - When the hour field begins with `*`, real intervals are meant: it is due whenever the clocks show a time that
  ///   suits, twice in the hour that comes twice, and what is skipped is not made up for.
  ///
  /// Two things differ from Vixie cron. There a minute field that begins with `*` means real intervals too: here
  /// `*/15 2 * * *` keeps the rules of a fixed hour. And there each time that a gap skipped is made up for: here the
  /// gap is one run.
  public func next(after instant: Instant, in zone: Zone) -> Instant? {
    var second = instant.milliseconds.quotientAndRest(by: 1000).0 + 1
    while true {
      let span = ZoneSpan(around: second, in: zone)
      if second == span.begins, isDueAfterGap(span) { return Instant(seconds: second) }
      let time = max(second + span.offset, isInterval ? .min : span.firstNewTime)
      // Rounded up to the minute.
      guard let found = firstTime(from: (time + 59).quotientAndRest(by: 60).0) else { return nil }
      let due = found * 60 - span.offset
      if due < span.ends { return Instant(seconds: due) }
      second = span.isMovedAtEnd ? span.ends : max(span.ends, due - ZoneSpan.farthestMove)
    }
  }

  /// The last moment up to `instant` at which it was due, by the rules of `next(after:in:)`; nil when there was none
  /// within 41 years.
  public func previous(atOrBefore instant: Instant, in zone: Zone) -> Instant? {
    var second = instant.milliseconds.quotientAndRest(by: 1000).0
    while true {
      let span = ZoneSpan(around: second, in: zone)
      guard let found = lastTime(upTo: (second + span.offset).quotientAndRest(by: 60).0) else { return nil }
      if found * 60 >= (isInterval ? span.begins + span.offset : span.firstNewTime) {
        return Instant(seconds: found * 60 - span.offset)
      }
      if isDueAfterGap(span) { return Instant(seconds: span.begins) }
      let due = found * 60 - span.offset
      second = span.offsetBefore == nil ? min(span.begins - 1, due + ZoneSpan.farthestMove) : span.begins - 1
    }
  }

  /// Whether a time of a fixed hour fell into the gap with which the span begins.
  private func isDueAfterGap(_ span: ZoneSpan) -> Bool {
    guard !isInterval, let gap = span.gap,
      let skipped = firstTime(from: (gap.lowerBound + 59).quotientAndRest(by: 60).0)
    else { return false }
    return gap.contains(skipped * 60)
  }
}

extension Instant {
  fileprivate init(seconds: Int) { self.init(milliseconds: seconds * 1000) }
}
