import ArgumentParser
import Foundation
import Kernel

/// The program: reads the command line, runs one command, ends with one of the documented exit codes.
public enum Homeroom {
  /// The version, also said by `version`, health and metrics.
  public static let version = "0.1.0"

  /// Runs the command that the process was started with.
  public static func main() async {
    // A client that goes away while we write to it must not end the process.
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs a command; answers the exit code: 0 done, 1 failed and nothing changed, 2 wrong use, 3 busy, 4 done with
  /// warnings, 5 partly done.
  static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try HomeroomCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let problem as any ProblemConvertible {
      Console.complain(problem.problem)
      return problem.problem.kind == .unavailable(retryAfter: 0) ? 3 : 1
    } catch let fault as SettingsFault {
      Console.error(fault.description)
      return 2
    } catch {
      let code = HomeroomCommand.exitCode(for: error)
      let message = HomeroomCommand.fullMessage(for: error)
      if code == .success {
        Console.say(message)
        return 0
      }
      Console.error(message)
      return code == .validationFailure ? 2 : 1
    }
  }
}

/// The exit codes of `contract.md` beside 0.
extension ExitCode {
  static let failed = ExitCode(1)
  static let wrongUse = ExitCode(2)
  static let busy = ExitCode(3)
  static let warnings = ExitCode(4)
  static let partly = ExitCode(5)
}

/// `homeroom` with its subcommands.
struct HomeroomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "homeroom", abstract: "A school in one program.",
    discussion: "Try it: homeroom seed demo --students 600 && homeroom serve", version: Homeroom.version,
    subcommands: [
      ServeCommand.self, WorkCommand.self, MigrateCommand.self, SettingsCommand.self, UserCommand.self,
      AdminCommand.self,
      SeedCommand.self, ImportCommand.self, ExportCommand.self, JobsCommand.self, MailCommand.self, DoctorCommand.self,
      CheckCommand.self,
      RoutesCommand.self, OpenAPICommand.self, VersionCommand.self,
    ])
}

/// Where the installation is: shared by all commands that touch it.
struct Installation: ParsableArguments {
  @Option(help: "Folder of the database, keys and homeroom.conf.") var data: String?
  @Option(help: "Database, such as sqlite:school.sqlite or postgres://…; wins over DATABASE_URL.") var database: String?

  func settings(_ more: [String: String?] = [:]) throws -> Settings {
    var arguments = more.compactMapValues { $0 }
    if let data { arguments["HOMEROOM_DATA"] = data }
    if let database { arguments["DATABASE_URL"] = database }
    return try Settings.load(arguments: arguments, environment: ProcessInfo.processInfo.environment)
  }
}
