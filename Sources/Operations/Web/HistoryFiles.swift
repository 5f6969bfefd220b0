import Kernel
import Record
import Rights
import Web

/// The audit and the recycle bin as files for spreadsheets, for pages and API alike.
struct HistoryFiles: Sendable {
  let service: HistoryService
  let zone: Zone

  var endpoints: [Endpoint] {
    let (audit, restore) = (Endpoint.Access.needs(service.rights.audit), Endpoint.Access.needs(service.rights.restore))
    return ["/audit.csv", "/api/v1/audit.csv"].map { path in
      .listFile(
        path, "Who changed what as a file for spreadsheets, newest first.", audit, query: HistoryQuery.parameters,
        entries)
    }
      + ["/trash.csv", "/api/v1/deletions.csv"].map { path in
        .listFile(path, "What lies in the recycle bin as a file for spreadsheets.", restore, deletions)
      }
  }

  private func entries(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = HistoryQuery(call, zone).filter
    let file = ListFile<AuditLine>(
      "audit.csv",
      [
        .init("When") { $0.entry.at.description }, .init("Who") { $0.who }, .init("Did") { $0.entry.action.rawValue },
        .init("Kind") { $0.title }, .init("Record") { AuditWords.label(of: $0.entry) },
        .init("Identifier") { $0.entry.object.description }, .init("Version") { "\($0.entry.version)" },
        .init("Fields") { Self.fields($0.entry) }, .init("Reason") { $0.entry.reason },
        .init("Request") { $0.entry.request },
      ])
    return try await file.reply { after in
      try await service.entries(filter, page: .ofFile(after: after), on: "/audit.csv", by: actor)
    }
  }

  /// `grade: 8 to 9`, one after the other.
  private static func fields(_ entry: RecordedVersion) -> String {
    func text(_ value: JSON) -> String { value == .null ? "nothing" : value.string ?? value.text }
    return entry.changes.map { change in
      let name = MomentWords.field(change.name)
      return entry.action == .changed
        ? "\(name): \(text(change.before)) to \(text(change.after))" : "\(name): \(text(change.after))"
    }.joined(separator: "; ")
  }

  private func deletions(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let file = ListFile<DeletionLine>(
      "recycle-bin.csv",
      [
        .init("What") { $0.deletion.label }, .init("Kind") { $0.title }, .init("Deleted by") { $0.who },
        .init("When") { $0.deletion.at.description }, .init("Reason") { $0.deletion.reason },
        .init("Rows") { "\($0.rows)" },
      ])
    return try await file.reply { after in
      try await service.deletions(page: .ofFile(after: after), on: "/trash.csv", by: actor)
    }
  }
}
