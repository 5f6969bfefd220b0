import Kernel
import Markup
import Rights
import Web

/// The years and terms of an organisation, and the form of each.
struct PeriodPages: Sendable {
  let service: DirectoryService
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    let org = QueryParameter.id("org", "Of which organisation.")
    return [
      .page("/admin/periods", "Years and terms.", .needs(.viewOrgs), query: [org], list),
      .page("/admin/periods/new", "The form for a new year or term.", .needs(.editPeriods), query: [org], new),
      .form("/admin/periods", "Enters a year or term.", .needs(.editPeriods), create),
      .page("/admin/periods/{id}", "The form of a year or term.", .needs(.editPeriods), edit),
      .form("/admin/periods/{id}", "Saves a year or term.", .needs(.editPeriods), save),
      .form("/admin/periods/{id}/status", "Opens or closes a year or term.", .needs(.editPeriods), setStatus),
      .form("/admin/periods/{id}/deletion", "Puts a year or term into the recycle bin.", .needs(.editPeriods), delete),
      .form("/admin/orgs/{id}/current-period", "Makes a period the current one.", .needs(.editPeriods), makeCurrent),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let orgs = try await service.organisations(for: actor)
    let asked = call.query("org").flatMap(OrgID.init)
    let reach = actor.reach(.viewOrgs)
    guard let org = orgs.first(where: { asked == nil ? reach?.covers($0.id) ?? false : $0.id == asked }) else {
      return try call.page("Years and terms", within: DirectoryPaths.periods) {
        PageHeader("Years and terms")
        EmptyState("No school", icon: .learning, reason: "Years and terms belong to a school. Enter one first.")
      }
    }
    let periods = try await service.periods(of: org.id, for: actor)
    let current = try await service.currentPeriod(of: org.id, for: actor)?.id
    let mayEdit = actor.reach(.editPeriods)
    return try call.page("Years and terms", within: DirectoryPaths.periods) {
      PeriodListView(
        org: org, orgs: orgs, periods: periods, current: current, mayEdit: { mayEdit?.covers($0) ?? false })
    }
  }

  private func new(_ call: Call) async throws -> Reply {
    var model = PeriodForm()
    model.org = call.query("org") ?? ""
    return try await page(model, call)
  }

  private func create(_ call: Call) async throws -> Reply {
    var model = PeriodForm(try call.form())
    do {
      let period = try await service.begin(try model.details(), by: call.actor)
      return .seeOther(Self.list(of: period), flash: "\(period.details.title) entered.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: PeriodForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    try await page(PeriodForm(try await service.period(try call.id("id"), for: call.actor)), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: PeriodID = try call.id("id")
    let form = try call.form()
    let period = try await service.period(id, for: call.actor)
    var model = PeriodForm(form, of: id)
    model.org = period.details.org.description
    do {
      var details = try model.details()
      details.status = period.details.status
      let saved = try await service.edit(id, details, seen: form.version, by: call.actor)
      return .seeOther(Self.list(of: saved), flash: "\(saved.details.title) saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = PeriodForm(period)
      return try call.page(model.title, within: DirectoryPaths.periods, status: 409, hasErrors: true) {
        PageHeader(newest.title)
        model.conflict(with: newest, action: DirectoryPaths.period(id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: PeriodForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func setStatus(_ call: Call) async throws -> Reply {
    let period = try await service.period(try call.id("id"), for: call.actor)
    let form = try call.form()
    var details = period.details
    guard let status = PeriodStatus(rawValue: form.text("status")) else { throw Problem.notFound("status") }
    details.status = status
    do {
      _ = try await service.edit(period.id, details, seen: form.version, by: call.actor)
      return .seeOther(Self.list(of: period), flash: "\(details.title) is \(status.rawValue) now.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(Self.list(of: period), flash: "Somebody changed this meanwhile. Look again.")
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let period = try await service.period(try call.id("id"), for: call.actor)
    do {
      let deletion = try await service.delete(period.id, by: call.actor)
      return .seeOther(Self.list(of: period), flash: "\(period.details.title) deleted.", undo: undo(deletion))
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(Self.list(of: period), flash: error.problem.detail)
    }
  }

  private func makeCurrent(_ call: Call) async throws -> Reply {
    let org: OrgID = try call.id("id")
    guard let id = PeriodID(try call.form().text("period")) else { throw Problem.notFound("period") }
    try await service.makeCurrent(id, of: org, by: call.actor)
    return .seeOther(DirectoryPaths.periods.query(["org": org.description]), flash: "Current period set.")
  }

  private static func list(of period: Period) -> Path {
    DirectoryPaths.periods.query(["org": period.details.org.description])
  }

  private func page(_ model: PeriodForm, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let reach = try actor.require(.editPeriods)
    let orgs = actor.has(.viewOrgs) ? try await service.organisations(for: actor).filter { reach.covers($0.id) } : []
    var years: [Period] = []
    if let org = OrgID(model.org) ?? orgs.first?.id, actor.has(.viewOrgs) {
      years = try await service.periods(of: org, for: actor)
    }
    let others = years.filter { $0.id != model.id }
    return try call.page(
      model.title, within: DirectoryPaths.periods, status: status,
      breadcrumbs: [Crumb("Years and terms", path: DirectoryPaths.periods), Crumb(model.title)],
      hasErrors: status != 200
    ) { PeriodFormView(model: model, orgs: orgs, parents: others) }
  }
}
