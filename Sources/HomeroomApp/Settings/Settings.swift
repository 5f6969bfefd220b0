import Foundation
import Kernel
import Mail
import Redis

/// Everything that differs between installations, decoded once, at start. Below this target nobody reads the
/// environment.
///
/// Arguments win over the environment, that over `homeroom.conf` in the data folder, that over the defaults.
struct Settings: Sendable {
  /// Where the records are kept.
  enum Store: Sendable, Equatable {
    case sqlite(path: String)
    case postgres(url: String)
  }

  var store: Store
  var redis: RedisAddress?
  var data: String
  var host: String
  var port: Int
  var publicURL: String
  var trustedProxies: Set<String>
  var origins: Set<String>
  var isLimited: Bool
  var sessionIdle: Duration
  var sessionMax: Duration
  var accessLife: Duration
  var refreshLife: Duration
  var metricsToken: String?
  var masterKey: String?
  var jwtSecret: String?
  var seedAdminEmail: String?
  var seedAdminPassword: String?
  var logLevel: String
  var workers: WorkerWidths
  var zone: String
  var smtp: SMTPSettings?
  var smsGateway: SMSGatewaySettings?

  /// One setting: its name, its default in words, what it means, and whether it is a secret.
  struct Entry: Sendable {
    let name: String
    let usual: String
    let about: String
    let isSecret: Bool

    init(_ name: String, _ usual: String, _ about: String, secret: Bool = false) {
      self.name = name
      self.usual = usual
      self.about = about
      isSecret = secret
    }
  }

  /// All settings there are, in the order of the reference page, which is made from this list.
  static let entries: [Entry] = [
    Entry("HOMEROOM_DATA", "./data", "Folder of the database, the master key and `homeroom.conf`; mode 0700."),
    Entry(
      "DATABASE_URL", "sqlite: file in the data folder",
      "`sqlite:PATH`, or `postgres://user:password@host/name`; `connection_limit`, `pool_timeout` set the pool.",
      secret: true),
    Entry(
      "REDIS_URL", "none: not used",
      "`redis://user:password@host:6379/0`, shared by all nodes; budgets of requests are then exact over all of them.",
      secret: true),
    Entry("HOST", "127.0.0.1", "Address to listen on."),
    Entry("PORT", "4000", "Port to listen on; `API_PORT` is the same and wins."),
    Entry("PUBLIC_URL", "http://HOST:PORT", "The address in links that leave the house."),
    Entry("TRUSTED_PROXIES", "none", "Comma-separated addresses whose `X-Forwarded-*` are believed."),
    Entry("CORS_ORIGIN", "none: same origin only", "Comma-separated exact origins, no trailing slash."),
    Entry("RATE_LIMIT", "on", "`off` for load tests only."),
    Entry("SESSION_IDLE", "12h", "A cookie session ends after so long without a request."),
    Entry("SESSION_MAX", "7d", "A cookie session ends after so long in any case."),
    Entry("JWT_EXPIRES_IN", "15m", "How long an access token is valid."),
    Entry("JWT_REFRESH_EXPIRES_IN", "7d", "How long a refresh token is valid."),
    Entry(
      "HOMEROOM_MASTER_KEY", "made at first start", "Seals the key ring; at least 32 bytes, base64 or hexadecimal.",
      secret: true),
    Entry("JWT_SECRET", "none", "One more signing key in the ring; at least 32 characters.", secret: true),
    Entry("SEED_ADMIN_EMAIL", "none", "First administrator of an empty installation."),
    Entry("SEED_ADMIN_PASSWORD", "none", "Its password, to be changed at the first sign-in.", secret: true),
    Entry("METRICS_TOKEN", "none: loopback only", "Bearer token for `/metrics`.", secret: true),
    Entry("LOG_LEVEL", "info", "trace, debug, info, notice, warning, error or critical."),
    Entry(
      "WORKER_CONCURRENCY", "1",
      "Jobs at once in a process, 1 to 64; kinds may have less: `8,import.commit=1`."),
    Entry(
      "SMTP_HOST", "none: mail stays in the outbox", "The server that takes our mail; needs `SMTP_FROM` beside it."),
    Entry("SMTP_PORT", "587, or 465 for `tls`", "Its port."),
    Entry(
      "SMTP_SECURE", "starttls",
      "`starttls` (or `false`), `tls` from the first byte (or `true`), or `none` for a server on the same machine."),
    Entry("SMTP_USER", "none", "Who we are to it."),
    Entry("SMTP_PASSWORD", "none", "Our password there.", secret: true),
    Entry(
      "SMTP_FROM", "none",
      "From whom mail comes: `office@school.example`, or `Oak Hill <office@school.example>`."),
    Entry("SMTP_CA_FILE", "the system's", "File of the authorities that may have signed the server's certificate."),
    Entry("SMTP_TIMEOUT", "30s", "How long one answer of the server may take."),
    Entry(
      "SMS_GATEWAY_URL", "none: text messages stay in the outbox",
      "Takes `id`, `to` and `text` as JSON by POST; https, or http on the same machine.", secret: true),
    Entry("SMS_GATEWAY_TOKEN", "none", "Bearer token for it.", secret: true),
    Entry("TZ", "UTC", "The preset of the first school's time zone."),
  ]
}

