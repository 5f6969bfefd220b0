import CPQ

/// An address of PostgreSQL, taken apart: what libpq wants, what the pool wants, and what nobody here knows.
struct PostgresAddress: Sendable {
  /// Words and values for libpq.
  private(set) var words: [(name: String, value: String)]
  /// How many connections, where the address says it.
  private(set) var connectionLimit: Int?
  /// How long a call may wait for a connection, where the address says it.
  private(set) var poolTimeout: Duration?
  /// Words of other programs.
  private(set) var ignored: [String]

  /// Reads `postgres://user:password@host:port/name?sslmode=…`; says what is wrong without saying the password.
  init(_ url: String) throws(BadPostgresAddress) {
    guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
      throw BadPostgresAddress("it does not begin with postgres://")
    }
    let halves = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let known = Self.wordsOfLibpq
    var kept: [Substring] = []
    ignored = []
    for pair in (halves.count == 2 ? halves[1] : "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? parts[1] : ""
      switch String(parts[0]) {
      case "connection_limit":
        guard let limit = Int(value), (1...500).contains(limit) else {
          throw BadPostgresAddress("connection_limit is a number from 1 to 500")
        }
        connectionLimit = limit
      case "pool_timeout":
        guard let seconds = Int(value), (1...600).contains(seconds) else {
          throw BadPostgresAddress("pool_timeout is a number of seconds from 1 to 600")
        }
        poolTimeout = .seconds(seconds)
      case let name where known.contains(name): kept.append(pair)
      case let name: ignored.append(name)
      }
    }
    words = try Self.parsed(halves[0] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&")))
  }

  /// What Homeroom asks of every connection, after what the address asks.
  func words(schema: String?) -> [(name: String, value: String)] {
    var options = [
      // A program that freezes in the middle of a transaction loses its locks before the lease of its jobs is over.
      "idle_in_transaction_session_timeout=15000", "statement_timeout=30000", "client_min_messages=warning",
      "DateStyle=ISO", "TimeZone=UTC", "bytea_output=hex", "jit=off",
    ]
    if let schema { options.append("search_path=\(schema)") }
    let given = words.first { $0.name == "options" }?.value ?? ""
    let all = ([given] + options.map { "-c \($0)" }).joined(separator: " ")
    let ours = [
      ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "40000"), ("application_name", "homeroom"),
    ]
    let named = Set(words.map(\.name))
    return words.filter { $0.name != "options" } + ours.filter { !named.contains($0.0) }
      + [("client_encoding", "UTF8"), ("options", all)]
  }

  private static var wordsOfLibpq: Set<String> {
    guard let options = PQconndefaults() else { return [] }
    defer { PQconninfoFree(options) }
    var names: Set<String> = []
    var option = options
    while let name = option.pointee.keyword {
      names.insert(String(cString: name))
      option += 1
    }
    return names
  }

  // libpq's own words about a fault quote the address, password and all, so they are not passed on.
  private static func parsed(_ url: String) throws(BadPostgresAddress) -> [(name: String, value: String)] {
    guard let options = PQconninfoParse(url, nil) else {
      throw BadPostgresAddress("it has the form postgres://user:password@host:port/name")
    }
    defer { PQconninfoFree(options) }
    var words: [(name: String, value: String)] = []
    var option = options
    while let name = option.pointee.keyword {
      if let value = option.pointee.val { words.append((String(cString: name), String(cString: value))) }
      option += 1
    }
    return words
  }
}

/// An address that PostgreSQL cannot be reached by. Its words never hold the password.
public struct BadPostgresAddress: Error, Sendable, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String

  init(_ what: String) { description = "The address of PostgreSQL cannot be read: \(what)." }
}
