import ArgumentParser
import Foundation
import Jobs
import Kernel
import Operations
import Record
import Secrets

/// `homeroom doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Looks at everything that can be wrong with an installation, and says the cure.",
    discussion: """
      Example: homeroom doctor --fix
      Ends with 0 when all is well, 4 when something needs a look, 1 when something is broken.
      """)
  @OptionGroup var installation: Installation
  @Flag(help: "Cure what has a safe cure, and look again.") var fix = false
  @Flag(help: "Answer in JSON.") var json = false

  func run() async throws {
    let outcomes = await DoctorVisit(installation: installation, fix: fix).outcomes()
    if json { Console.say(Self.json(outcomes).text) } else { outcomes.forEach(Self.say) }
    if outcomes.contains(where: \.finding.isFailure) { throw ExitCode.failed }
    if outcomes.contains(where: { !$0.finding.isWell }) { throw ExitCode.warnings }
  }

  private static func say(_ outcome: Doctor.Outcome) {
    let (state, found, cure) = outcome.finding.words
    Console.say("\(state.padding(toLength: 7, withPad: " ", startingAt: 0))\(outcome.title): \(found)")
    if let cured = outcome.cured { Console.say("       Cured: \(cured)") }
    if !cure.isEmpty { Console.say("       \(cure)") }
  }

  private static func json(_ outcomes: [Doctor.Outcome]) -> JSON {
    .array(
      outcomes.map { outcome in
        let (state, found, cure) = outcome.finding.words
        return .object([
          ("name", .string(outcome.name)), ("title", .string(outcome.title)), ("state", .string(state.lowercased())),
          ("found", .string(found)), ("cure", cure.isEmpty ? .null : .string(cure)),
          ("cured", outcome.cured.map(JSON.string) ?? .null),
        ])
      })
  }
}

/// One visit to an installation that may be ill in any way: what keeps it from being opened is a finding too.
///
/// Nothing is made on the way: where there is no installation, the doctor says so.
struct DoctorVisit {
  let installation: Installation
  let fix: Bool

  func outcomes() async -> [Doctor.Outcome] {
    let settings: Settings
    do {
      settings = try installation.settings()
    } catch {
      let found = (error as? SettingsFault)?.description ?? "They cannot be read."
      return await broken("settings.values", "The settings", found, cure: "See: homeroom settings --markdown")
    }
    guard settings.hasInstallation else {
      return await broken(
        "data.folder", "The data folder", "There is no installation in \(settings.data).",
        cure: "Begin one with: homeroom serve, or name the right folder with --data.")
    }
    do {
      let ground = try await Ground.open(settings)
      let jobs = JobQueue(database: ground.database, clock: ground.clock)
      // It only counts letters, so a key that opens none will do: the doctor makes no files.
      let outbox = Wiring.outbox(ground, Record(), jobs, Wiring.WayOut(settings), MasterKey())
      let outcomes = await Doctor(Wiring.checks(ground, jobs, outbox, isQuick: false)).examine(fix: fix)
      await ground.close()
      return outcomes
    } catch {
      let problem = (error as? any ProblemConvertible)?.problem
      return await broken(
        "database.open", "The database", problem.map { "\($0.title). \($0.detail)" } ?? "It cannot be opened.",
        cure: "Check DATABASE_URL, and that the server or the file is there and may be used.")
    }
  }

  private func broken(_ name: String, _ title: String, _ found: String, cure: String) async -> [Doctor.Outcome] {
    await Doctor([DoctorCheck(name, title) { .failure(found, cure: cure) }]).examine(fix: false)
  }
}

extension Settings {
  /// Whether there is something to look at: the SQLite file, or a server that has to be asked.
  var hasInstallation: Bool {
    switch store {
    case .sqlite(let path): FileManager.default.fileExists(atPath: path)
    case .postgres: FileManager.default.fileExists(atPath: data)
    }
  }
}