/// All faults of the settings together, each with its cure.
struct SettingsFault: Error, CustomStringConvertible {
  let faults: [String]

  var description: String {
    "The settings need a change:\n" + faults.map { "  - \($0)" }.joined(separator: "\n")
  }
}

extension Settings {
  /// Decodes the settings from what was given on the command line, in the environment and in `homeroom.conf`.
  static func load(arguments: [String: String], environment: [String: String]) throws -> Settings {
    let data = arguments["HOMEROOM_DATA"] ?? environment["HOMEROOM_DATA"] ?? "./data"
    var reader = SettingsReader(arguments: arguments, environment: environment, file: try conf(in: data))
    let port = reader.int("API_PORT", 1...65535) ?? reader.int("PORT", 1...65535) ?? 4000
    let host = reader.text("HOST") ?? "127.0.0.1"
    let settings = Settings(
      store: reader.store(in: data), redis: reader.redis("REDIS_URL"), data: data, host: host, port: port,
      publicURL: reader.origin("PUBLIC_URL") ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(port)",
      trustedProxies: Set(reader.list("TRUSTED_PROXIES")), origins: Set(reader.origins("CORS_ORIGIN")),
      isLimited: reader.word("RATE_LIMIT", ["on", "off"]) != "off",
      sessionIdle: reader.duration("SESSION_IDLE") ?? .seconds(12 * 3600),
      sessionMax: reader.duration("SESSION_MAX") ?? .seconds(7 * 86400),
      accessLife: reader.duration("JWT_EXPIRES_IN") ?? .seconds(15 * 60),
      refreshLife: reader.duration("JWT_REFRESH_EXPIRES_IN") ?? .seconds(7 * 86400),
      metricsToken: reader.secret("METRICS_TOKEN", atLeast: 16),
      masterKey: reader.secret("HOMEROOM_MASTER_KEY", atLeast: 32),
      jwtSecret: reader.secret("JWT_SECRET", atLeast: 32), seedAdminEmail: reader.text("SEED_ADMIN_EMAIL"),
      seedAdminPassword: reader.secret("SEED_ADMIN_PASSWORD", atLeast: 15),
      logLevel: reader.word("LOG_LEVEL", ["trace", "debug", "info", "notice", "warning", "error", "critical"])
        ?? "info",
      workers: reader.widths("WORKER_CONCURRENCY") ?? WorkerWidths(all: 1, kinds: [:]),
      zone: reader.zone("TZ") ?? "UTC",
      smtp: reader.smtp(), smsGateway: reader.smsGateway())
    reader.refuseUnknownOfFile(known: Set(entries.map(\.name) + ["API_PORT"]))
    guard reader.faults.isEmpty else { throw SettingsFault(faults: reader.faults) }
    return settings
  }

  /// The lines `NAME=value` of `homeroom.conf`; `#` begins a comment.
  private static func conf(in folder: String) throws -> [String: String] {
    let path = folder + "/homeroom.conf"
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    var values: [String: String] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#"), let mark = line.firstIndex(of: "=") else { continue }
      values[line[..<mark].trimmingCharacters(in: .whitespaces)] =
        line[line.index(after: mark)...].trimmingCharacters(in: .whitespaces)
    }
    return values
  }
}
