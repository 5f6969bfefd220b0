import Kernel
import Rights
import Web

/// Organisations, years and terms as JSON.
struct OrgAPI: Sendable {
  let service: DirectoryService

  var endpoints: [Endpoint] { orgs + periods }

  private var orgs: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/orgs", "Lists the organisations one may see, by name.", .needs(.viewOrgs),
        answer: .many(OrgJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/orgs", "Enters an organisation.", .needs(.editOrgs), input: .json(NewOrgJSON.shape),
        answer: .one(OrgJSON.shape), status: 201, refusals: [409], handler: create),
      Endpoint(
        .get, "/api/v1/orgs/{id}", "One organisation.", .needs(.viewOrgs), answer: .one(OrgJSON.shape), handler: show),
      Endpoint(
        .patch, "/api/v1/orgs/{id}", "Changes an organisation.", .needs(.editOrgs), input: .patch(OrgPatchJSON.shape),
        answer: .one(OrgJSON.shape), needsVersion: true, refusals: [409], handler: change),
      Endpoint(
        .delete, "/api/v1/orgs/{id}", "Puts an empty organisation into the recycle bin.", .needs(.editOrgs),
        answer: .nothing, status: 204, needsVersion: true, refusals: [409], handler: delete),
      Endpoint(
        .put, "/api/v1/orgs/{id}/current-period", "Makes a period the current one.", .needs(.editPeriods),
        input: .json(CurrentPeriodJSON.shape), answer: .one(PeriodJSON.shape), handler: makeCurrent),
    ]
  }

  private var periods: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/orgs/{id}/periods", "The years and terms that hold at an organisation, the newest first.",
        .needs(.viewOrgs), answer: .many(PeriodJSON.shape), handler: listPeriods),
      Endpoint(
        .post, "/api/v1/periods", "Enters a year or term.", .needs(.editPeriods), input: .json(NewPeriodJSON.shape),
        answer: .one(PeriodJSON.shape), status: 201, refusals: [409], handler: createPeriod),
      Endpoint(
        .get, "/api/v1/periods/{id}", "One year or term.", .needs(.viewOrgs), answer: .one(PeriodJSON.shape),
        handler: showPeriod),
      Endpoint(
        .patch, "/api/v1/periods/{id}", "Changes, opens or closes a year or term.", .needs(.editPeriods),
        input: .patch(PeriodPatchJSON.shape), answer: .one(PeriodJSON.shape), needsVersion: true, refusals: [409],
        handler: changePeriod),
      Endpoint(
        .delete, "/api/v1/periods/{id}", "Puts a year or term into the recycle bin.", .needs(.editPeriods),
        answer: .nothing, status: 204, needsVersion: true, refusals: [409], handler: deletePeriod),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let all = try await service.organisations(for: call.actor)
    return .many(Page(items: all.map(OrgJSON.init), next: nil), OrgJSON.shape, limit: OrgStore.limit)
  }

  private func create(_ call: Call) async throws -> Reply {
    let org = try await service.found(try call.json(NewOrgJSON.shape).details, by: call.actor)
    return .created(OrgJSON(org), OrgJSON.shape, version: org.version, at: DirectoryPaths.apiOrg(org.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let org = try await service.organisation(try call.id("id"), for: call.actor)
    return .one(OrgJSON(org), OrgJSON.shape, version: org.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let id: OrgID = try call.id("id")
    let patch = try call.json(OrgPatchJSON.shape)
    let org = try await service.organisation(id, for: call.actor)
    do {
      let saved = try await service.edit(
        id, patch.applied(to: org.details), seen: try call.version(), by: call.actor)
      return .one(OrgJSON(saved), OrgJSON.shape, version: saved.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw Problem.stale("organisation", current: OrgJSON.shape.text(of: OrgJSON(org)))
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    _ = try await service.delete(try call.id("id") as OrgID, seen: try call.version(), by: call.actor)
    return .noContent
  }

  private func makeCurrent(_ call: Call) async throws -> Reply {
    let id = try call.json(CurrentPeriodJSON.shape).period
    try await service.makeCurrent(id, of: try call.id("id"), by: call.actor)
    return try await reply(id, call)
  }

  private func listPeriods(_ call: Call) async throws -> Reply {
    let periods = try await service.periods(of: try call.id("id"), for: call.actor)
    return .many(Page(items: periods.map(PeriodJSON.init), next: nil), PeriodJSON.shape, limit: PeriodStore.limit)
  }

  private func createPeriod(_ call: Call) async throws -> Reply {
    let period = try await service.begin(try call.json(NewPeriodJSON.shape).details, by: call.actor)
    return .created(
      PeriodJSON(period), PeriodJSON.shape, version: period.version, at: DirectoryPaths.apiPeriod(period.id))
  }

  private func showPeriod(_ call: Call) async throws -> Reply { try await reply(try call.id("id"), call) }

  private func changePeriod(_ call: Call) async throws -> Reply {
    let id: PeriodID = try call.id("id")
    let patch = try call.json(PeriodPatchJSON.shape)
    let period = try await service.period(id, for: call.actor)
    do {
      let saved = try await service.edit(
        id, patch.applied(to: period.details), seen: try call.version(), by: call.actor)
      return .one(PeriodJSON(saved), PeriodJSON.shape, version: saved.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw Problem.stale("period", current: PeriodJSON.shape.text(of: PeriodJSON(period)))
    }
  }

  private func deletePeriod(_ call: Call) async throws -> Reply {
    _ = try await service.delete(try call.id("id") as PeriodID, seen: try call.version(), by: call.actor)
    return .noContent
  }

  private func reply(_ id: PeriodID, _ call: Call) async throws -> Reply {
    let period = try await service.period(id, for: call.actor)
    return .one(PeriodJSON(period), PeriodJSON.shape, version: period.version)
  }
}
