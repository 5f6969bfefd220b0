import Foundation
import Testing

@testable import HomeroomApp

@Suite struct `The settings` {
  private let empty = ["HOMEROOM_DATA": "/nonexistent/homeroom"]

  @Test func `have defaults for a laptop`() throws {
    let settings = try Settings.load(arguments: empty, environment: [:])
    #expect(settings.store == .sqlite(path: "/nonexistent/homeroom/homeroom.sqlite"))
    #expect(settings.host == "127.0.0.1" && settings.port == 4000 && settings.isLimited)
    #expect(settings.publicURL == "http://127.0.0.1:4000")
  }

  @Test func `are taken from arguments before the environment before the file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "homeroom-settings-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover in the temporary folder harms nobody
    try "# ports\nPORT = 7001\nHOST=::1\n".write(
      to: folder.appending(path: "homeroom.conf"), atomically: true, encoding: .utf8)
    let data = ["HOMEROOM_DATA": folder.path]
    #expect(try Settings.load(arguments: data, environment: [:]).port == 7001)
    #expect(try Settings.load(arguments: data, environment: ["PORT": "7002"]).port == 7002)
    #expect(try Settings.load(arguments: data, environment: ["PORT": "7002", "API_PORT": "7003"]).port == 7003)
    let all = try Settings.load(arguments: data.merging(["API_PORT": "7004"]) { $1 }, environment: ["PORT": "7002"])
    #expect(all.port == 7004 && all.host == "::1" && all.publicURL == "http://[::1]:7004")
  }

  @Test func `tell all their faults together and no secret`() throws {
    let environment = [
      "PORT": "70000", "SESSION_IDLE": "soon", "CORS_ORIGIN": "https://a.example/, *", "JWT_SECRET": "tiny-jwt-value",
      "RATE_LIMIT": "maybe", "DATABASE_URL": "mysql://user:hidden@host/db", "TZ": "Mars/Olympus", "LOG_LEVEL": "loud",
      "REDIS_URL": "rediss://user:hidden@host",
    ]
    let fault = try #require(throws: SettingsFault.self) {
      try Settings.load(arguments: empty, environment: environment)
    }
    #expect(fault.faults.count == 10)
    #expect(!fault.description.contains("tiny-jwt-value") && !fault.description.contains("hidden"))
  }

  @Test(arguments: [("15m", 900), ("12h", 43_200), ("7d", 604_800), ("30s", 30)])
  func `understand durations`(text: String, seconds: Int) throws {
    let settings = try Settings.load(arguments: empty, environment: ["SESSION_IDLE": text])
    #expect(settings.sessionIdle == .seconds(seconds))
  }

  @Test func `are described on the reference page`() throws {
    let path = "docs/reference/settings.md"
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    #expect(page == SettingsCommand.reference + "\n", "write it anew: homeroom settings --markdown > \(path)")
  }
}
