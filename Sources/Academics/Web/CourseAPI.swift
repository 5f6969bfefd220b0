import Kernel
import Markup
import Rights
import Web

/// Courses as JSON.
struct CourseAPI: Sendable {
  let service: AcademicsService

  var endpoints: [Endpoint] {
    let seeing = Endpoint.Access.needsAny([.editCourses, .viewSections])
    return [
      Endpoint(
        .get, "/api/v1/courses", "Lists courses by code.", seeing,
        query: Endpoint.listQuery.filter { $0.name != "count" } + [.text("search", "Words of code or title.")],
        answer: .many(CourseJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/courses", "Makes a course.", .needs(.editCourses), input: .json(NewCourseJSON.shape),
        answer: .one(CourseJSON.shape), status: 201, handler: create),
      Endpoint(.get, "/api/v1/courses/{id}", "One course.", seeing, answer: .one(CourseJSON.shape), handler: show),
      Endpoint(
        .patch, "/api/v1/courses/{id}", "Changes a course.", .needs(.editCourses), input: .patch(CoursePatchJSON.shape),
        answer: .one(CourseJSON.shape), needsVersion: true, handler: change),
      Endpoint(
        .delete, "/api/v1/courses/{id}", "Puts a course into the recycle bin.", .needs(.editCourses), answer: .nothing,
        status: 204, needsVersion: true, handler: delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await service.courses(search: call.query("search"), page: call.page, actor: call.actor)
    return .many(page.map { CourseJSON($0) }, CourseJSON.shape, limit: call.page.limit)
  }

  private func create(_ call: Call) async throws -> Reply {
    let new = try call.json(NewCourseJSON.shape)
    let course = try await service.createCourse(new.draft, at: new.org, actor: call.actor)
    return .created(
      CourseJSON(course), CourseJSON.shape, version: course.version, at: AcademicsPaths.apiCourse(course.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let course = try await service.course(try call.id("id"), actor: call.actor)
    return .one(CourseJSON(course), CourseJSON.shape, version: course.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let patch = try call.json(CoursePatchJSON.shape)
    let course = try await service.course(try call.id("id"), actor: actor)
    let saved = try await service.updateCourse(
      course.id, version: try call.version(), patch.applied(to: course), actor: actor)
    return .one(CourseJSON(saved), CourseJSON.shape, version: saved.version)
  }

  private func delete(_ call: Call) async throws -> Reply {
    try await service.deleteCourse(try call.id("id"), version: try call.version(), actor: call.actor)
    return .noContent
  }
}
