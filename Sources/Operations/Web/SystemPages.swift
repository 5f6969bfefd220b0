import Kernel
import Markup
import Rights
import Synchronization
import Web

/// How the installation is: what `doctor` finds, and the parts with their figures.
struct SystemPages: Sendable {
  let doctor: Doctor
  let health: HealthService
  let version: String
  let facts: @Sendable () async throws -> [(name: String, value: String)]
  let zone: Zone
  private let round = DoctorRound()

  init(
    doctor: Doctor, health: HealthService, version: String, zone: Zone,
    facts: @escaping @Sendable () async throws -> [(name: String, value: String)]
  ) {
    self.doctor = doctor
    self.health = health
    self.version = version
    self.zone = zone
    self.facts = facts
  }

  var endpoints: [Endpoint] {
    [
      .page("/admin/doctor", "What is well with this installation and what is not.", .needs(.viewSystem), examine),
      .form("/admin/doctor", "Looks again.", .needs(.viewSystem), again),
      .page("/admin/system", "The parts of this installation and how they are.", .needs(.viewSystem), system),
    ]
  }

  private func examine(_ call: Call) async throws -> Reply {
    let (outcomes, at) = await round.outcomes(of: doctor, at: call.at)
    return try call.page("Doctor", within: OperationsPaths.doctor) {
      DoctorView(outcomes: outcomes, at: MomentWords(zone: zone).moment(at))
    }
  }

  private func again(_ call: Call) async throws -> Reply {
    round.forget()
    return .seeOther(OperationsPaths.doctor)
  }

  private func system(_ call: Call) async throws -> Reply {
    let health = await health.check()
    let facts = try await facts()
    return try call.page("System", within: OperationsPaths.system) {
      SystemView(health: health, version: version, facts: facts)
    }
  }
}

/// The last findings, kept for a minute: looking reads much of the database. Guards them with a lock.
final class DoctorRound: Sendable {
  private static let life = Duration.seconds(60)
  private let last = Mutex<(outcomes: [Doctor.Outcome], at: Instant)?>(nil)

  func outcomes(of doctor: Doctor, at now: Instant) async -> ([Doctor.Outcome], Instant) {
    if let last = last.withLock({ $0 }), now < last.at.adding(Self.life) { return last }
    let outcomes = await doctor.examine(fix: false)
    last.withLock { $0 = (outcomes, now) }
    return (outcomes, now)
  }

  func forget() { last.withLock { $0 = nil } }
}

struct DoctorView: View {
  let outcomes: [Doctor.Outcome]
  let at: String

  var body: HTML {
    let ill = outcomes.filter { !$0.finding.isWell }
    PageHeader("Doctor", figure: "\(outcomes.count) checks", about: "Looked at \(at).") {
      form(.method(.post), .action(OperationsPaths.doctor)) { Button("Look again", .primary) }
    }
    if ill.isEmpty {
      Notice("All is well.", .ok)
    } else {
      Notice(ill.count == 1 ? "One thing needs a look." : "\(ill.count) things need a look.", .warn) {
        "What has a safe cure is cured on the host by "
        code { "homeroom doctor --fix" }
        "."
      }
    }
    DataTable(
      caption: "What the doctor found",
      columns: [.init("What"), .init("State"), .init("Found"), .init("Cure")],
      rows: (ill + outcomes.filter(\.finding.isWell)).map(row))
  }

  private func row(_ outcome: Doctor.Outcome) -> DataTable.Row {
    let (state, found, cure) = outcome.finding.words
    return DataTable.Row(
      name: outcome.title,
      lead: HTML {
        outcome.title
        div(.class("muted")) { outcome.name }
      }, cells: [StateWord(state, outcome.finding.tone).body, HTML(text: found), HTML(text: cure)])
  }
}

extension DoctorCheck.Finding {
  var tone: Tone {
    switch self {
    case .well: .ok
    case .warning: .warn
    case .failure: .danger
    }
  }

  /// The state in a word, what was found, and the cure.
  public var words: (state: String, found: String, cure: String) {
    switch self {
    case .well(let found): ("Well", found, "")
    case .warning(let found, let cure): ("Look", found, cure)
    case .failure(let found, let cure): ("Broken", found, cure)
    }
  }
}

struct SystemView: View {
  let health: Health
  let version: String
  let facts: [(name: String, value: String)]

  var body: HTML {
    PageHeader("System", about: "Homeroom \(version), up for \(MomentWords.span(seconds: health.uptime)).") {
      ButtonLink("Doctor", .primary, to: OperationsPaths.doctor)
    }
    DataTable(
      caption: "The parts", columns: [.init("Part"), .init("State")],
      rows: health.components.map { part in
        DataTable.Row(
          name: part.name, lead: HTML(text: Health.title(of: part.name)),
          cells: [StateWord(part.state.word, part.state.tone).body])
      })
    if !facts.isEmpty { PageSection("Figures") { Facts(facts.map { .init($0.name, $0.value) }) } }
  }
}

extension ComponentState {
  var word: String {
    switch self {
    case .ok: "Works"
    case .degraded: "Works, not well"
    case .down: "Does not work"
    case .unused: "Not used"
    }
  }

  var tone: Tone {
    switch self {
    case .ok: .ok
    case .degraded: .warn
    case .down: .danger
    case .unused: .plain
    }
  }
}
