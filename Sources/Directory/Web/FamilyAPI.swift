import Kernel
import Rights
import Web

/// Guardians and custody rights as JSON.
struct FamilyAPI: Sendable {
  let service: DirectoryService
  let looks: Looks

  var endpoints: [Endpoint] {
    let one = "/api/v1/students/{id}/guardians/{guardianship}"
    return [
      Endpoint(
        .get, "/api/v1/guardians", "Lists the guardians of students one may see.", .needs(.viewGuardians),
        query: Endpoint.listQuery.filter { $0.name != "count" } + [.text("search", "Beginnings of names.")],
        answer: .many(GuardianRowJSON.shape), handler: list),
      Endpoint(
        .get, "/api/v1/guardians/{id}", "One guardian as a person.", .needs(.viewGuardians),
        answer: .one(GuardianPersonJSON.shape), handler: person),
      Endpoint(
        .patch, "/api/v1/guardians/{id}", "Changes a guardian's name and contacts.", .needs(.editGuardians),
        input: .patch(GuardianPersonPatchJSON.shape), answer: .one(GuardianPersonJSON.shape), needsVersion: true,
        handler: changePerson),
      Endpoint(
        .get, "/api/v1/students/{id}/guardians", "The guardians of a student, the primary one first.",
        .needs(.viewGuardians), answer: .many(GuardianJSON.shape), handler: ofStudent),
      Endpoint(
        .post, "/api/v1/students/{id}/guardians", "Makes somebody a guardian.", .needs(.editGuardians),
        input: .json(NewGuardianJSON.shape), answer: .one(GuardianJSON.shape), status: 201, refusals: [409],
        handler: add),
      Endpoint(
        .get, one, "One guardian of a student.", .needs(.viewGuardians), answer: .one(GuardianJSON.shape),
        handler: show),
      Endpoint(
        .patch, one, "Changes a guardianship.", .needs(.editGuardians), input: .patch(GuardianPatchJSON.shape),
        answer: .one(GuardianJSON.shape), needsVersion: true, handler: change),
      Endpoint(
        .delete, one, "Ends a guardianship.", .needs(.editGuardians), answer: .nothing, status: 204,
        needsVersion: true, handler: remove),
      Endpoint(
        .post, "\(one)/rights", "Writes down what a guardian may or may not do.", .needs(.editGuardians),
        input: .json(NewCustodyRightJSON.shape), answer: .one(GuardianJSON.shape), status: 201, handler: addRight),
      Endpoint(
        .delete, "\(one)/rights/{right}", "Takes a custody right back out.", .needs(.editGuardians),
        answer: .nothing, status: 204, handler: removeRight),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let page = try await service.guardians(search: call.query("search"), page: call.page, for: actor)
    try await looks.note(
      "guardians", filter: call.query("search"), of: page.items.map { $0.person.retyped() },
      people: page.items.map(\.person), by: actor, at: call.at)
    return .many(
      page.map { GuardianRowJSON(person: $0.person, displayName: $0.displayName, students: $0.students) },
      GuardianRowJSON.shape, limit: call.page.limit)
  }

  private func person(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let record = try await service.guardian(try call.id("id"), for: actor)
    try await looks.note(
      "guardian", of: [record.person.id.retyped()], people: [record.person.id], by: actor, at: call.at)
    return .one(GuardianPersonJSON(record), GuardianPersonJSON.shape, version: record.version)
  }

  private func changePerson(_ call: Call) async throws -> Reply {
    let id: PersonID = try call.id("id")
    let patch = try call.json(GuardianPersonPatchJSON.shape)
    let version = try call.version()
    do {
      let seen = try await service.guardian(id, for: call.actor)
      let saved = try await service.editGuardian(id, patch.applied(to: seen), seen: version, by: call.actor)
      return .one(GuardianPersonJSON(saved), GuardianPersonJSON.shape, version: saved.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = GuardianPersonJSON(try await service.guardian(id, for: call.actor))
      throw Problem.stale("guardian", current: GuardianPersonJSON.shape.text(of: newest))
    }
  }

  private func ofStudent(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let guardians = try await service.guardians(of: try call.id("id"), for: actor)
    try await looks.note(
      "student guardians", of: guardians.map { $0.guardianship.guardian.retyped() },
      people: guardians.map(\.guardianship.guardian), by: actor, at: call.at)
    return .many(
      Page(items: guardians.map(GuardianJSON.init), next: nil), GuardianJSON.shape, limit: PageRequest.usual)
  }

  private func show(_ call: Call) async throws -> Reply {
    let guardian = try await guardian(call)
    return .one(GuardianJSON(guardian), GuardianJSON.shape, version: guardian.guardianship.version)
  }

  private func add(_ call: Call) async throws -> Reply {
    let student: StudentID = try call.id("id")
    let actor = try call.actor
    let new = try call.json(NewGuardianJSON.shape).new
    let added = try await service.addGuardian(new, to: student, by: actor)
    return .created(
      GuardianJSON(added), GuardianJSON.shape, version: added.guardianship.version,
      at: DirectoryPaths.apiGuardian(student, added.guardianship.id))
  }

  private func change(_ call: Call) async throws -> Reply {
    let guardian = try await guardian(call)
    let patch = try call.json(GuardianPatchJSON.shape)
    let student: StudentID = try call.id("id")
    do {
      _ = try await service.edit(
        guardian.guardianship.id, of: student, patch.applied(to: guardian.guardianship.details),
        seen: try call.version(), by: call.actor)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw Problem.stale("guardian", current: GuardianJSON.shape.text(of: GuardianJSON(guardian)))
    }
    return try await show(call)
  }

  private func remove(_ call: Call) async throws -> Reply {
    _ = try await service.remove(
      try call.id("guardianship"), of: try call.id("id"), seen: try call.version(), by: call.actor)
    return .noContent
  }

  private func addRight(_ call: Call) async throws -> Reply {
    let student: StudentID = try call.id("id")
    let id: GuardianshipID = try call.id("guardianship")
    let new = try call.json(NewCustodyRightJSON.shape)
    let guardians = try await service.add(
      new.custody, allowed: new.isAllowed, from: new.firstOn, until: new.lastOn, note: new.note, to: id, of: student,
      by: call.actor)
    guard let guardian = guardians.first(where: { $0.guardianship.id == id }) else {
      throw Problem.notFound("guardian")
    }
    return .created(
      GuardianJSON(guardian), GuardianJSON.shape, version: guardian.guardianship.version,
      at: DirectoryPaths.apiGuardian(student, id))
  }

  private func removeRight(_ call: Call) async throws -> Reply {
    _ = try await service.remove(
      try call.id("right"), from: try call.id("guardianship"), of: try call.id("id"), by: call.actor)
    return .noContent
  }

  private func guardian(_ call: Call) async throws -> StudentGuardian {
    let id: GuardianshipID = try call.id("guardianship")
    let guardians = try await service.guardians(of: try call.id("id"), for: call.actor)
    guard let guardian = guardians.first(where: { $0.guardianship.id == id }) else {
      throw Problem.notFound("guardian")
    }
    return guardian
  }
}
