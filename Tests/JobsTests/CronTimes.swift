import Foundation
import Jobs
import Kernel
import Testing

extension CronExpression {
  /// So many moments in a row at which it is due, after a moment, as RFC 3339 without the seconds.
  func moments(_ count: Int, after start: String, in zone: Zone = .utc) throws -> [String] {
    var moment = try #require(Instant(start))
    var found: [String] = []
    for _ in 0..<count {
      moment = try #require(next(after: moment, in: zone))
      found.append(moment.minute)
    }
    return found
  }

  /// The same backwards, from a moment on.
  func momentsBack(_ count: Int, from start: String, in zone: Zone = .utc) throws -> [String] {
    var moment = try #require(Instant(start))
    var found: [String] = []
    for _ in 0..<count {
      let last = try #require(previous(atOrBefore: moment, in: zone))
      found.append(last.minute)
      moment = last.adding(.milliseconds(-1))
    }
    return found
  }
}

extension Instant {
  /// `2026-03-29T01:00Z`; all of it where it is no whole minute.
  var minute: String { milliseconds % 60_000 == 0 ? description.prefix(16) + "Z" : description }
}

extension Zone {
  /// A zone of the IANA database, as Foundation knows it.
  static func named(_ name: String) throws -> Zone {
    let zone = try #require(TimeZone(identifier: name))
    return Zone(name: name) { instant in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
  }
}
