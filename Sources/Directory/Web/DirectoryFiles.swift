import Kernel
import Rights
import Web

/// Guardians, staff, organisations and periods as files for spreadsheets, for pages and API alike.
struct DirectoryFiles: Sendable {
  let service: DirectoryService
  let looks: Looks

  var endpoints: [Endpoint] {
    let search = QueryParameter.text("search", "Beginnings of names.")
    let typed = QueryParameter.text("q", "Beginnings of names.")
    let school = QueryParameter.id("school", "Only of an organisation.")
    let org = QueryParameter.id("org", "Of which organisation.")
    return [
      .listFile(
        "/people/guardians.csv", "The list of guardians as a file for spreadsheets.", .needs(.viewGuardians),
        query: [typed], guardians),
      .listFile(
        "/api/v1/guardians.csv", "The list of guardians as a file for spreadsheets.", .needs(.viewGuardians),
        query: [search], guardians),
      .listFile(
        "/people/staff.csv", "The list of staff as a file for spreadsheets.", .needs(.viewStaff),
        query: [typed], staff),
      .listFile(
        "/api/v1/staff.csv", "The list of staff as a file for spreadsheets.", .needs(.viewStaff),
        query: [search, school], staff),
      .listFile("/admin/orgs.csv", "The organisations as a file for spreadsheets.", .needs(.viewOrgs), orgs),
      .listFile("/api/v1/orgs.csv", "The organisations as a file for spreadsheets.", .needs(.viewOrgs), orgs),
      .listFile(
        "/admin/periods.csv", "The years and terms of an organisation as a file for spreadsheets.", .needs(.viewOrgs),
        query: [org], refusals: [404], periods),
      .listFile(
        "/api/v1/orgs/{id}/periods.csv", "The years and terms of an organisation as a file for spreadsheets.",
        .needs(.viewOrgs), periods),
    ]
  }

  private func guardians(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let search = call.query("q") ?? call.query("search")
    let file = ListFile<GuardianRow>(
      "guardians.csv", [.init("Name") { $0.displayName }, .init("Students") { "\($0.students)" }])
    return try await file.reply { after in
      let page = try await service.guardians(search: search, page: .ofFile(after: after), for: actor)
      try await looks.note(
        "guardians.csv", filter: search, of: page.items.map { $0.person.retyped() }, people: page.items.map(\.person),
        by: actor, at: call.at)
      return page
    }
  }

  private func staff(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let search = call.query("q") ?? call.query("search")
    let school = call.query("school").flatMap(OrgID.init)
    let file = ListFile<StaffSummary>(
      "staff.csv",
      [
        .init("Name") { $0.displayName }, .init("Jobs") { $0.jobs.map(\.job).joined(separator: ", ") },
        .init("Departments") { $0.jobs.compactMap(\.department).joined(separator: ", ") },
      ])
    return try await file.reply { after in
      let page = try await service.staff(at: school, search: search, page: .ofFile(after: after), for: actor)
      try await looks.note(
        "staff.csv", filter: search, of: page.items.map { $0.id.retyped() }, people: page.items.map(\.person),
        by: actor, at: call.at)
      return page
    }
  }

  private func orgs(_ call: Call) async throws -> Reply {
    let rows = OrgForm.tree(try await service.organisations(for: call.actor)).map(\.org)
    let names = Dictionary(rows.map { ($0.id, $0.details.name) }) { first, _ in first }
    return try await ListFile<Org>(
      "schools.csv",
      [
        .init("Name") { $0.details.name }, .init("Code") { $0.details.code },
        .init("Kind") { $0.details.kind.rawValue }, .init("Below") { $0.details.parent.flatMap { names[$0] } },
        .init("Time zone") { $0.details.timeZone },
      ]
    ).reply(rows)
  }

  private func periods(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    guard let org = OrgID(call.query("org") ?? call.variable("id")) else { throw Problem.notFound("organisation") }
    return try await ListFile<Period>(
      "years-and-terms.csv",
      [
        .init("Title") { $0.details.title }, .init("Code") { $0.details.code },
        .init("Kind") { $0.details.kind.rawValue }, .init("First day") { $0.details.firstOn.description },
        .init("Last day") { $0.details.lastOn.description }, .init("State") { $0.details.status.rawValue },
      ]
    ).reply(service.periods(of: org, for: actor))
  }
}
