import Kernel
import Markup
import Rights
import Web

/// The list of students, a student's page, and what is done from there at once.
struct StudentPages: Sendable {
  /// Lists are counted as far as this: more would cost more than the page.
  private static let countLimit = 2000

  let service: DirectoryService
  let changes: BulkChanges
  let looks: Looks
  let tabs: [StudentTab]
  let links: [PageLink<PersonID>]
  let undo: @Sendable (DeletionID) -> Path?
  let whoLooked: @Sendable (ID<AnyEntity>) -> Path?

  var endpoints: [Endpoint] {
    [
      .page(
        "/people/students", "Students by name.", .needs(.viewStudents), query: StudentListAddress.query, list),
      Endpoint(
        .get, "/people/students.csv", "The list of students as a file for spreadsheets.", .needs(.viewStudents),
        query: StudentListAddress.query, answer: .file("text/csv"), handler: file),
      .form(
        "/people/students/changes", "Does the same to the selected students.", .needs(.editStudents), changeMany),
      .page(
        "/people/students/{id}", "A student.", .needs(.viewStudents),
        query: [.text("tab", max: 40, "The part of the record to show.")], show),
      .form(
        "/people/students/{id}/status-changes", "Moves a student to another status.", .needs(.editStudents), move),
      .form("/people/students/{id}/deletion", "Puts a student into the recycle bin.", .needs(.editStudents), delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply { try await list(StudentListAddress(call), call) }

  private func list(
    _ address: StudentListAddress, _ call: Call, fault: Problem? = nil
  ) async throws -> Reply {
    let actor = try call.actor
    let listing = try await service.listing(
      address.filter, sortedBy: address.order, page: call.page, countUpTo: Self.countLimit, for: actor)
    let page = listing.page
    let reach = actor.reach(.editStudents)
    var model = StudentListModel(
      page, address: address, isFirst: call.query("after") == nil, schools: listing.schools, grades: listing.grades,
      count: listing.count,
      mayCreate: reach?.coversSomeOrg ?? false, mayEdit: reach?.coversSomeOrg ?? false,
      showsGuardians: actor.has(.viewGuardians))
    model.fault = fault.map { $0.errors.first?.detail ?? $0.detail }
    try await looks.note(
      "students", filter: address.filter.isEmpty ? nil : address.path().description,
      of: page.items.map { $0.id.retyped() }, people: page.items.map(\.person), by: actor, at: call.at)
    let status = fault.map { FormFaults.status(of: $0) } ?? 200
    return try call.page("Students", within: DirectoryPaths.students, status: status, hasErrors: fault != nil) {
      StudentListView(model: model)
    }
  }

  private func file(_ call: Call) async throws -> Reply {
    try await StudentFile(service: service, looks: looks).reply(StudentListAddress(call), call)
  }

  private func changeMany(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let address = try StudentListAddress(form)
    do {
      let choice: StudentChoice =
        form["all"] == nil ? .these(try form.ids("ids")) : .all(address.filter)
      let change = try await changes.make(Self.edit(form), to: choice, by: call.actor)
      guard change.state == .done else { return .seeOther(DirectoryPaths.change(change.id)) }
      return .seeOther(
        address.path(), flash: BulkChangeWords.done(change),
        undo: change.changed > 0 ? DirectoryPaths.undo(change.id) : nil)
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return try await list(address, call, fault: error.problem)
    }
  }

  private static func edit(_ form: FormFields) throws(Problem) -> BulkEdit {
    switch form.text("do") {
    case "grade": return .grade(form.filled("grade"))
    case "delete": return .delete(reason: nil)
    case let word:
      guard let status = StudentStatus(rawValue: word) else {
        throw .invalid([.init(pointer: "/do", code: "REQUIRED", detail: "Choose what to do.")])
      }
      return .status(status, reason: form.filled("reason"))
    }
  }

  private func show(_ call: Call) async throws -> Reply { try await page(try call.id("id"), call) }

  private func page(_ id: StudentID, _ call: Call, fault: Problem? = nil) async throws -> Reply {
    let actor = try call.actor
    let record = try await service.student(id, for: actor)
    let tab = call.query("tab") ?? ""
    let others = tabs.filter { actor.has($0.needs) }
    var model = StudentModel(
      record, tab: tab, tabs: others, today: service.today,
      mayEdit: actor.reach(.editStudents)?.covers(record.student.school) ?? false,
      mayEditGuardians: actor.reach(.editGuardians)?.covers(record.student.school) ?? false,
      seesGuardians: actor.has(.viewGuardians),
      seesLog: actor.reach(.viewAudit)?.covers(record.student.school) ?? false)
    model.fault = fault.map { $0.errors.first?.detail ?? $0.detail }
    if model.seesGuardians, tab.isEmpty || tab == "family" {
      model.guardians = try await known { try await service.guardians(of: id, for: actor) } ?? []
    }
    model.ways = try await links.buttons(for: record.person.id, call)
    model.whoLooked = whoLooked(id.retyped())
    if model.seesLog, tab == "log" { model.log = try await service.history(of: id, for: actor) }
    var content = HTML.empty
    if let other = others.first(where: { $0.key == tab }) { content = try await other.content(id, actor) }
    try await looks.note("student", of: [id.retyped()], people: [record.person.id], by: actor, at: call.at)
    let status = fault.map { FormFaults.status(of: $0) } ?? 200
    return try call.page(
      model.title, within: DirectoryPaths.students, status: status,
      breadcrumbs: [
        Crumb("Students", path: DirectoryPaths.students), Crumb(record.person.details.displayName),
      ], hasErrors: fault != nil
    ) { StudentView(model: model, other: content) }
  }

  /// Nil where the guardians of this very student are hidden, though those of others are not.
  private func known<Value>(_ read: () async throws -> Value) async throws -> Value? {
    do { return try await read() } catch let problem as Problem where problem.kind == .notFound { return nil }
  }

  private func move(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let form = try call.form()
    do {
      guard let status = StudentStatus(rawValue: form.text("status")) else {
        throw Problem.invalid([.init(pointer: "/status", code: "REQUIRED", detail: "Choose a status.")])
      }
      _ = try await service.changeStatus(
        of: id, to: status, because: form.filled("reason"), seen: form.version, by: call.actor)
      return .seeOther(DirectoryPaths.student(id), flash: "Status: \(status.title).")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(DirectoryPaths.student(id), flash: "Somebody changed this student meanwhile. Look again.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return try await page(id, call, fault: error.problem)
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let form = try call.form()
    do {
      let deletion = try await service.delete(id, seen: form.version, by: call.actor)
      return .seeOther(
        DirectoryPaths.students, flash: "Student deleted. The recycle bin has the record.", undo: undo(deletion))
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(DirectoryPaths.student(id), flash: "Somebody changed this student meanwhile. Look again.")
    }
  }
}
