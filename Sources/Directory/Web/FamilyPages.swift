import Kernel
import Markup
import Rights
import Web

/// The list of guardians, a guardian's page, and the forms of a student's family.
struct FamilyPages: Sendable {
  let service: DirectoryService
  let looks: Looks
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    let one = "/people/students/{id}/guardians/{guardianship}"
    return [
      .page(
        "/people/guardians", "Guardians by name.", .needs(.viewGuardians),
        query: [.text("q", "Beginnings of names."), .id("after", "The last guardian of the page before.")], list),
      .page("/people/guardians/{id}", "A guardian with the students.", .needs(.viewGuardians), show),
      .form("/people/students/{id}/guardians", "Makes somebody a guardian.", .needs(.editGuardians), add),
      .page(one, "A guardianship with its forms.", .needs(.editGuardians), edit),
      .form(one, "Saves a guardianship.", .needs(.editGuardians), save),
      .form("\(one)/ending", "Ends a guardianship.", .needs(.editGuardians), end),
      .form("\(one)/rights", "Writes down a custody right.", .needs(.editGuardians), addRight),
      .form("\(one)/rights/{right}/ending", "Takes a custody right back out.", .needs(.editGuardians), endRight),
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
      PageHeader("Guardians")
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
    return try call.page(
      name, within: DirectoryPaths.guardians,
      breadcrumbs: [Crumb("Guardians", path: DirectoryPaths.guardians), Crumb(name)]
    ) {
      PageHeader(person: name, key: id.description) { "Guardian" }
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

  private func add(_ call: Call) async throws -> Reply {
    let form = try call.form()
    return try await change(call, "Guardian added.") { student, actor in
      _ = try await service.addGuardian(
        NewGuardian(
          person: try PersonForm(form).details(form), details: try Self.details(form), email: form.filled("email"),
          phone: form.filled("phone")), to: student, by: actor)
      return nil
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: GuardianshipID = try call.id("guardianship")
    let student = try await service.student(try call.id("id"), for: actor)
    guard
      let guardian = try await service.guardians(of: student.student.id, for: actor)
        .first(where: { $0.guardianship.id == id })
    else { throw Problem.notFound("guardian") }
    try await looks.note(
      "guardian", of: [guardian.guardianship.guardian.retyped()], people: [guardian.guardianship.guardian], by: actor,
      at: call.at)
    return try call.page(
      "\(guardian.displayName), guardian of \(student.person.details.displayName)", within: DirectoryPaths.students,
      breadcrumbs: [
        Crumb("Students", path: DirectoryPaths.students),
        Crumb(student.person.details.displayName, path: DirectoryPaths.student(student.student.id)),
        Crumb(guardian.displayName),
      ]
    ) { GuardianshipView(student: student, guardian: guardian) }
  }

  private func save(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let id: GuardianshipID = try call.id("guardianship")
    return try await change(call, "Guardian saved.") { student, actor in
      _ = try await service.edit(id, of: student, try Self.details(form), seen: form.version, by: actor)
      return nil
    }
  }

  private func end(_ call: Call) async throws -> Reply {
    let id: GuardianshipID = try call.id("guardianship")
    return try await change(call, "Guardian removed.") { student, actor in
      try await service.remove(id, of: student, by: actor)
    }
  }

  private func addRight(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let id: GuardianshipID = try call.id("guardianship")
    return try await change(call, "Custody written down.") { student, actor in
      guard let custody = Custody(rawValue: form.text("custody")) else {
        throw Problem.invalid([.init(pointer: "/custody", code: "REQUIRED", detail: "Choose what it is about.")])
      }
      guard ["yes", "no"].contains(form.text("allowed")) else {
        throw Problem.invalid([.init(pointer: "/allowed", code: "REQUIRED", detail: "Choose allowed or denied.")])
      }
      _ = try await service.add(
        custody, allowed: form.text("allowed") == "yes", from: try form.day("firstOn"), until: try form.day("lastOn"),
        note: form.filled("paper"), to: id, of: student, by: actor)
      return nil
    }
  }

  private func endRight(_ call: Call) async throws -> Reply {
    let id: GuardianshipID = try call.id("guardianship")
    let right: CustodyRightID = try call.id("right")
    return try await change(call, "Custody right taken out.") { student, actor in
      try await service.remove(right, from: id, of: student, by: actor)
    }
  }

  private static func details(_ form: FormFields) throws(Problem) -> GuardianshipDetails {
    guard let relation = Relation(rawValue: form.text("relation")) else {
      throw .invalid([.init(pointer: "/relation", code: "REQUIRED", detail: "Choose the relation.")])
    }
    return GuardianshipDetails(
      relation: relation, isPrimary: form["isPrimary"] != nil, livesWith: form["livesWith"] != nil,
      note: form.filled("note"))
  }

  /// Does something to a student's family and goes back to it. What is refused is said there; the forms are short.
  private func change(
    _ call: Call, _ done: String, _ act: (StudentID, Actor) async throws -> DeletionID?
  ) async throws -> Reply {
    let student: StudentID = try call.id("id")
    let family = DirectoryPaths.student(student).query(["tab": "family"])
    do {
      let deletion = try await act(student, call.actor)
      return .seeOther(family, flash: done, undo: deletion.flatMap(undo))
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(family, flash: "Somebody changed this guardian meanwhile. Look again.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(family, flash: error.problem.errors.first?.detail ?? error.problem.detail)
    }
  }
}
