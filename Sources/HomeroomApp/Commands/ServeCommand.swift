import ArgumentParser
import Foundation
import Hummingbird
import Kernel
import Logging
import SQLiteDriver
import ServiceLifecycle
import UnixSignals
import Web

/// `homeroom serve`
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves pages and API, and works on jobs, until it is told to stop.",
    discussion: "Example: homeroom serve --port 8080 --data /var/lib/homeroom")
  @OptionGroup var installation: Installation
  @Option(help: "Port to listen on.") var port: String?
  @Option(help: "Address to listen on.") var host: String?
  @Flag(help: "Leave jobs to other processes (`homeroom work`).") var noWorker = false
  @Flag(help: "Also serve /preview, which shows every component.") var preview = false

  func run() async throws {
    let settings = try installation.settings(["API_PORT": port, "HOST": host])
    let level = Logger.Level(rawValue: settings.logLevel) ?? .info
    LoggingSystem.bootstrap { label in JSONLog(label: label, level: max(level, .notice)) }
    let lock = try exclusive(settings)
    defer { withExtendedLifetime(lock) {} }
    let ground = try await Ground.openMigrated(settings)
    let wiring = try await Wiring(ground, isPreview: preview, logsRequests: level <= .info)
    try await wiring.prepare()
    let application = Application(
      responder: Responder(wiring.pipeline),
      configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
      onServerRunning: { _ in Self.announce(settings, ground) },
      logger: Logger(label: "http"))
    let services: [any Service] = [application] + wiring.services(withWorker: !noWorker)
    var group = ServiceGroupConfiguration(
      services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "services"))
    // Requests under way have this long to finish after SIGTERM.
    group.maximumGracefulShutdownDuration = .seconds(20)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch let fault where "\(fault)".contains("errno: \(EADDRINUSE)") {
      // The error's type is of a library below the server; the number in its words is the system's.
      Console.error(
        "Port \(settings.port) of \(settings.host) is taken. Stop what listens there, or choose another with --port.")
      throw ExitCode.busy
    }
    await wiring.nodes.close()
    await ground.close()
    Console.error("Homeroom has stopped.")
  }

  /// One `serve` per SQLite file; a second one ends with exit code 3.
  private func exclusive(_ settings: Settings) throws -> SQLiteLock? {
    guard case .sqlite(let path) = settings.store else { return nil }
    try Ground.prepareFolder(settings.data)
    do {
      return try SQLiteLock(for: path)
    } catch let inUse as SQLiteInUse {
      Console.complain(inUse.problem)
      throw ExitCode.busy
    }
  }

  /// Said once the port is open: whoever waits for these words may ask at once.
  private static func announce(_ settings: Settings, _ ground: Ground) {
    Console.error("Homeroom \(Homeroom.version) at \(settings.publicURL)  (stop it with Ctrl+C)")
    if !settings.isLimited { Console.error("warning: RATE_LIMIT=off: requests are not counted. For load tests only.") }
    for word in ground.ignored { Console.error("note: DATABASE_URL has \(word), which is not used here.") }
  }
}
