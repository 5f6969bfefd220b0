import Kernel
import Markup
import Rights
import Web

/// Registers and percentages as JSON.
struct AttendanceAPI: Sendable {
  let service: AttendanceService
  let zone: Zone

  var endpoints: [Endpoint] {
    let register = "/api/v1/registers/{section}/{date}"
    let seeing = Endpoint.Access.needsAny([.takeAttendance, .viewAttendance])
    let span: [QueryParameter] = [
      .date("from", "The first day that counts."), .date("to", "The last day that counts."),
    ]
    return [
      Endpoint(
        .get, "/api/v1/registers", "Lists the registers of a day, missing ones too.", seeing,
        query: Endpoint.listQuery.filter { $0.name != "count" && $0.name != "after" } + DayPages.query + [
          .bool("own", "Only those of sections you teach.")
        ], answer: .many(DayLineJSON.shape), handler: day),
      Endpoint(
        .get, register, "The register of a section on a day.", seeing, query: RegisterPages.query,
        answer: .one(RegisterJSON.shape), handler: show),
      Endpoint(
        .put, register, "Saves marks of a register; those that clash come back under conflicts.",
        .needsAny([.takeAttendance, .viewAttendance, .overrideAttendance]), query: RegisterPages.query,
        input: .json(RegisterTakingJSON.shape), answer: .one(RegisterSavedJSON.shape), handler: save),
      Endpoint(
        .get, "/api/v1/students/{id}/attendance", "A student's attendance by section.", .needs(.viewAttendance),
        query: span, answer: .many(SectionAttendanceJSON.shape), handler: student),
      Endpoint(
        .get, "/api/v1/sections/{id}/attendance", "A section's attendance.", .needs(.viewAttendance), query: span,
        answer: .one(TallyJSON.shape), handler: section),
    ]
  }

  private func day(_ call: Call) async throws -> Reply {
    let date = call.query("on").flatMap(SchoolDate.init) ?? zone.date(at: call.at)
    let page = try await service.day(date, DayFilter(call), page: call.page, actor: try call.actor)
    return .many(page.map { DayLineJSON($0) }, DayLineJSON.shape, limit: call.page.limit)
  }

  private func show(_ call: Call) async throws -> Reply {
    let sheet = try await service.register(try call.registerKey, actor: try call.actor)
    return .one(RegisterJSON(sheet), RegisterJSON.shape)
  }

  private func save(_ call: Call) async throws -> Reply {
    let key = try call.registerKey
    let actor = try call.actor
    let saved = try await service.takeRegister(
      try call.json(RegisterTakingJSON.shape).taking, for: key, actor: actor)
    let register = RegisterJSON(try await service.register(key, actor: actor))
    let clashed = Set(saved.conflicts.map(\.conflict.wanted.student))
    let json = RegisterSavedJSON(
      register: register, written: saved.written, filled: saved.filled,
      conflicts: register.marks.filter { clashed.contains($0.student) })
    return .one(json, RegisterSavedJSON.shape)
  }

  private func student(_ call: Call) async throws -> Reply {
    let sections = try await service.attendance(
      of: call.id("id") as StudentID, from: call.day("from"), to: call.day("to"), actor: try call.actor)
    let items = sections.map {
      SectionAttendanceJSON(section: $0.section, code: $0.code, title: $0.title, tally: TallyJSON($0.tally))
    }
    return .many(Page(items: items, next: nil), SectionAttendanceJSON.shape, limit: PageRequest.maximum)
  }

  private func section(_ call: Call) async throws -> Reply {
    let (total, _) = try await service.attendance(
      of: call.id("id") as SectionID, from: call.day("from"), to: call.day("to"), actor: try call.actor)
    return .one(TallyJSON(total), TallyJSON.shape)
  }
}

extension Call {
  fileprivate func day(_ name: String) -> SchoolDate? { query(name).flatMap(SchoolDate.init) }
}
