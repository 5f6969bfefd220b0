import ArgumentParser
import Foundation
import Kernel
import Operations

/// `homeroom check`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says in a moment whether Homeroom is well, for monitors and scripts.",
    discussion: """
      Example: homeroom check --json
      Asks the running server; where none answers, looks at the database itself. Ends with 0 when healthy, 4 when \
      degraded, 1 when unhealthy.
      """)
  @OptionGroup var installation: Installation
  @Flag(help: "Answer in JSON.") var json = false

  func run() async throws {
    let settings = try installation.settings()
    let report = if let told = ask(settings) { told } else { await look(settings) }
    let body = JSON.object([
      ("status", .string(report.status)), ("asked", .string(report.asked)),
      ("components", .object(report.components.map { ($0.name, .string($0.state)) })),
    ])
    if json {
      Console.say(body.text)
    } else {
      Console.say("\(report.status) (\(report.asked))")
      for component in report.components { Console.say("  \(component.name): \(component.state)") }
    }
    switch report.status {
    case "healthy": return
    case "degraded": throw ExitCode.warnings
    default: throw ExitCode.failed
    }
  }

  private struct Report {
    let status: String
    /// Who told it.
    let asked: String
    let components: [(name: String, state: String)]
  }

  /// What the running server says; nil when none of ours answers.
  private func ask(_ settings: Settings) -> Report? {
    guard let text = LocalRequest(host: settings.host, port: settings.port).get("/health"),
      let body = text.range(of: "\r\n\r\n").map({ String(text[$0.upperBound...]) }),
      // Whatever else listens there is not asked twice: the database is looked at instead.
      let answer = try? JSON(parsing: body), answer["service"]?.string == "homeroom"
    else { return nil }
    var components: [(name: String, state: String)] = []
    if case .object(let members)? = answer["components"] {
      components = members.map { ($0.name, $0.value.string ?? "unknown") }
    }
    return Report(
      status: answer["status"]?.string ?? "unhealthy", asked: "the server on port \(settings.port)",
      components: components)
  }

  /// How the database and the disk are, without a server.
  private func look(_ settings: Settings) async -> Report {
    guard settings.hasInstallation else {
      return Report(status: "unhealthy", asked: "no server, no installation", components: [("database", "down")])
    }
    do {
      let ground = try await Ground.open(settings)
      let isWritable = FileManager.default.isWritableFile(atPath: settings.data)
      let health = await HealthService(
        database: ground.database, parts: [.init("disk") { isWritable ? .ok : .down }], clock: ground.clock
      ).check()
      await ground.close()
      return Report(
        status: health.status, asked: "no server answers; the database itself",
        components: health.components.map { ($0.name, $0.state.rawValue) })
    } catch {
      return Report(status: "unhealthy", asked: "no server answers", components: [("database", "down")])
    }
  }
}

/// A request to a server on this machine, over a plain socket: nothing but `check` ever asks one.
struct LocalRequest {
  let host: String
  let port: Int

  /// How long connecting and each answer may take, in seconds.
  private static let limit = 3

  /// The whole answer with its head, at most 64 KiB; nil when nobody answers in time.
  func get(_ path: String) -> String? {
    guard let handle = connected() else { return nil }
    defer { close(handle) }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    guard send(handle, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    while answer.count < 65_536 {
      let count = recv(handle, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer += buffer[..<count]
    }
    return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
  }

  /// An address that means "all of this machine" is asked on the loopback.
  private var address: String {
    switch host {
    case "0.0.0.0", "": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }

  private func connected() -> Int32? {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0 else { return nil }
    defer { freeaddrinfo(found) }
    var candidate = found
    while let entry = candidate?.pointee {
      let handle = socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
      if handle >= 0 {
        var time = timeval(tv_sec: Self.limit, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        if connect(handle, entry.ai_addr, entry.ai_addrlen) == 0 { return handle }
        close(handle)
      }
      candidate = entry.ai_next
    }
    return nil
  }
}
