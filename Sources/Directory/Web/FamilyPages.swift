import Kernel
import Markup
import Rights
import Web

/// The forms of a student's family: who is a guardian, what he or she is to the student, and what is allowed.
struct FamilyPages: Sendable {
  let service: DirectoryService
  let looks: Looks
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    let one = "/people/students/{id}/guardians/{guardianship}"
    return [
      .form("/people/students/{id}/guardians", "Makes somebody a guardian.", .needs(.editGuardians), add),
      .page(one, "A guardianship with its forms.", .needs(.editGuardians), edit),
      .form(one, "Saves a guardianship.", .needs(.editGuardians), save),
      .form("\(one)/ending", "Ends a guardianship.", .needs(.editGuardians), end),
      .form("\(one)/rights", "Writes down a custody right.", .needs(.editGuardians), addRight),
      .form("\(one)/rights/{right}/ending", "Takes a custody right back out.", .needs(.editGuardians), endRight),
    ]
  }

  private func add(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let student: StudentID = try call.id("id")
    var guardian = GuardianForm(form)
    var details = GuardianshipForm(form)
    do {
      _ = try await service.addGuardian(
        NewGuardian(
          person: try guardian.person.details(form), details: try details.details(), email: form.filled("email"),
          phone: form.filled("phone")), to: student, by: call.actor)
      return .seeOther(Self.family(student), flash: "Guardian added.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      let record = try await service.student(student, for: call.actor)
      guardian.faults = FormFaults(error.problem, fields: GuardianForm.fields.union(GuardianshipForm.fields))
      details.faults = guardian.faults
      let (wrong, name) = ((guardian, details), record.person.details.displayName)
      return try call.page(
        "New guardian of \(name)", within: DirectoryPaths.students, status: FormFaults.status(of: error.problem),
        breadcrumbs: crumbs(record, "New guardian"), hasErrors: true
      ) {
        ErrorSummary(wrong.0.faults.faults, detail: wrong.0.faults.detail)
        PageHeader("New guardian of \(name)")
        NewGuardianForm(student: student, guardian: wrong.0, details: wrong.1)
      }
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let view = try await view(call)
    let person = view.guardian.guardianship.guardian
    try await looks.note("guardian", of: [person.retyped()], people: [person], by: call.actor, at: call.at)
    return try page(view, call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let form = GuardianshipForm(try call.form())
    let (student, id): (StudentID, GuardianshipID) = (try call.id("id"), try call.id("guardianship"))
    do {
      _ = try await service.edit(id, of: student, try form.details(), seen: form.version, by: call.actor)
      return .seeOther(Self.family(student), flash: "Guardian saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let view = try await view(call)
      return try call.page(
        view.guardian.displayName, within: DirectoryPaths.students, status: 409,
        breadcrumbs: crumbs(view.student, view.guardian.displayName), hasErrors: true
      ) {
        PageHeader(view.guardian.displayName)
        form.conflict(with: view.details, action: DirectoryPaths.guardianship(student, id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      var view = try await view(call)
      view.details = form
      view.details.faults = FormFaults(error.problem, fields: GuardianshipForm.fields)
      return try page(view, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func end(_ call: Call) async throws -> Reply {
    let student: StudentID = try call.id("id")
    let deletion = try await service.remove(try call.id("guardianship"), of: student, by: call.actor)
    return .seeOther(Self.family(student), flash: "Guardian removed.", undo: undo(deletion))
  }

  private func addRight(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let (student, id): (StudentID, GuardianshipID) = (try call.id("id"), try call.id("guardianship"))
    do {
      guard let custody = Custody(rawValue: form.text("custody")) else {
        throw Problem.invalid([.init(pointer: "/custody", code: "REQUIRED", detail: "Choose what it is about.")])
      }
      guard ["yes", "no"].contains(form.text("allowed")) else {
        throw Problem.invalid([.init(pointer: "/allowed", code: "REQUIRED", detail: "Choose allowed or denied.")])
      }
      _ = try await service.add(
        custody, allowed: form.text("allowed") == "yes", from: try form.day("firstOn"), until: try form.day("lastOn"),
        note: form.filled("note"), to: id, of: student, by: call.actor)
      return .seeOther(Self.family(student), flash: "Custody written down.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      var view = try await view(call)
      view.custody = CustodyForm(form)
      view.custody.faults = FormFaults(error.problem, fields: CustodyForm.fields)
      return try page(view, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func endRight(_ call: Call) async throws -> Reply {
    let student: StudentID = try call.id("id")
    let deletion = try await service.remove(
      try call.id("right") as CustodyRightID, from: try call.id("guardianship"), of: student, by: call.actor)
    return .seeOther(Self.family(student), flash: "Custody right taken out.", undo: undo(deletion))
  }

  private static func family(_ student: StudentID) -> Path {
    DirectoryPaths.student(student).query(["tab": "family"])
  }

  private func view(_ call: Call) async throws -> GuardianshipView {
    let actor = try call.actor
    let id: GuardianshipID = try call.id("guardianship")
    let student = try await service.student(try call.id("id"), for: actor)
    let guardians = try await service.guardians(of: student.student.id, for: actor)
    guard let guardian = guardians.first(where: { $0.guardianship.id == id }) else {
      throw Problem.notFound("guardian")
    }
    return GuardianshipView(student: student, guardian: guardian)
  }

  private func page(_ view: GuardianshipView, _ call: Call, status: Int = 200) throws -> Reply {
    try call.page(
      "\(view.guardian.displayName), guardian of \(view.student.person.details.displayName)",
      within: DirectoryPaths.students, status: status, breadcrumbs: crumbs(view.student, view.guardian.displayName),
      hasErrors: view.hasErrors
    ) { view }
  }

  private func crumbs(_ student: StudentRecord, _ last: String) -> [Crumb] {
    [
      Crumb("Students", path: DirectoryPaths.students),
      Crumb(student.person.details.displayName, path: DirectoryPaths.student(student.student.id)), Crumb(last),
    ]
  }
}
