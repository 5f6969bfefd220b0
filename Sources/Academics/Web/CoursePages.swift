import Kernel
import Markup
import Rights
import Web

/// Courses: the list, and the form of each.
struct CoursePages: Sendable {
  let service: AcademicsService

  var endpoints: [Endpoint] {
    let seeing = Endpoint.Access.needsAny([.editCourses, .viewSections])
    return [
      .page(
        "/admin/courses", "Courses by code.", seeing,
        query: [.text("q", "Words of code or title."), .id("after", "The last course of the page before.")], list),
      .page("/admin/courses/new", "The form for a new course.", .needs(.editCourses), new),
      .form("/admin/courses", "Makes a course.", .needs(.editCourses), create),
      .page("/admin/courses/{id}", "The form of a course.", seeing, edit),
      .form("/admin/courses/{id}", "Saves a course.", .needs(.editCourses), save),
      .form("/admin/courses/{id}/deletion", "Puts a course into the recycle bin.", .needs(.editCourses), delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let query = call.query("q")
    let page = try await service.courses(search: query, page: call.page, actor: actor)
    let mayCreate = actor.reach(.editCourses)?.coversSomeOrg ?? false
    let isFirst = call.query("after") == nil
    return try call.page("Courses", within: AcademicsPaths.courses) {
      CourseListView(page: page, query: query, isFirst: isFirst, mayCreate: mayCreate)
    }
  }

  private func new(_ call: Call) async throws -> Reply { try await page(CourseFormModel(), call) }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    guard let org = OrgID(form.text("org")) else { throw Problem.notFound("school") }
    var model = CourseFormModel(form)
    do {
      let course = try await service.createCourse(try model.draft(), at: org, actor: call.actor)
      return .seeOther(AcademicsPaths.courses, flash: "Course \(course.code) made.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: CourseFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    try await page(CourseFormModel(try await service.course(try call.id("id"), actor: call.actor)), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: CourseID = try call.id("id")
    let actor = try call.actor
    var model = CourseFormModel(try call.form())
    model.id = id
    do {
      let course = try await service.updateCourse(id, version: model.version ?? 0, try model.draft(), actor: actor)
      return .seeOther(AcademicsPaths.courses, flash: "Course \(course.code) saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = CourseFormModel(try await service.course(id, actor: actor))
      let differing = model
      return try call.page("Edit course", within: AcademicsPaths.courses, status: 409, hasErrors: true) {
        differing.conflict(with: newest, action: AcademicsPaths.course(id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: CourseFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: CourseID = try call.id("id")
    do {
      try await service.deleteCourse(id, version: Int(try call.form().text("version")) ?? 0, actor: call.actor)
      return .seeOther(AcademicsPaths.courses, flash: "Course deleted. The recycle bin has it.")
    } catch let problem as AcademicsProblem {
      return .seeOther(AcademicsPaths.course(id), flash: problem.problem.detail)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(AcademicsPaths.course(id), flash: "Somebody changed this course meanwhile. Look again.")
    }
  }

  private func page(_ model: CourseFormModel, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let mayEdit = actor.has(.editCourses)
    let orgs = model.id == nil ? try await service.courseOrgs(actor: actor) : []
    return try call.page(
      model.title, within: AcademicsPaths.courses, status: status,
      breadcrumbs: [Crumb("Courses", path: AcademicsPaths.courses), Crumb(model.title)], hasErrors: status != 200
    ) { CourseFormView(model: model, orgs: orgs, mayEdit: mayEdit) }
  }
}
