import Kernel
import Markup
import Rights
import Web

/// The page of a register: shown, saved, and shown again with what was wrong or what clashed.
struct RegisterPages: Sendable {
  let service: AttendanceService
  let studentPath: @Sendable (StudentID) -> Path

  var endpoints: [Endpoint] {
    let path = "/attendance/register/{section}/{date}"
    let access = Endpoint.Access.needsAny([.takeAttendance, .viewAttendance, .overrideAttendance])
    return [
      .page(path, "The register of a section on a day.", access, query: Self.query, show),
      Endpoint(
        .post, path, "Saves and submits a register.", access, query: Self.query, input: .form, answer: .page,
        status: 303, refusals: [409, 422], handler: save),
    ]
  }

  static let query: [QueryParameter] = [
    .int("period", 0...RegisterKey.maximumPeriod, "The lesson of the day; 0, the usual one, is the day as a whole.")
  ]

  private func show(_ call: Call) async throws -> Reply {
    let sheet = try await service.register(try call.registerKey, actor: try call.actor)
    return try page(model(sheet), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let key = try call.registerKey
    let actor = try call.actor
    let form = RegisterForm(try call.form())
    do {
      let saved = try await service.takeRegister(
        RegisterTaking(form.entries().map(\.entry), submits: true, reason: form.reason), for: key, actor: actor)
      guard saved.conflicts.isEmpty else {
        let sheet = try await service.register(key, actor: actor)
        return try page(model(sheet).showing(saved.conflicts, zone: sheet.zone, codes: sheet.codes), call, status: 409)
      }
      return .seeOther(AttendancePaths.register(key), flash: Self.words(saved))
    } catch let error as any ProblemConvertible where Self.isShown(error.problem) {
      let sheet = try await service.register(key, actor: actor)
      let status = error.problem.kind == .invalid ? 422 : 409
      return try page(model(sheet).explaining(error.problem, form), call, status: status)
    }
  }

  private func model(_ sheet: RegisterSheet) -> RegisterModel { RegisterModel(sheet, studentPath: studentPath) }

  private func page(_ model: RegisterModel, _ call: Call, status: Int = 200) throws -> Reply {
    try call.page(
      "Register, \(model.title)", within: AttendancePaths.registers, status: status,
      breadcrumbs: [Crumb("Registers", path: AttendancePaths.registers), Crumb("Register")], hasErrors: status != 200
    ) { RegisterView(model: model) }
  }

  /// A problem of the register itself goes back onto its page; what is hidden or forbidden does not.
  private static func isShown(_ problem: Problem) -> Bool { problem.kind == .invalid || problem.kind == .conflict }

  private static func words(_ saved: SavedRegister) -> String {
    let marked = saved.written - saved.filled
    if saved.written == 0 { return "Register submitted. Nothing had changed." }
    let blanks = saved.filled == 0 ? "" : " \(CountWords.of(saved.filled, "blank", "blanks")) became present."
    return "Register submitted, \(CountWords.of(marked, "mark", "marks")) set.\(blanks)"
  }
}

extension Call {
  /// The register that the address names.
  var registerKey: RegisterKey {
    get throws(Problem) {
      RegisterKey(section: try id("section"), date: try date("date"), period: number("period") ?? 0)
    }
  }
}
