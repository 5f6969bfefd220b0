import Kernel
import Markup
import Rights
import Web

/// The list of staff, a member's page and form, and the jobs.
struct StaffPages: Sendable {
  let service: DirectoryService
  let looks: Looks
  let links: [PageLink<PersonID>]
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    [
      .page(
        "/people/staff", "Staff by name.", .needs(.viewStaff),
        query: [.text("q", "Beginnings of names."), .id("after", "The last member of the page before.")], list),
      .page("/people/staff/new", "The form for a new member of staff.", .needs(.editStaff), new),
      .form("/people/staff", "Enters a member of staff.", .needs(.editStaff), create),
      .page("/people/staff/{id}", "A member of staff.", .needs(.viewStaff), show),
      .page("/people/staff/{id}/edit", "The form of a member of staff.", .needs(.editStaff), edit),
      .form("/people/staff/{id}/edit", "Saves a member of staff.", .needs(.editStaff), save),
      .form("/people/staff/{id}/jobs", "Gives a member of staff a further job.", .needs(.editStaff), addJob),
      .form("/people/staff/{id}/jobs/{job}/ending", "Ends a job today.", .needs(.editStaff), endJob),
      .form("/people/staff/{id}/deletion", "Puts a member of staff into the recycle bin.", .needs(.editStaff), delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let search = call.query("q")
    let page = try await service.staff(search: search, page: call.page, for: actor)
    try await looks.note(
      "staff", filter: search, of: page.items.map { $0.id.retyped() }, people: page.items.map(\.person), by: actor,
      at: call.at)
    let mayCreate = actor.reach(.editStaff)?.coversSomeOrg ?? false
    let first: Path? = call.query("after") == nil ? nil : DirectoryPaths.staff.query(["q": search])
    return try call.page("Staff", within: DirectoryPaths.staff) {
      StaffListView(page: page, search: search, first: first, mayCreate: mayCreate)
    }
  }

  private func new(_ call: Call) async throws -> Reply { try await page(StaffForm(), call) }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    var model = StaffForm(form)
    do {
      let record = try await service.employ(
        NewStaff(
          person: try model.person.details(form), employment: try job(form), email: form.filled("email"),
          phone: form.filled("phone")), by: call.actor)
      return .seeOther(
        DirectoryPaths.staffMember(record.staff.id), flash: "\(record.person.details.displayName) entered.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: StaffForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: StaffID = try call.id("id")
    let record = try await service.staffMember(id, for: actor)
    let orgs = try await orgs(actor)
    try await looks.note("staff member", of: [id.retyped()], people: [record.person.id], by: actor, at: call.at)
    let reach = actor.reach(.editStaff)
    let mayEdit = reach.map { reach in
      reach.isEverywhere || record.employments.contains { reach.covers($0.details.org) }
    }
    let name = record.person.details.displayName
    let ways = try await links.buttons(for: record.person.id, call)
    return try call.page(
      name, within: DirectoryPaths.staff, breadcrumbs: [Crumb("Staff", path: DirectoryPaths.staff), Crumb(name)]
    ) { StaffView(record: record, orgs: orgs, mayEdit: mayEdit ?? false, ways: ways) }
  }

  private func edit(_ call: Call) async throws -> Reply {
    try await page(StaffForm(try await service.staffMember(try call.id("id"), for: call.actor)), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    let form = try call.form()
    var model = StaffForm(form, of: id)
    do {
      _ = try await service.edit(
        id, try model.person.details(form), note: form.filled("note"), seen: form.version, by: call.actor)
      return .seeOther(DirectoryPaths.staffMember(id), flash: "Saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = StaffForm(try await service.staffMember(id, for: call.actor))
      return try call.page(model.title, within: DirectoryPaths.staff, status: 409, hasErrors: true) {
        PageHeader(newest.title)
        model.conflict(with: newest, action: DirectoryPaths.editing(id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: StaffForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func addJob(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    do {
      _ = try await service.add(try job(try call.form()), to: id, by: call.actor)
      return .seeOther(DirectoryPaths.staffMember(id), flash: "Job added.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(
        DirectoryPaths.staffMember(id), flash: error.problem.errors.first?.detail ?? error.problem.detail)
    }
  }

  private func endJob(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    let job: EmploymentID = try call.id("job")
    let record = try await service.staffMember(id, for: call.actor)
    guard var details = record.employments.first(where: { $0.id == job })?.details else {
      throw Problem.notFound("job")
    }
    details.lastOn = max(service.today, details.firstOn ?? service.today)
    do {
      _ = try await service.edit(job, of: id, details, seen: try call.form().version, by: call.actor)
      return .seeOther(DirectoryPaths.staffMember(id), flash: "The job ends today.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(DirectoryPaths.staffMember(id), flash: "Somebody changed this job meanwhile. Look again.")
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let deletion = try await service.delete(try call.id("id") as StaffID, by: call.actor)
    return .seeOther(
      DirectoryPaths.staff, flash: "Member of staff deleted. The recycle bin has the record.", undo: undo(deletion))
  }

  private func job(_ form: FormFields) throws(Problem) -> EmploymentDetails {
    guard let org = OrgID(form.text("org")) else {
      throw .invalid([.init(pointer: "/org", code: "REQUIRED", detail: "Choose where.")])
    }
    return EmploymentDetails(
      org: org, job: form.text("job"), department: form.filled("department"), number: form.filled("number"),
      firstOn: try form.day("firstOn"))
  }

  /// The organisations where the reader may give jobs, or at least knows the name of.
  private func orgs(_ actor: Actor) async throws -> [Org] {
    actor.has(.viewOrgs) ? try await service.organisations(for: actor) : []
  }

  private func page(_ model: StaffForm, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let reach = try actor.require(.editStaff)
    let orgs = try await orgs(actor).filter { reach.covers($0.id) }
    return try call.page(
      model.title, within: DirectoryPaths.staff, status: status,
      breadcrumbs: [Crumb("Staff", path: DirectoryPaths.staff), Crumb(model.title)], hasErrors: status != 200
    ) { StaffFormView(model: model, orgs: orgs) }
  }
}
