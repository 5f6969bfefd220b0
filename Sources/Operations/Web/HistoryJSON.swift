import Kernel
import Record
import Web

/// An entry of the audit as JSON.
struct AuditEntryJSON: Sendable {
  var id: AuditID
  var at: Instant
  var actor: AccountID?
  var who: String
  var org: OrgID?
  var action: String
  var kind: String
  var object: ID<AnyEntity>
  var version: Int
  var request: String?
  var reason: String?
  var cause: ID<AnyEntity>?
  var changes: [FieldChangeJSON]
  var mayUndo: Bool

  static let shape = Shape(
    "AuditEntry",
    sample: AuditEntryJSON(
      id: sampleID(1), at: sampleMoment, actor: sampleID(2), who: "Robin Registrar", org: sampleID(3),
      action: "changed", kind: "student", object: sampleID(4), version: 2,
      request: "01934f2a-8c00-7000-8000-000000000005",
      reason: nil, cause: nil, changes: [FieldChangeJSON.shape.sample], mayUndo: true)
  ) { visit, it in
    visit("id", &it.id, .id(), "The entry's identifier.")
    visit("at", &it.at, .instant, "When it was done.")
    visit("actorId", &it.actor, .id(), "The account that did it; null for the system itself.")
    visit("who", &it.who, .made, "The name of that account.")
    visit("orgId", &it.org, .id(), "The organisation it concerns.")
    visit("action", &it.action, .made, "created, changed, deleted or restored.")
    visit("kind", &it.kind, .made, "The word for the record.")
    visit("objectId", &it.object, .id(), "The record.")
    visit("version", &it.version, .version, "The version it became.")
    visit("requestId", &it.request, .made, "The request it was part of.")
    visit("reason", &it.reason, .made, "The reason given.")
    visit("causeId", &it.cause, .id(), "The import or bulk edit it was part of.")
    visit("changes", &it.changes, .list(of: .object(FieldChangeJSON.shape), max: 200), "The fields that differ.")
    visit("mayUndo", &it.mayUndo, .bool, "Whether you may take it back.")
  }
}

extension AuditEntryJSON {
  init(_ line: AuditLine) {
    let entry = line.entry
    self.init(
      id: entry.id, at: entry.at, actor: entry.actor, who: line.who, org: entry.org, action: entry.action.rawValue,
      kind: entry.kind, object: entry.object, version: entry.version, request: entry.request, reason: entry.reason,
      cause: entry.cause, changes: entry.changes.map { FieldChangeJSON($0) }, mayUndo: line.mayUndo)
  }
}

/// One field before and after, as JSON.
struct FieldChangeJSON: Sendable {
  var name: String
  var before: JSON
  var after: JSON

  static let shape = Shape(
    "FieldChange", sample: FieldChangeJSON(name: "grade", before: .string("8"), after: .string("9"))
  ) { visit, it in
    visit("name", &it.name, .made, "The field.")
    visit("before", &it.before, .anything, "What it was; null when it was not there.")
    visit("after", &it.after, .anything, "What it became.")
  }
}

extension FieldChangeJSON {
  init(_ change: FieldChange) { self.init(name: change.name, before: change.before, after: change.after) }
}

/// A deletion as JSON.
struct DeletionJSON: Sendable {
  var id: DeletionID
  var at: Instant
  var actor: AccountID?
  var who: String
  var org: OrgID?
  var kind: String
  var root: ID<AnyEntity>
  var label: String
  var reason: String?
  var rows: Int

  static let shape = Shape(
    "Deletion",
    sample: DeletionJSON(
      id: sampleID(1), at: sampleMoment, actor: sampleID(2), who: "Robin Registrar", org: sampleID(3),
      kind: "student", root: sampleID(4), label: "Ada Lovelace, S-1042", reason: "Entered twice", rows: 7)
  ) { visit, it in
    visit("id", &it.id, .id(), "The deletion's identifier.")
    visit("at", &it.at, .instant, "When it was done.")
    visit("actorId", &it.actor, .id(), "The account that did it; null for the system itself.")
    visit("who", &it.who, .made, "The name of that account.")
    visit("orgId", &it.org, .id(), "The organisation it concerns.")
    visit("kind", &it.kind, .made, "The word for what was deleted.")
    visit("objectId", &it.root, .id(), "The record that was deleted; what hung on it went along.")
    visit("label", &it.label, .made, "Its name at the time.")
    visit("reason", &it.reason, .made, "The reason given.")
    visit("rows", &it.rows, .count, "How many rows would come back.")
  }
}

extension DeletionJSON {
  init(_ line: DeletionLine) {
    let deletion = line.deletion
    self.init(
      id: deletion.id, at: deletion.at, actor: deletion.actor, who: line.who, org: deletion.org, kind: deletion.kind,
      root: deletion.root, label: deletion.label, reason: deletion.reason, rows: line.rows)
  }
}

/// What came back, as JSON.
struct RestorationJSON: Sendable {
  var deletion: DeletionID
  var rows: Int

  static let shape = Shape("Restoration", sample: RestorationJSON(deletion: sampleID(1), rows: 7)) { visit, it in
    visit("deletionId", &it.deletion, .id(), "The deletion that was taken back.")
    visit("rows", &it.rows, .count, "How many rows came back.")
  }
}
