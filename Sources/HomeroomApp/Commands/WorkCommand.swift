import ArgumentParser
import Kernel
import Logging
import ServiceLifecycle
import UnixSignals

/// `homeroom work`
struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Works on jobs beside `serve`, in a process or on a machine of its own.",
    discussion: """
      Needs PostgreSQL: with SQLite the one process that serves also works.
      Example: homeroom work --data /var/lib/homeroom
      """)
  @OptionGroup var installation: Installation

  func run() async throws {
    let settings = try installation.settings()
    guard case .postgres = settings.store else {
      Console.error("With SQLite the work is done inside `homeroom serve`. Workers of their own need PostgreSQL.")
      throw ExitCode(2)
    }
    LoggingSystem.bootstrap { label in JSONLog(label: label, level: .notice) }
    let ground = try await Ground.openMigrated(settings)
    let wiring = try await Wiring(ground)
    try await wiring.prepare()
    Console.error("Homeroom \(Homeroom.version) works on jobs, \(settings.workers.all) at once  (stop it with Ctrl+C)")
    let group = ServiceGroupConfiguration(
      services: wiring.services(withWorker: true).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "services"))
    try await ServiceGroup(configuration: group).run()
    await wiring.nodes.close()
    await ground.close()
    Console.error("Homeroom has stopped.")
  }
}
