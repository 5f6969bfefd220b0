import Kernel
import Markup
import Rights
import Web

/// Sections and enrolments as JSON.
struct SectionAPI: Sendable {
  let service: AcademicsService

  var endpoints: [Endpoint] { sections + enrolments }

  private var sections: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/sections", "Lists the sections one may see, by code.", .needs(.viewSections),
        query: Endpoint.listQuery + [
          .text("search", "Words of code or title."), .id("school", "Only of a school."),
          .id("period", "Only of a term."), .id("course", "Only of a course."),
          .word("kind", Section.Kind.allCases.map(\.rawValue), "Only of a kind."),
        ], answer: .many(SectionJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/sections", "Makes a section.", .needs(.editSections), input: .json(NewSectionJSON.shape),
        answer: .one(SectionJSON.shape), status: 201, handler: create),
      Endpoint(
        .get, "/api/v1/sections/{id}", "One section.", .needs(.viewSections), answer: .one(SectionJSON.shape),
        handler: show),
      Endpoint(
        .patch, "/api/v1/sections/{id}", "Changes a section.", .needs(.editSections),
        input: .patch(SectionPatchJSON.shape), answer: .one(SectionJSON.shape), needsVersion: true, handler: change),
      Endpoint(
        .delete, "/api/v1/sections/{id}", "Puts a section into the recycle bin, with its enrolments.",
        .needs(.editSections), answer: .nothing, status: 204, needsVersion: true, handler: delete),
    ]
  }

  private var enrolments: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/sections/{id}/enrolments", "The roster of a section by name.", .needs(.viewSections),
        query: [.bool("former", "Also those who left.")], answer: .many(EnrolmentJSON.shape), handler: roster),
      Endpoint(
        .post, "/api/v1/sections/{id}/enrolments", "Enrols a student.", .needs(.editEnrolments),
        input: .json(NewEnrolmentJSON.shape), answer: .one(EnrolmentJSON.shape), status: 201, handler: enrol),
      Endpoint(
        .post, "/api/v1/sections/{id}/enrolment-batches", "Enrols up to 200 students.", .needs(.editEnrolments),
        input: .json(BulkEnrolmentJSON.shape), answer: .one(BulkOutcomeJSON.shape), handler: enrolMany),
      Endpoint(
        .get, "/api/v1/enrolments/{id}", "One enrolment.", .needs(.viewSections), answer: .one(EnrolmentJSON.shape),
        handler: enrolment),
      Endpoint(
        .patch, "/api/v1/enrolments/{id}", "Drops or completes an enrolment.", .needs(.editEnrolments),
        input: .patch(EnrolmentEndJSON.shape), answer: .one(EnrolmentJSON.shape), needsVersion: true, handler: end),
      Endpoint(
        .delete, "/api/v1/enrolments/{id}", "Puts an enrolment that was a mistake into the recycle bin.",
        .needs(.editEnrolments), answer: .nothing, status: 204, needsVersion: true, handler: deleteEnrolment),
      Endpoint(
        .get, "/api/v1/students/{id}/sections", "Where a student sits and sat.", .needs(.viewSections),
        answer: .many(EnrolmentJSON.shape), handler: ofStudent),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = SectionFilter(
      school: call.query("school").flatMap(OrgID.init), period: call.query("period").flatMap(PeriodID.init),
      course: call.query("course").flatMap(CourseID.init), kind: call.query("kind").flatMap(Section.Kind.init),
      search: call.query("search"))
    let page = try await service.sections(filter, page: call.page, actor: actor)
    var total: Total?
    if call.query("count") == "true" {
      let count = try await service.sectionCount(filter, actor: actor)
      total = count < 10_000 ? .exactly(count) : .atLeast(count)
    }
    return .many(page.map { SectionJSON($0) }, SectionJSON.shape, limit: call.page.limit, total: total)
  }

  private func create(_ call: Call) async throws -> Reply {
    let new = try call.json(NewSectionJSON.shape)
    let section = try await service.createSection(new.draft, at: new.school, actor: call.actor)
    return .created(
      SectionJSON(section, enrolled: 0, teacher: nil), SectionJSON.shape, version: section.version,
      at: AcademicsPaths.apiSection(section.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let detail = try await service.section(try call.id("id"), actor: call.actor)
    return .one(SectionJSON(detail), SectionJSON.shape, version: detail.section.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: SectionID = try call.id("id")
    let patch = try call.json(SectionPatchJSON.shape)
    let detail = try await service.section(id, actor: actor)
    _ = try await service.updateSection(id, version: try call.version(), patch.applied(to: detail), actor: actor)
    return try await show(call)
  }

  private func delete(_ call: Call) async throws -> Reply {
    try await service.deleteSection(try call.id("id"), version: try call.version(), actor: call.actor)
    return .noContent
  }

  private func roster(_ call: Call) async throws -> Reply {
    let lines = try await service.roster(
      of: try call.id("id"), former: call.query("former") == "true", actor: call.actor)
    let items = lines.map { EnrolmentJSON($0.enrolment, name: $0.name, number: $0.number) }
    return .many(Page(items: items, next: nil), EnrolmentJSON.shape, limit: Section.maximumCapacity)
  }

  private func enrol(_ call: Call) async throws -> Reply {
    let new = try call.json(NewEnrolmentJSON.shape)
    let enrolment = try await service.enrol(
      new.student, in: try call.id("id"), from: new.firstOn, actor: call.actor)
    return .created(
      EnrolmentJSON(enrolment), EnrolmentJSON.shape, version: enrolment.version,
      at: AcademicsPaths.apiEnrolment(enrolment.id))
  }

  private func enrolMany(_ call: Call) async throws -> Reply {
    let many = try call.json(BulkEnrolmentJSON.shape)
    let outcome = try await service.enrol(
      many.students, in: try call.id("id"), from: many.firstOn, mode: many.mode, actor: call.actor)
    let json = BulkOutcomeJSON(
      enrolled: outcome.enrolled.map { EnrolmentJSON($0) },
      refused: outcome.refused.map {
        RefusalJSON(student: $0.student, code: $0.problem.code, detail: $0.problem.detail)
      })
    return .one(json, BulkOutcomeJSON.shape)
  }

  private func enrolment(_ call: Call) async throws -> Reply {
    let enrolment = try await service.enrolment(try call.id("id"), actor: call.actor)
    return .one(EnrolmentJSON(enrolment), EnrolmentJSON.shape, version: enrolment.version)
  }

  private func end(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: EnrolmentID = try call.id("id")
    let end = try call.json(EnrolmentEndJSON.shape)
    let version = try call.version()
    let saved =
      switch end.status {
      case .dropped:
        try await service.drop(id, version: version, lastOn: end.lastOn, reason: end.reason, actor: actor)
      case .completed: try await service.complete(id, version: version, lastOn: end.lastOn, actor: actor)
      }
    return .one(EnrolmentJSON(saved), EnrolmentJSON.shape, version: saved.version)
  }

  private func deleteEnrolment(_ call: Call) async throws -> Reply {
    try await service.deleteEnrolment(try call.id("id"), version: try call.version(), actor: call.actor)
    return .noContent
  }

  private func ofStudent(_ call: Call) async throws -> Reply {
    let lines = try await service.sections(of: try call.id("id") as StudentID, actor: call.actor)
    let items = lines.map { EnrolmentJSON($0.enrolment) }
    return .many(Page(items: items, next: nil), EnrolmentJSON.shape, limit: PageRequest.maximum)
  }
}
