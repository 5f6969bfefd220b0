import Kernel
import Markup
import Record
import Rights
import Web

/// Who changed what, and what lies in the recycle bin.
struct HistoryPages: Sendable {
  let service: HistoryService
  let zone: Zone
  let path: @Sendable (_ kind: String, _ id: ID<AnyEntity>) -> Path?

  /// Entries on one page: each holds all its fields, so fifty would be more than a page may weigh.
  private static let entriesShown = 20

  var endpoints: [Endpoint] {
    let after = QueryParameter.id("after", "The last line of the page before.")
    return [
      .page(
        "/audit", "Who changed what, newest first.", .needs(service.rights.audit),
        query: HistoryQuery.parameters + [after], audit),
      .form("/audit/{id}/undo", "Takes back one edit.", .needs(service.rights.restore), undo),
      .page(
        "/trash", "What was deleted and can be had back.", .needs(service.rights.restore), query: [after], trash),
      .form(
        "/trash/{id}/restoration", "Brings back what a deletion took; one's own needs no right.", .signedIn, restore),
    ]
  }

  private func audit(_ call: Call) async throws -> Reply { try await auditPage(call) }

  private func auditPage(_ call: Call, refusal: Problem? = nil, showing query: HistoryQuery? = nil) async throws
    -> Reply
  {
    let query = query ?? HistoryQuery(call, zone)
    let page = try await service.entries(
      query.filter, page: PageRequest(limit: Self.entriesShown, after: call.page.after), by: call.actor)
    let model = AuditModel(
      lines: page.items, query: query, kinds: service.allKinds, isFirst: call.query("after") == nil, next: page.next,
      refusal: refusal, back: call.incoming.method == "GET" ? call.path : OperationsPaths.audit)
    return try call.page(
      "Audit", within: OperationsPaths.audit, status: refusal.map { $0.kind == .forbidden ? 403 : 409 } ?? 200,
      hasErrors: refusal != nil
    ) { AuditView(model: model, words: MomentWords(zone: zone), path: path) }
  }

  private func undo(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let back = form.filled("back").flatMap { Path(checking: $0) } ?? OperationsPaths.audit
    do {
      let entry = try await service.undo(try call.id("id"), by: call.actor)
      let what = "\(service.title(of: entry.kind)): \(AuditWords.action(entry.action)) taken back."
      return .seeOther(back.description.hasPrefix("/audit") ? back : OperationsPaths.audit, flash: what)
    } catch let problem as Problem where problem.isRefusal {
      var query = HistoryQuery(call, zone)
      query.object = form.filled("object").flatMap { ID<AnyEntity>($0) }
      return try await auditPage(call, refusal: problem, showing: query)
    }
  }

  private func trash(_ call: Call) async throws -> Reply { try await trashPage(call) }

  private func trashPage(_ call: Call, refusal: Problem? = nil) async throws -> Reply {
    let page = try await service.deletions(page: call.page, by: call.actor)
    let isFirst = call.query("after") == nil
    return try call.page(
      "Recycle bin", within: OperationsPaths.trash,
      status: refusal.map { $0.kind == .forbidden ? 403 : 409 } ?? 200, hasErrors: refusal != nil
    ) { TrashView(page: page, isFirst: isFirst, refusal: refusal, words: MomentWords(zone: zone)) }
  }

  private func restore(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    do {
      let restored = try await service.restore(try call.id("id"), by: actor)
      let back =
        path(restored.deletion.kind, restored.deletion.root)
        ?? (actor.has(service.rights.restore) ? OperationsPaths.trash : "/today")
      let rows = CountWords.of(restored.rows, "row", "rows")
      return .seeOther(back, flash: "\(restored.deletion.label) is back, \(rows) in all.")
    } catch let problem as Problem where problem.isRefusal && actor.has(service.rights.restore) {
      return try await trashPage(call, refusal: problem)
    }
  }
}

extension Problem {
  /// Whether the person reads why on the page itself, rather than on a page of its own.
  fileprivate var isRefusal: Bool { kind == .conflict || (kind == .forbidden && code.hasSuffix("_NEEDS_RIGHTS")) }
}

/// What was done, in words.
enum AuditWords {
  static func action(_ action: RecordAction) -> String {
    switch action {
    case .created: "making"
    case .changed: "change"
    case .deleted: "deletion"
    case .restored: "restoration"
    }
  }

  static func verb(_ action: RecordAction) -> String {
    switch action {
    case .created: "made"
    case .changed: "changed"
    case .deleted: "deleted"
    case .restored: "restored"
    }
  }

  static func icon(_ action: RecordAction) -> Icon {
    switch action {
    case .created: .plus
    case .changed: .edit
    case .deleted: .trash
    case .restored: .undo
    }
  }

  /// What the record is called in its own image, if it has a name there.
  static func label(of entry: RecordedVersion) -> String? {
    guard let image = try? JSON(parsing: entry.image) else { return nil }  // a label is a courtesy
    for name in ["display_name", "title", "name", "display", "label", "number", "code", "value"] {
      if let text = image[name]?.string, !text.isEmpty { return text }
    }
    return nil
  }
}
