import Foundation

/// Where a Redis server is, and as whom to come in: `redis://user:password@host:port/db`, or
/// `unix://user:password@/run/redis.sock?db=1`.
///
/// Describes itself without the password.
public struct RedisAddress: Sendable, Equatable, CustomStringConvertible {
  enum Place: Sendable, Equatable {
    case host(String, port: Int)
    case socket(path: String)
  }

  let place: Place
  let user: String?
  let password: String?
  let database: Int

  /// Reads an address; says what is wrong with it without saying the password.
  public init(_ url: String) throws(BadRedisAddress) {
    guard !url.hasPrefix("rediss://") else {
      throw BadRedisAddress(
        "rediss:// asks for TLS, which is not spoken here; use redis:// within the machine or a private network")
    }
    guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["redis", "unix"].contains(scheme) else {
      throw BadRedisAddress("it has the form redis://user:password@host:port/db")
    }
    user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
    password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
    guard user == nil || password != nil else { throw BadRedisAddress("it names a user and no password") }
    let database: String
    if scheme == "unix" {
      guard parts.path.hasPrefix("/"), (parts.host ?? "").isEmpty else {
        throw BadRedisAddress("a socket has the form unix:///run/redis/redis.sock")
      }
      place = .socket(path: parts.path)
      database = parts.queryItems?.first { $0.name == "db" }?.value ?? ""
    } else {
      guard let host = parts.host, !host.isEmpty else { throw BadRedisAddress("it names no host") }
      // Within brackets, an address of IPv6.
      place = .host(host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")), port: parts.port ?? 6379)
      database = String(parts.path.dropFirst())
    }
    guard let number = database.isEmpty ? 0 : Int(database), (0...1_000_000).contains(number) else {
      throw BadRedisAddress("the database is a number, such as the 1 of redis://host:6379/1")
    }
    self.database = number
  }

  public var description: String {
    switch place {
    case .host(let host, let port): "redis://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
    case .socket(let path): "unix://\(path)?db=\(database)"
    }
  }
}

/// An address that Redis cannot be reached by. Its words never hold the password.
public struct BadRedisAddress: Error, Sendable, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String

  init(_ what: String) { description = what }
}
