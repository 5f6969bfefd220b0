import ArgumentParser
import Kernel
import Persistence

/// `homeroom migrate up|down|status`
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Brings the database to this version's schema, or back.",
    subcommands: [Up.self, Down.self, Status.self])

  struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the migrations that have not run yet. Safe to run again.",
      discussion: "Example: homeroom migrate up --data ./data")
    @OptionGroup var installation: Installation

    func run() async throws {
      let app = try await Ground.open(installation.settings())
      let done = try await app.migrator.up(now: app.clock.now())
      Console.say(done.isEmpty ? "The schema is up to date." : done.map { "ran \($0)" }.joined(separator: "\n"))
      await app.close()
    }
  }

  struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes back the newest migrations. What is in their tables is lost.",
      discussion: "Example: homeroom migrate down --count 1 --yes")
    @OptionGroup var installation: Installation
    @Option(help: "How many.") var count = 1
    @Flag(help: "Do it; without this only says what would be lost.") var yes = false

    func run() async throws {
      let app = try await Ground.open(installation.settings())
      let applied = try await app.migrator.status().filter { $0.appliedAt != nil }.suffix(count).reversed().map(\.name)
      guard yes else {
        Console.say("This would take back, with all that is in their tables:\n" + applied.joined(separator: "\n"))
        Console.say("Say --yes to do it.")
        await app.close()
        throw ExitCode.wrongUse
      }
      for name in try await app.migrator.down(count) { Console.say("took back \(name)") }
      await app.close()
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says which migrations have run.", discussion: "Example: homeroom migrate status --json")
    @OptionGroup var installation: Installation
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
      let app = try await Ground.open(installation.settings())
      let statuses = try await app.migrator.status()
      await app.close()
      if json {
        Console.say(
          JSON.array(
            statuses.map {
              .object([
                ("name", .string($0.name)), ("appliedAt", $0.appliedAt.map { .string($0.description) } ?? .null),
                ("drifted", .bool($0.drifted)),
              ])
            }
          ).text)
      } else {
        for status in statuses {
          let state = status.drifted ? "DRIFTED" : status.appliedAt.map { "ran \($0)" } ?? "waits"
          Console.say("\(status.name)  \(state)")
        }
      }
      if statuses.contains(where: \.drifted) { throw ExitCode.warnings }
    }
  }
}
