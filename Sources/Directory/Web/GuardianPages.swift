import Kernel
import Markup
import Rights
import Web

/// The list of guardians, a guardian's page, and the form of name and ways to reach.
struct GuardianPages: Sendable {
  let service: DirectoryService
  let looks: Looks
  let links: [PageLink<PersonID>]

  var endpoints: [Endpoint] {
    [
      .page(
        "/people/guardians", "Guardians by name.", .needs(.viewGuardians),
        query: [.text("q", "Beginnings of names."), .id("after", "The last guardian of the page before.")], list),
      .page("/people/guardians/{id}", "A guardian with the students.", .needs(.viewGuardians), show),
      .page("/people/guardians/{id}/edit", "The form of a guardian's name and contacts.", .needs(.editGuardians), edit),
      .form("/people/guardians/{id}/edit", "Saves a guardian's name and contacts.", .needs(.editGuardians), save),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let search = call.query("q")
    let page = try await service.guardians(search: search, page: call.page, for: actor)
    try await looks.note(
      "guardians", filter: search, of: page.items.map { $0.person.retyped() }, people: page.items.map(\.person),
      by: actor, at: call.at)
    let same = DirectoryPaths.guardians.query(["q": search])
    return try call.page("Guardians", within: DirectoryPaths.guardians) {
      PageHeader("Guardians") {
        ButtonLink("Export", to: DirectoryPaths.guardiansFile.query(["q": search]), icon: .download)
      }
      FilterBar(
        "Guardians", action: DirectoryPaths.guardians, query: search, placeholder: "Name", swap: "guardian-list")
      SwapRegion("guardian-list") {
        if page.items.isEmpty {
          EmptyState(
            "No guardians", icon: .people,
            reason: search == nil
              ? "Guardians appear here with the students they belong to." : "Nobody's name begins like this.")
        } else {
          DataTable(
            caption: "Guardians by name", columns: [.init("Name"), .init("Students", .number, isNamedOnPhones: true)],
            rows: page.items.map { row in
              DataTable.Row(
                name: row.displayName,
                lead: PersonCell(
                  row.displayName, key: row.person.description, path: DirectoryPaths.guardian(row.person)
                ).body, cells: [HTML(text: "\(row.students)")])
            })
          Pager(
            shown: CountWords.of(page.items.count, "guardian shown", "guardians shown"),
            first: call.query("after") == nil ? nil : same,
            next: page.next.map { same.query(["after": $0.description]) })
        }
      }
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: PersonID = try call.id("id")
    let found = try await service.guardian(id, for: actor)
    try await looks.note("guardian", of: [id.retyped()], people: [id], by: actor, at: call.at)
    let name = found.person.details.displayName
    let ways = try await links.buttons(for: id, call)
    let mayEdit = actor.has(.editGuardians) ? try await service.mayEdit(found, by: actor) : false
    return try call.page(
      name, within: DirectoryPaths.guardians,
      breadcrumbs: [Crumb("Guardians", path: DirectoryPaths.guardians), Crumb(name)]
    ) {
      PageHeader(person: name, key: id.description) {
        "Guardian"
      } actions: {
        for way in ways { way }
        if mayEdit {
          ButtonLink("Edit", to: DirectoryPaths.editing(guardian: id), icon: .edit, shortcut: "E")
        }
      }
      PageSection("Reaching") {
        Facts(
          found.contacts.map { Facts.Fact($0.kind == .email ? "E-mail" : "Phone", $0.value) }
            + [Facts.Fact("Home language", found.person.details.language)])
      }
      PageSection("Students") {
        DataTable(
          caption: "Students of \(name)",
          columns: [.init("Name"), .init("Number", room: .wide), .init("Grade", isNamedOnPhones: true)],
          rows: found.students.map { student in
            DataTable.Row(
              name: student.displayName,
              lead: PersonCell(
                student.displayName, key: student.id.description, path: DirectoryPaths.student(student.id)
              ).body, cells: [HTML(text: student.number), HTML(text: student.grade ?? "")])
          })
      }
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: PersonID = try call.id("id")
    let record = try await service.guardian(id, for: actor)
    guard try await service.mayEdit(record, by: actor) else { throw Problem.forbidden(Permission.editGuardians.name) }
    try await looks.note("guardian", of: [id.retyped()], people: [id], by: actor, at: call.at)
    return try page(id, GuardianForm(record), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: PersonID = try call.id("id")
    let form = try call.form()
    var model = GuardianForm(form)
    do {
      _ = try await service.editGuardian(
        id,
        GuardianEdit(
          person: try model.person.details(form), email: .some(form.filled("email")),
          phone: .some(form.filled("phone"))),
        seen: form.version, by: call.actor)
      return .seeOther(DirectoryPaths.guardian(id), flash: "Guardian saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = GuardianForm(try await service.guardian(id, for: call.actor))
      let typed = model
      return try call.page(
        newest.title, within: DirectoryPaths.guardians, status: 409, breadcrumbs: crumbs(id, newest), hasErrors: true
      ) {
        PageHeader(newest.title)
        typed.conflict(with: newest, action: DirectoryPaths.editing(guardian: id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: GuardianForm.fields)
      return try page(id, model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func page(_ id: PersonID, _ model: GuardianForm, _ call: Call, status: Int = 200) throws -> Reply {
    try call.page(
      model.title, within: DirectoryPaths.guardians, status: status, breadcrumbs: crumbs(id, model),
      hasErrors: status != 200
    ) { GuardianFormView(id: id, model: model) }
  }

  private func crumbs(_ id: PersonID, _ model: GuardianForm) -> [Crumb] {
    [
      Crumb("Guardians", path: DirectoryPaths.guardians),
      Crumb(model.person["displayName"], path: DirectoryPaths.guardian(id)), Crumb("Edit"),
    ]
  }
}
