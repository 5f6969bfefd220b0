import Foundation
import Kernel
import Redis

/// Reads settings one by one and gathers what is wrong with them.
struct SettingsReader {
  private let arguments: [String: String]
  private let environment: [String: String]
  private let file: [String: String]
  private(set) var faults: [String] = []

  init(arguments: [String: String], environment: [String: String], file: [String: String]) {
    self.arguments = arguments
    self.environment = environment
    self.file = file
  }

  /// The value of a setting; an empty one counts as absent.
  func text(_ name: String) -> String? {
    for source in [arguments, environment, file] {
      if let value = source[name], !value.isEmpty { return value }
    }
    return nil
  }

  mutating func int(_ name: String, _ range: ClosedRange<Int>) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      fail("\(name) is \"\(text)\": give a whole number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return number
  }

  /// How many jobs at once, and of some kinds fewer: `8,import.commit=1`.
  mutating func widths(_ name: String) -> WorkerWidths? {
    guard let text = text(name) else { return nil }
    let parts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let kinds = parts.dropFirst().map { part -> (String, Int)? in
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].isEmpty, let width = Int(sides[1]), (1...64).contains(width) else { return nil }
      return (sides[0], width)
    }
    guard let all = parts.first.flatMap(Int.init), (1...64).contains(all), !kinds.contains(where: { $0 == nil }) else {
      fail("\(name) is \"\(text)\": give a whole number from 1 to 64, and kinds with less like 8,import.commit=1.")
      return nil
    }
    return WorkerWidths(all: all, kinds: Dictionary(kinds.compactMap { $0 }) { $1 })
  }

  /// A duration such as `15m`, `12h` or `7d`.
  mutating func duration(_ name: String) -> Duration? {
    guard let text = text(name) else { return nil }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), number > 0, number < 1_000_000
    else {
      fail("\(name) is \"\(text)\": give a duration such as 15m, 12h or 7d.")
      return nil
    }
    return .seconds(number * unit)
  }

  mutating func word(_ name: String, _ words: [String]) -> String? {
    guard let text = text(name)?.lowercased() else { return nil }
    guard words.contains(text) else {
      fail("\(name) is \"\(text)\": give one of \(words.joined(separator: ", ")).")
      return nil
    }
    return text
  }

  /// A secret, which is never shown, not even in a fault.
  mutating func secret(_ name: String, atLeast length: Int) -> String? {
    guard let text = text(name) else { return nil }
    let samples = ["changeme", "secret", "password", "your-", "example"]
    guard text.count >= length, !samples.contains(where: text.lowercased().hasPrefix) else {
      fail(
        "\(name) is too short or a sample: give at least \(length) random characters, as `openssl rand -hex 32` does."
      )
      return nil
    }
    return text
  }

  func list(_ name: String) -> [String] {
    (text(name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  mutating func origins(_ name: String) -> [String] {
    list(name).filter { origin in
      let isOrigin = isOrigin(origin)
      if !isOrigin {
        fail("\(name) has \"\(origin)\": give exact origins such as https://school.example, no trailing slash, no *.")
      }
      return isOrigin
    }
  }

  mutating func origin(_ name: String) -> String? {
    guard let text = text(name) else { return nil }
    if !isOrigin(text) {
      fail("\(name) is \"\(text)\": give an address such as https://school.example, no trailing slash.")
    }
    return text
  }

  mutating func zone(_ name: String) -> String? {
    guard let text = text(name) else { return nil }
    guard TimeZone(identifier: text) != nil else {
      fail("\(name) is \"\(text)\": give a time zone such as Africa/Monrovia.")
      return nil
    }
    return text
  }

  mutating func store(in data: String) -> Settings.Store {
    guard let url = text("DATABASE_URL") else { return .sqlite(path: data + "/homeroom.sqlite") }
    if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") { return .postgres(url: url) }
    if url.hasPrefix("sqlite:"), url.count > 7 { return .sqlite(path: String(url.dropFirst(7))) }
    fail("DATABASE_URL must begin with sqlite: or postgres://.")
    return .sqlite(path: "")
  }

  /// Where Redis is. The address may hold a password, so a fault says what is wrong and not what was given.
  mutating func redis(_ name: String) -> RedisAddress? {
    guard let text = text(name) else { return nil }
    do throws(BadRedisAddress) {
      return try RedisAddress(text)
    } catch {
      fail("\(name) cannot be read: \(error).")
      return nil
    }
  }

  mutating func refuseUnknownOfFile(known: Set<String>) {
    for name in file.keys.sorted() where !known.contains(name) {
      fail("homeroom.conf has \(name), which is no setting: check its spelling, or take the line out.")
    }
  }

  mutating func fail(_ fault: String) { faults.append(fault) }

  private func isOrigin(_ text: String) -> Bool {
    guard let url = URLComponents(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme) else {
      return false
    }
    return url.host?.isEmpty == false && url.path.isEmpty && url.query == nil && url.user == nil
  }
}

/// How many jobs a process does at once.
struct WorkerWidths: Sendable, Equatable {
  /// Of all kinds together.
  var all: Int
  /// Of a kind, where that is fewer.
  var kinds: [String: Int]
}
