public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// The organisations the actor may see, by name: those in reach and what stands above them.
  public func organisations(for actor: Actor) async throws -> [Org] {
    let reach = try actor.require(.viewOrgs)
    let all = try await database.read { tx in try orgs.all(in: tx) }
    guard !reach.isEverywhere else { return all }
    let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    var seen = reach.orgs.union(reach.sectionsIn)
    for org in seen {
      var above = byID[org]?.details.parent
      while let id = above, seen.insert(id).inserted { above = byID[id]?.details.parent }
    }
    return all.filter { seen.contains($0.id) }
  }

  /// One organisation.
  public func organisation(_ id: OrgID, for actor: Actor) async throws -> Org {
    guard let org = try await organisations(for: actor).first(where: { $0.id == id }) else {
      throw Problem.notFound("organisation")
    }
    return org
  }

  /// The schools and colleges where the actor's permission reaches all students: where a new one can be entered.
  public func schools(reachedBy permission: Permission, of actor: Actor) async throws -> [Org] {
    guard let reach = actor.reach(permission), reach.coversSomeOrg else { return [] }
    let all = try await database.read { tx in try orgs.all(in: tx) }
    return all.filter { $0.details.kind.hasStudents && reach.covers($0.id) }
  }

  /// Enters an organisation. At the top only whoever may edit all of them.
  public func found(_ details: OrgDetails, by actor: Actor) async throws -> Org {
    let details = try details.checked()
    try requireOrgEditing(at: details.parent, by: actor)
    return try await database.write { tx in
      if let parent = details.parent { _ = try orgs.require(parent, in: tx) }
      if try orgs.find(code: details.code, in: tx) != nil { throw DirectoryProblem.codeTaken(details.code) }
      let change = change(by: actor, at: details.parent)
      let org = Org(id: .new(at: change.at), version: 1, details: details)
      try record.insert(org, into: DirectoryTables.org, change, in: tx)
      return org
    }
  }

  /// Saves an organisation over the version its editor saw.
  public func edit(_ id: OrgID, _ details: OrgDetails, seen version: Int, by actor: Actor) async throws -> Org {
    let details = try details.checked()
    _ = try await organisation(id, for: actor)
    try requireOrgEditing(at: id, by: actor)
    return try await database.write { tx in
      let org = try orgs.require(id, in: tx)
      if details.parent != org.details.parent {
        try requireOrgEditing(at: details.parent, by: actor)
        if let parent = details.parent {
          guard try !orgs.isWithin(parent, ancestor: id, in: tx) else { throw DirectoryProblem.orgInItself }
          _ = try orgs.require(parent, in: tx)
        }
      }
      if let holder = try orgs.find(code: details.code, in: tx), holder.id != id {
        throw DirectoryProblem.codeTaken(details.code)
      }
      try record.update(
        Org(id: id, version: version, details: details), in: DirectoryTables.org, change(by: actor, at: id), in: tx)
      return try orgs.require(id, in: tx)
    }
  }

  /// Puts an organisation into the recycle bin; only an empty one, because people do not vanish with their school.
  public func delete(_ id: OrgID, seen version: Int? = nil, by actor: Actor) async throws -> DeletionID {
    _ = try await organisation(id, for: actor)
    try requireOrgEditing(at: id, by: actor)
    return try await database.write { tx in
      let org = try orgs.require(id, in: tx)
      try requireNewest(version, org.version, of: "organisation")
      if let (what, count) = try orgs.contents(of: id, in: tx).first {
        throw DirectoryProblem.stillInUse(what, count)
      }
      let change = change(by: actor, at: id)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: DirectoryTables.org.kind, label: org.details.name, change, in: tx)
      let periods = try periods.periods(of: [id], in: tx).map(\.id)
      let current = try self.periods.current(of: id, in: tx).map { [$0.id] } ?? []
      try record.delete(current, from: DirectoryTables.currentPeriod, as: deletion, change, in: tx)
      try record.delete(periods, from: DirectoryTables.period, as: deletion, change, in: tx)
      try record.delete([id], from: DirectoryTables.org, as: deletion, change, in: tx)
      return deletion
    }
  }

  private func requireOrgEditing(at org: OrgID?, by actor: Actor) throws {
    let reach = try actor.require(.editOrgs)
    guard org.map(reach.covers) ?? reach.isEverywhere else { throw Problem.forbidden("orgs.edit") }
  }
}
