import Kernel
import Markup
import Rights
import Web

/// The form of a section: new, changed, deleted.
struct SectionFormPages: Sendable {
  let service: AcademicsService

  var endpoints: [Endpoint] {
    [
      .page(
        "/sections/new", "The form for a new section.", .needs(.editSections),
        query: [.id("school", "The school it belongs to.")], new),
      .form("/sections", "Makes a section.", .needs(.editSections), create),
      .page("/sections/{id}/edit", "The form of a section.", .needs(.editSections), edit),
      .form("/sections/{id}/edit", "Saves a section.", .needs(.editSections), save),
      .form("/sections/{id}/deletion", "Puts a section into the recycle bin.", .needs(.editSections), delete),
    ]
  }

  private func new(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let schools = try await service.schools(actor: actor)
    let asked = call.query("school").flatMap(OrgID.init)
    guard let school = asked ?? (schools.count == 1 ? schools.first?.id : nil) else {
      return try call.page("New section", within: AcademicsPaths.sections) { SchoolChoiceView(schools: schools) }
    }
    return try await page(SectionFormModel(at: school), call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    guard let school = OrgID(form.text("school")) else { throw Problem.notFound("school") }
    var model = SectionFormModel(at: school, form)
    do {
      let section = try await service.createSection(try model.draft(), at: school, actor: call.actor)
      return .seeOther(AcademicsPaths.section(section.id), flash: "Section \(section.code) made.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: SectionFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let detail = try await service.section(try call.id("id"), actor: call.actor)
    return try await page(SectionFormModel(detail), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: SectionID = try call.id("id")
    let actor = try call.actor
    let detail = try await service.section(id, actor: actor)
    let form = try call.form()
    var model = SectionFormModel(at: detail.section.school, form, of: detail)
    do {
      _ = try await service.updateSection(id, version: model.version ?? 0, try model.draft(), actor: actor)
      return .seeOther(AcademicsPaths.section(id), flash: "Section saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = SectionFormModel(try await service.section(id, actor: actor))
      let differing = model
      return try call.page(
        "Edit \(detail.section.code)", within: AcademicsPaths.sections, status: 409, hasErrors: true
      ) { differing.conflict(with: newest, action: AcademicsPaths.editing(id)) }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: SectionFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: SectionID = try call.id("id")
    do {
      try await service.deleteSection(id, version: Int(try call.form().text("version")) ?? 0, actor: call.actor)
      return .seeOther(AcademicsPaths.sections, flash: "Section deleted, with its enrolments. The recycle bin has it.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(AcademicsPaths.section(id), flash: "Somebody changed this section meanwhile. Look again.")
    }
  }

  private func page(_ model: SectionFormModel, _ call: Call, status: Int = 200) async throws -> Reply {
    let choices = try await service.sectionChoices(at: model.school, actor: call.actor)
    return try call.page(
      model.title, within: AcademicsPaths.sections, status: status,
      breadcrumbs: [Crumb("Sections", path: AcademicsPaths.sections), Crumb(model.title)], hasErrors: status != 200
    ) { SectionFormView(model: model, choices: choices) }
  }
}

/// Which school a new section belongs to.
private struct SchoolChoiceView: View {
  let schools: [SectionChoices.Choice<Entity.Org>]

  var body: HTML {
    PageHeader("New section", about: "Choose the school it belongs to.")
    ul {
      for school in schools {
        li { a(.href(AcademicsPaths.newSection.query(["school": school.id.description]))) { school.name } }
      }
    }
  }
}
