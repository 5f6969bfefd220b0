public import Kernel
public import Persistence
import Record
public import Rights

extension DirectoryService {
  /// The years and terms that hold at an organisation, its own and those from above, the newest first.
  public func periods(of org: OrgID, for actor: Actor) async throws -> [Period] {
    _ = try await organisation(org, for: actor)
    return try await database.read { tx in try periods.periods(of: orgs.withAncestors(org, in: tx), in: tx) }
  }

  /// One period, with the organisation it belongs to in sight.
  public func period(_ id: PeriodID, for actor: Actor) async throws -> Period {
    let period = try await database.read { tx in try periods.require(id, in: tx) }
    guard try await organisations(for: actor).contains(where: { $0.id == period.details.org }) else {
      throw Problem.notFound("period")
    }
    return period
  }

  /// The period that is current at an organisation, or where it inherits from.
  public func currentPeriod(of org: OrgID, for actor: Actor) async throws -> Period? {
    _ = try await organisation(org, for: actor)
    return try await database.read { tx in try currentPeriod(at: org, in: tx) }
  }

  /// The current period of an organisation or of the nearest one above that has one; in the caller's transaction.
  public func currentPeriod(at org: OrgID, in tx: any Connection) throws -> Period? {
    for org in try orgs.withAncestors(org, in: tx) {
      if let current = try periods.current(of: org, in: tx) { return try periods.find(current.period, in: tx) }
    }
    return nil
  }

  /// The school year of the current period, in the caller's transaction.
  public func currentYear(at org: OrgID, in tx: any Connection) throws -> PeriodID? {
    var period = try currentPeriod(at: org, in: tx)
    // Block, term, semester, year: four steps are the deepest there is.
    for _ in 0..<4 {
      guard let found = period, found.details.kind != .year else { return period?.id }
      period = try found.details.parent.flatMap { try periods.find($0, in: tx) }
    }
    return nil
  }

  /// Enters a year or term.
  public func begin(_ details: PeriodDetails, by actor: Actor) async throws -> Period {
    try actor.require(.editPeriods, at: details.org)
    return try await database.write { tx in
      _ = try orgs.require(details.org, in: tx)
      let checked = try checked(details, except: nil, in: tx)
      let change = change(by: actor, at: details.org)
      let period = Period(id: .new(at: change.at), version: 1, details: checked)
      try record.insert(period, into: DirectoryTables.period, change, in: tx)
      return period
    }
  }

  /// Saves a year or term over the version its editor saw. Opening and closing is a change of `status`; a closed period
  /// takes no other change.
  public func edit(
    _ id: PeriodID, _ details: PeriodDetails, seen version: Int, by actor: Actor
  ) async throws -> Period {
    try actor.require(.editPeriods, at: details.org)
    return try await database.write { tx in
      let old = try periods.require(id, in: tx)
      try actor.require(.editPeriods, at: old.details.org)
      var reopened = old.details
      reopened.status = details.status
      if old.details.status == .closed, reopened != details {
        throw DirectoryProblem.periodClosed(old.details.title)
      }
      let checked = try checked(details, except: id, in: tx)
      try record.update(
        Period(id: id, version: version, details: checked), in: DirectoryTables.period,
        change(by: actor, at: details.org), in: tx)
      return try periods.require(id, in: tx)
    }
  }

  /// Makes a period the current one of an organisation.
  public func makeCurrent(_ id: PeriodID, of org: OrgID, by actor: Actor) async throws {
    try actor.require(.editPeriods, at: org)
    try await database.write { tx in
      let period = try periods.require(id, in: tx)
      guard try orgs.withAncestors(org, in: tx).contains(period.details.org) else { throw Problem.notFound("period") }
      let change = change(by: actor, at: org)
      let table = DirectoryTables.currentPeriod
      if let current = try periods.current(of: org, in: tx) {
        guard current.period != id else { return }
        try record.update(
          CurrentPeriod(id: current.id, version: current.version, org: org, period: id), in: table, change, in: tx)
      } else {
        try record.insert(
          CurrentPeriod(id: .new(at: change.at), version: 1, org: org, period: id), into: table, change, in: tx)
      }
    }
  }

  /// Puts a year or term into the recycle bin, unless something is part of it. `inUse` lets other slices object.
  public func delete(
    _ id: PeriodID, seen version: Int? = nil, by actor: Actor,
    unless inUse: (@Sendable (any Connection) throws -> (String, Int)?)? = nil
  ) async throws -> DeletionID {
    try await database.write { tx in
      let period = try periods.require(id, in: tx)
      try actor.require(.editPeriods, at: period.details.org)
      try requireNewest(version, period.version, of: "period")
      let parts = try periods.parts(of: id, in: tx)
      if parts > 0 { throw DirectoryProblem.stillInUse("periods that are part of it", parts) }
      if let (what, count) = try inUse?(tx) { throw DirectoryProblem.stillInUse(what, count) }
      let change = change(by: actor, at: period.details.org)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: DirectoryTables.period.kind, label: period.details.title, change, in: tx)
      let pointers = try periods.currents(pointingAt: id, in: tx).map(\.id)
      try record.delete(pointers, from: DirectoryTables.currentPeriod, as: deletion, change, in: tx)
      try record.delete([id], from: DirectoryTables.period, as: deletion, change, in: tx)
      return deletion
    }
  }

  private func checked(
    _ details: PeriodDetails, except id: PeriodID?, in tx: any Connection
  ) throws -> PeriodDetails {
    guard details.parent == nil || details.parent != id else { throw Problem.notFound("period") }
    let parent = try details.parent.map { try periods.require($0, in: tx) }
    let checked = try details.checked(within: parent)
    if let holder = try periods.find(code: checked.code, of: checked.org, in: tx), holder.id != id {
      throw DirectoryProblem.codeTaken(checked.code)
    }
    return checked
  }
}
