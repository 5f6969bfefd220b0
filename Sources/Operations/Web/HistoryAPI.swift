import Kernel
import Record
import Rights
import Web

/// The audit and the recycle bin as JSON.
struct HistoryAPI: Sendable {
  let service: HistoryService
  let zone: Zone

  var endpoints: [Endpoint] {
    let list = Endpoint.listQuery.filter { $0.name != "count" }
    return [
      Endpoint(
        .get, "/api/v1/audit", "Lists who changed what, newest first.", .needs(service.rights.audit),
        query: list + HistoryQuery.parameters, answer: .many(AuditEntryJSON.shape), handler: entries),
      Endpoint(
        .post, "/api/v1/audit/{id}/undo", "Takes back one edit.", .needs(service.rights.restore), answer: .nothing,
        status: 204, handler: undo),
      Endpoint(
        .get, "/api/v1/deletions", "Lists what lies in the recycle bin, newest first.", .needs(service.rights.restore),
        query: list, answer: .many(DeletionJSON.shape), handler: deletions),
      Endpoint(
        .post, "/api/v1/deletions/{id}/restoration", "Brings back what a deletion took; one's own needs no right.",
        .signedIn, answer: .one(RestorationJSON.shape), handler: restore),
    ]
  }

  private func entries(_ call: Call) async throws -> Reply {
    let query = HistoryQuery(call, zone)
    let page = try await service.entries(query.filter, page: call.page, by: call.actor)
    return .many(page.map { AuditEntryJSON($0) }, AuditEntryJSON.shape, limit: call.page.limit)
  }

  private func undo(_ call: Call) async throws -> Reply {
    try await service.undo(try call.id("id"), by: call.actor)
    return .noContent
  }

  private func deletions(_ call: Call) async throws -> Reply {
    let page = try await service.deletions(page: call.page, by: call.actor)
    return .many(page.map { DeletionJSON($0) }, DeletionJSON.shape, limit: call.page.limit)
  }

  private func restore(_ call: Call) async throws -> Reply {
    let restored = try await service.restore(try call.id("id"), by: call.actor)
    return .one(RestorationJSON(deletion: restored.deletion.id, rows: restored.rows), RestorationJSON.shape)
  }
}

/// The filter of the audit as it stands in an address, for pages and API alike.
struct HistoryQuery: Sendable {
  var actor: AccountID?
  var kind: String?
  var object: ID<AnyEntity>?
  var cause: ID<AnyEntity>?
  var from: SchoolDate?
  var to: SchoolDate?
  private let zone: Zone

  static let parameters: [QueryParameter] = [
    .id("actor", "Only what this account did."),
    .text("kind", max: 60, "Only records of this kind, such as student."),
    .id("object", "Only this record."),
    .id("cause", "Only what was part of this import or bulk edit."),
    .date("from", "From this day on."),
    .date("to", "Up to this day and including it."),
  ]

  init(_ call: Call, _ zone: Zone) {
    actor = call.query("actor").flatMap { AccountID($0) }
    kind = call.query("kind")
    object = call.query("object").flatMap { ID<AnyEntity>($0) }
    cause = call.query("cause").flatMap { ID<AnyEntity>($0) }
    from = call.query("from").flatMap { SchoolDate($0) }
    to = call.query("to").flatMap { SchoolDate($0) }
    self.zone = zone
  }

  /// Days become moments of the installation's zone.
  var filter: AuditFilter {
    AuditFilter(
      actor: actor, kind: kind, object: object, cause: cause, from: from.map(zone.start(of:)),
      until: to.map { zone.start(of: $0.adding(days: 1)) })
  }

  var isEmpty: Bool { items.allSatisfy { $0.1 == nil } }

  /// The filter as the items of an address.
  var items: [(String, String?)] {
    [
      ("actor", actor?.description), ("kind", kind), ("object", object?.description), ("cause", cause?.description),
      ("from", from?.description), ("to", to?.description),
    ]
  }
}
