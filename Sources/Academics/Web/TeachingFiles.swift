import Kernel
import Rights
import Web

/// Sections, rosters and courses as files for spreadsheets, for pages and API alike.
struct TeachingFiles: Sendable {
  let service: AcademicsService

  private static let kind = QueryParameter.word("kind", Section.Kind.allCases.map(\.rawValue), "Only of a kind.")
  private static let period = QueryParameter.id("period", "Only of a term.")
  private static let typed = QueryParameter.text("q", "Words of code or title.")
  private static let search = QueryParameter.text("search", "Words of code or title.")
  private static let former = QueryParameter.bool("former", "Also those who left.")

  var endpoints: [Endpoint] {
    let seeing = Endpoint.Access.needsAny([.editCourses, .viewSections])
    return [
      .listFile(
        "/sections.csv", "The list of sections as a file for spreadsheets.", .needs(.viewSections),
        query: [Self.typed, Self.kind, Self.period], sections),
      .listFile(
        "/api/v1/sections.csv", "The list of sections as a file for spreadsheets.", .needs(.viewSections),
        query: [
          Self.search, Self.kind, Self.period, .id("school", "Only of a school."), .id("course", "Only of a course."),
        ], sections),
      .listFile(
        "/sections/{id}/roster.csv", "The roster of a section as a file for spreadsheets.", .needs(.viewSections),
        query: [Self.former], roster),
      .listFile(
        "/api/v1/sections/{id}/enrolments.csv", "The roster of a section as a file for spreadsheets.",
        .needs(.viewSections), query: [Self.former], roster),
      .listFile(
        "/admin/courses.csv", "The list of courses as a file for spreadsheets.", seeing, query: [Self.typed], courses),
      .listFile(
        "/api/v1/courses.csv", "The list of courses as a file for spreadsheets.", seeing, query: [Self.search],
        courses),
    ]
  }

  private func sections(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = SectionFilter(
      school: call.query("school").flatMap(OrgID.init), period: call.query("period").flatMap(PeriodID.init),
      course: call.query("course").flatMap(CourseID.init), kind: call.query("kind").flatMap(Section.Kind.init),
      search: call.query("q") ?? call.query("search"))
    let file = ListFile<SectionLine>(
      "sections.csv",
      [
        .init("Section") { $0.section.code }, .init("Title") { $0.section.title },
        .init("Kind") { $0.section.kind.rawValue }, .init("Teacher") { $0.teacher },
        .init("Students") { "\($0.enrolled)" }, .init("Seats") { $0.section.capacity.map(String.init) },
        .init("Room") { $0.section.room },
      ])
    return try await file.reply { after in
      try await service.sections(filter, page: .ofFile(after: after), actor: actor)
    }
  }

  private func roster(_ call: Call) async throws -> Reply {
    let lines = try await service.roster(
      of: try call.id("id"), former: call.query("former") == "true", on: "roster.csv", actor: call.actor)
    return try await ListFile<RosterLine>(
      "roster.csv",
      [
        .init("Student") { $0.name }, .init("Number") { $0.number }, .init("Grade") { $0.grade },
        .init("First day") { $0.enrolment.firstOn.description },
        .init("Last day") { $0.enrolment.lastOn?.description },
      ]
    ).reply(lines)
  }

  private func courses(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let search = call.query("q") ?? call.query("search")
    let file = ListFile<Course>(
      "courses.csv",
      [
        .init("Code") { $0.code }, .init("Title") { $0.title }, .init("Subject") { $0.subject },
        .init("Credits") { $0.credits.description },
      ])
    return try await file.reply { after in
      try await service.courses(search: search, page: .ofFile(after: after), actor: actor)
    }
  }
}
