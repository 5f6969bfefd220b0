import Kernel
import Markup
import Rights
import Web

/// The list of sections, a section with its roster, and the forms on it.
struct SectionPages: Sendable {
  let service: AcademicsService
  let zone: Zone
  let links: [PageLink<SectionID>]
  let studentPath: @Sendable (StudentID) -> Path

  var endpoints: [Endpoint] {
    [
      .page(
        "/sections", "Sections by code.", .needs(.viewSections),
        query: [
          .text("q", "Words of code or title."),
          .word("kind", Section.Kind.allCases.map(\.rawValue), "Only of a kind."),
          .id("period", "Only of a term."), .id("after", "The last section of the page before."),
        ], list),
      .page(
        "/sections/{id}", "A section with its roster.", .needs(.viewSections),
        query: [.bool("former", "Whether to show those who left.")], show),
      .form("/sections/{id}/enrolments", "Enrols students in a section.", .needs(.editEnrolments), enrol),
      .form("/sections/{id}/staff", "Gives somebody a part in a section.", .needs(.editSections), assign),
      .form(
        "/sections/{id}/staff/{staffId}/ending", "Ends somebody's part in a section.", .needs(.editSections), endPart),
      .form("/enrolments/{id}/ending", "Drops or completes an enrolment.", .needs(.editEnrolments), end),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let kind = call.query("kind").flatMap(Section.Kind.init)
    let filter = SectionFilter(
      period: call.query("period").flatMap(PeriodID.init), kind: kind, search: call.query("q"))
    let page = try await service.sections(filter, page: call.page, actor: actor)
    let model = SectionListModel(
      page, query: call.query("q"), kind: kind, period: filter.period, isFirst: call.query("after") == nil,
      mayCreate: actor.reach(.editSections)?.coversSomeOrg ?? false)
    return try call.page("Sections", within: AcademicsPaths.sections) { SectionListView(model: model) }
  }

  private func show(_ call: Call) async throws -> Reply {
    try await page(call.id("id"), call)
  }

  private func enrol(_ call: Call) async throws -> Reply {
    let id: SectionID = try call.id("id")
    let form = try call.form()
    let typed = form.text("numbers")
    let numbers = Array(
      Set(typed.split { $0.isNewline || $0 == "," || $0 == ";" }.map { Text.normalized(String($0)) })
        .subtracting([""])
    ).sorted()
    var entry = SectionModel.Entry(numbers: typed, firstOn: form.text("firstOn"))
    do {
      guard !numbers.isEmpty else {
        throw Problem.invalid([.init(pointer: "/numbers", code: "REQUIRED", detail: "Enter the number of a student.")])
      }
      let (enrolled, refused) = try await service.enrol(
        numbers: numbers, in: id, from: try form.day("firstOn"), actor: call.actor)
      guard refused.isEmpty else {
        entry.faults = FormFaults(refused.map { "\($0.number): \($0.problem.detail)" })
        return try await page(id, call, entry, status: 409)
      }
      return .seeOther(
        AcademicsPaths.section(id), flash: enrolled == 1 ? "1 student enrolled." : "\(enrolled) students enrolled.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      entry.faults = FormFaults(error.problem, fields: ["numbers", "firstOn"])
      return try await page(id, call, entry, status: FormFaults.status(of: error.problem))
    }
  }

  private func assign(_ call: Call) async throws -> Reply {
    let id: SectionID = try call.id("id")
    let form = try call.form()
    guard let person = PersonID(form.text("person")) else { throw Problem.notFound("person") }
    do {
      _ = try await service.assign(
        person, to: id, as: try form.word("role") ?? SectionStaff.Role.teacher,
        isPrimary: form["primary"] != nil, actor: call.actor)
      return .seeOther(AcademicsPaths.section(id), flash: "Saved.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(
        AcademicsPaths.section(id), flash: error.problem.errors.first?.detail ?? error.problem.detail)
    } catch let problem as AcademicsProblem {
      return .seeOther(AcademicsPaths.section(id), flash: problem.problem.detail)
    }
  }

  private func endPart(_ call: Call) async throws -> Reply {
    let section: SectionID = try call.id("id")
    let form = try call.form()
    do {
      _ = try await service.endAssignment(
        try call.id("staffId"), in: section, version: Int(form.text("version")) ?? 0, lastOn: zone.date(at: call.at),
        actor: call.actor)
      return .seeOther(AcademicsPaths.section(section), flash: "The part ends today.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(AcademicsPaths.section(section), flash: "Somebody changed this meanwhile. Look again.")
    }
  }

  private func end(_ call: Call) async throws -> Reply {
    let id: EnrolmentID = try call.id("id")
    let form = try call.form()
    let actor = try call.actor
    let section = try await service.enrolment(id, actor: actor).section
    let version = Int(form.text("version")) ?? 0
    do {
      let status: Enrolment.Status? = try form.word("status")
      if status == .completed {
        _ = try await service.complete(id, version: version, lastOn: try form.day("lastOn"), actor: actor)
        return .seeOther(AcademicsPaths.section(section), flash: "Enrolment completed.")
      }
      _ = try await service.drop(
        id, version: version, lastOn: try form.day("lastOn"), reason: form.filled("reason"), actor: actor)
      return .seeOther(AcademicsPaths.section(section), flash: "Student dropped from the section.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(AcademicsPaths.section(section), flash: "Somebody changed this meanwhile. Look again.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(
        AcademicsPaths.section(section), flash: error.problem.errors.first?.detail ?? error.problem.detail)
    }
  }

  private func page(
    _ id: SectionID, _ call: Call, _ entry: SectionModel.Entry = .init(), status: Int = 200
  ) async throws -> Reply {
    let actor = try call.actor
    let former = call.query("former") == "true"
    let detail = try await service.section(id, actor: actor)
    let roster = try await service.roster(of: id, former: former, actor: actor)
    let school = detail.section.school
    let mayEdit = actor.reach(.editSections)?.covers(school) ?? false
    let model = SectionModel(
      detail, roster, former: former, entry: entry,
      staffChoices: mayEdit ? try await service.staffChoices(at: school, actor: actor) : [],
      mayEdit: mayEdit, mayEnrol: actor.reach(.editEnrolments)?.covers(school) ?? false,
      links: try await links.buttons(for: id, call), studentPath: studentPath)
    return try call.page(
      model.title, within: AcademicsPaths.sections, status: status,
      breadcrumbs: [Crumb("Sections", path: AcademicsPaths.sections), Crumb(detail.section.code)],
      hasErrors: status != 200
    ) { SectionView(model: model) }
  }
}
