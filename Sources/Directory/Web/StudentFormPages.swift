import Kernel
import Markup
import Rights
import Web

/// The form of a student: new, changed, and both versions when two people changed the same one.
struct StudentFormPages: Sendable {
  let service: DirectoryService
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    [
      .page("/people/students/new", "The form for a new student.", .needs(.editStudents), new),
      .form("/people/students", "Enters a student.", .needs(.editStudents), create),
      .page("/people/students/{id}/edit", "The form of a student.", .needs(.editStudents), edit),
      .form("/people/students/{id}/edit", "Saves a student.", .needs(.editStudents), save),
    ]
  }

  private func new(_ call: Call) async throws -> Reply { try await page(StudentForm(), call) }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    var model = StudentForm(form)
    do {
      guard let school = OrgID(model.school) else {
        throw Problem.invalid([.init(pointer: "/school", code: "REQUIRED", detail: "Choose the school.")])
      }
      let record = try await service.enrol(
        NewStudent(
          school: school, person: try model.person.details(form), number: form.filled("number"),
          grade: form.filled("grade"), firstOn: try form.day("firstOn"), email: form.filled("email"),
          phone: form.filled("phone")), by: call.actor)
      return .seeOther(
        DirectoryPaths.student(record.student.id),
        flash: "\(record.person.details.displayName) entered as \(record.student.number).")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: StudentForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let record = try await service.student(try call.id("id"), for: call.actor)
    try requireEditing(record, call)
    return try await page(StudentForm(record), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let actor = try call.actor
    let form = try call.form()
    var model = StudentForm(form, of: id)
    do {
      _ = try await service.edit(
        id,
        StudentEdit(
          person: try model.person.details(form), number: form.text("number"), grade: form.filled("grade"),
          email: .some(form.filled("email")), phone: .some(form.filled("phone"))),
        seen: form.version, by: actor)
      return .seeOther(DirectoryPaths.student(id), flash: "Student saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = StudentForm(try await service.student(id, for: actor))
      return try call.page(
        model.title, within: DirectoryPaths.students, status: 409, breadcrumbs: crumbs(model), hasErrors: true
      ) {
        PageHeader(newest.title)
        model.conflict(with: newest, action: DirectoryPaths.editing(id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: StudentForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  /// Whoever may not save hears so before the typing.
  private func requireEditing(_ record: StudentRecord, _ call: Call) throws {
    guard try call.actor.require(.editStudents).covers(record.student.school) else {
      throw Problem.forbidden("students.edit")
    }
  }

  private func page(_ model: StudentForm, _ call: Call, status: Int = 200) async throws -> Reply {
    let schools =
      model.id == nil ? try await service.schools(reachedBy: .editStudents, of: call.actor) : []
    return try call.page(
      model.title, within: DirectoryPaths.students, status: status, breadcrumbs: crumbs(model),
      hasErrors: status != 200
    ) { StudentFormView(model: model, schools: schools) }
  }

  private func crumbs(_ model: StudentForm) -> [Crumb] {
    var crumbs = [Crumb("Students", path: DirectoryPaths.students)]
    if let id = model.id { crumbs.append(Crumb(model.person["displayName"], path: DirectoryPaths.student(id))) }
    return crumbs + [Crumb(model.id == nil ? "New" : "Edit")]
  }
}
