import Kernel
import Rights
import Web

/// Staff and their jobs as JSON.
struct StaffAPI: Sendable {
  let service: DirectoryService
  let looks: Looks

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/staff", "Lists the staff one may see.", .needs(.viewStaff),
        query: Endpoint.listQuery.filter { $0.name != "count" } + [
          .text("search", "Beginnings of names."), .id("school", "Only of an organisation."),
        ], answer: .many(StaffRowJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/staff", "Enters a member of staff.", .needs(.editStaff), input: .json(NewStaffJSON.shape),
        answer: .one(StaffJSON.shape), status: 201, refusals: [409], handler: create),
      Endpoint(
        .get, "/api/v1/staff/{id}", "One member of staff.", .needs(.viewStaff), answer: .one(StaffJSON.shape),
        handler: show),
      Endpoint(
        .patch, "/api/v1/staff/{id}", "Changes a member of staff.", .needs(.editStaff),
        input: .patch(StaffPatchJSON.shape), answer: .one(StaffJSON.shape), needsVersion: true, handler: change),
      Endpoint(
        .delete, "/api/v1/staff/{id}", "Puts a member of staff into the recycle bin.", .needs(.editStaff),
        answer: .nothing, status: 204, needsVersion: true, handler: delete),
      Endpoint(
        .post, "/api/v1/staff/{id}/jobs", "Gives a member of staff a further job.", .needs(.editStaff),
        input: .json(NewJobJSON.shape), answer: .one(StaffJSON.shape), status: 201, refusals: [409], handler: addJob),
      Endpoint(
        .patch, "/api/v1/staff/{id}/jobs/{job}", "Changes or ends a job.", .needs(.editStaff),
        input: .patch(JobPatchJSON.shape), answer: .one(StaffJSON.shape), needsVersion: true, refusals: [409],
        handler: changeJob),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let page = try await service.staff(
      at: call.query("school").flatMap(OrgID.init), search: call.query("search"), page: call.page, for: actor)
    try await looks.note(
      "staff", filter: call.query("search"), of: page.items.map { $0.id.retyped() },
      people: page.items.map(\.person), by: actor, at: call.at)
    return .many(
      page.map { StaffRowJSON(id: $0.id, person: $0.person, displayName: $0.displayName, jobs: $0.jobs.map(\.job)) },
      StaffRowJSON.shape, limit: call.page.limit)
  }

  private func create(_ call: Call) async throws -> Reply {
    let record = try await service.employ(try call.json(NewStaffJSON.shape).new, by: call.actor)
    return .created(
      StaffJSON(record), StaffJSON.shape, version: record.version, at: DirectoryPaths.apiStaff(record.staff.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let record = try await service.staffMember(try call.id("id"), for: actor)
    try await looks.note(
      "staff member", of: [record.staff.id.retyped()], people: [record.person.id], by: actor, at: call.at)
    return .one(StaffJSON(record), StaffJSON.shape, version: record.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    let patch = try call.json(StaffPatchJSON.shape)
    let record = try await service.staffMember(id, for: call.actor)
    do {
      let saved = try await service.edit(
        id, patch.person.applied(to: record.person.details), note: patch.note.applied(to: record.staff.note),
        seen: try call.version(), by: call.actor)
      return .one(StaffJSON(saved), StaffJSON.shape, version: saved.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw Problem.stale("member of staff", current: StaffJSON.shape.text(of: StaffJSON(record)))
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    _ = try await service.delete(try call.id("id") as StaffID, seen: try call.version(), by: call.actor)
    return .noContent
  }

  private func addJob(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    let record = try await service.add(try call.json(NewJobJSON.shape).details, to: id, by: call.actor)
    return .created(StaffJSON(record), StaffJSON.shape, version: record.version, at: DirectoryPaths.apiStaff(id))
  }

  private func changeJob(_ call: Call) async throws -> Reply {
    let id: StaffID = try call.id("id")
    let job: EmploymentID = try call.id("job")
    let patch = try call.json(JobPatchJSON.shape)
    let record = try await service.staffMember(id, for: call.actor)
    guard let employment = record.employments.first(where: { $0.id == job }) else { throw Problem.notFound("job") }
    do {
      let saved = try await service.edit(
        job, of: id, patch.applied(to: employment.details), seen: try call.version(), by: call.actor)
      return .one(StaffJSON(saved), StaffJSON.shape, version: saved.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw Problem.stale("job", current: JobJSON.shape.text(of: JobJSON(employment)))
    }
  }
}
