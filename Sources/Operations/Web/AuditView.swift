import Kernel
import Markup
import Record
import Web

/// What the page of the audit shows.
struct AuditModel: Sendable {
  let lines: [AuditLine]
  let query: HistoryQuery
  let kinds: [RecordedKind]
  let isFirst: Bool
  let next: ID<AnyEntity>?
  let refusal: Problem?
  let back: Path
}

struct AuditView: View {
  let model: AuditModel
  let words: MomentWords
  let path: @Sendable (String, ID<AnyEntity>) -> Path?

  var body: HTML {
    PageHeader("Audit", about: "Who changed what, and when. Nothing here can be altered.") {
      ButtonLink("Export", to: OperationsPaths.auditFile.query(model.query.items), icon: .download)
    }
    if let refusal = model.refusal {
      Notice(refusal.title, .danger) { refusal.detail }
    }
    filter
    FilterChips(chips, clear: OperationsPaths.audit)
    if model.lines.isEmpty {
      EmptyState(
        "Nothing was recorded", icon: .clock,
        reason: model.query.isEmpty
          ? "Nobody has changed anything at your schools yet." : "No change fits all of these filters.")
    } else {
      for line in model.lines { entry(line) }
      Pager(
        shown: CountWords.of(model.lines.count, "change", "changes"),
        first: model.isFirst ? nil : OperationsPaths.audit.query(model.query.items),
        next: model.next.map { OperationsPaths.audit.query(model.query.items + [("after", $0.description)]) })
    }
  }

  private var filter: HTML {
    form(.class("filter-bar"), .method(.get), .action(OperationsPaths.audit), .ariaLabel("Filter the audit")) {
      for (name, value) in model.query.items where ["actor", "object", "cause"].contains(name) { Hidden(name, value) }
      label(.class("word")) {
        "Kind "
        select(.class("input tight"), .name("kind")) {
          option(.value("")) { "All kinds" }
          for kind in model.kinds {
            option(.value(kind.word), .selected(kind.word == model.query.kind)) { kind.title }
          }
        }
      }
      label(.class("word")) {
        "From "
        input(.class("input tight"), .type(.date), .name("from"), .value(model.query.from?.description))
      }
      label(.class("word")) {
        "to "
        input(.class("input tight"), .type(.date), .name("to"), .value(model.query.to?.description))
      }
      Button("Show")
    }
  }

  private var chips: [FilterChips.Chip] {
    let query = model.query
    return query.items.compactMap { name, value -> FilterChips.Chip? in
      guard let value else { return nil }
      let without = OperationsPaths.audit.query(query.items.filter { $0.0 != name })
      return switch name {
      case "actor": .init("Who", model.lines.first?.who ?? value, without: without)
      case "kind": .init("Kind", model.kinds.first { $0.word == value }?.title ?? value, without: without)
      case "object": .init("Record", model.lines.first.flatMap { self.called($0) } ?? value, without: without)
      case "cause": .init("Part of", "one import or bulk edit", without: without)
      case "from": .init("From", value, without: without)
      default: .init("To", value, without: without)
      }
    }
  }

  private func called(_ line: AuditLine) -> String? { AuditWords.label(of: line.entry) }

  private func entry(_ line: AuditLine) -> HTML {
    let entry = line.entry
    let name = self.called(line)
    let heading = "\(line.title) \(name.map { $0 + " " } ?? "")\(AuditWords.verb(entry.action))"
    return Disclosure(heading, aside: "\(words.moment(entry.at)) · \(line.who)") {
      div(.class("stack")) {
        changes(entry)
        Facts(circumstances(line))
        if line.mayUndo {
          form(.method(.post), .action(OperationsPaths.undo(entry.id))) {
            Hidden("back", model.back.description)
            Hidden("object", entry.object.description)
            Button("Undo this \(AuditWords.action(entry.action))", icon: .undo)
          }
        }
      }
    }.body
  }

  private func circumstances(_ line: AuditLine) -> [Facts.Fact] {
    let entry = line.entry
    var facts: [Facts.Fact] = []
    if let actor = entry.actor {
      facts.append(
        .init("Who") { a(.href(OperationsPaths.audit.query(["actor": actor.description]))) { bdi { line.who } } })
    }
    facts.append(
      .init("Record") {
        if let path = path(entry.kind, entry.object) {
          a(.href(path)) { "Its page" }
          ", "
        }
        a(.href(OperationsPaths.history(entry.object))) { "its whole history" }
        ", "
        a(.href(OperationsPaths.looks(at: entry.object))) { "who looked" }
        ", version \(entry.version)"
      })
    if let reason = entry.reason { facts.append(.init("Reason", reason)) }
    if let cause = entry.cause {
      facts.append(
        .init("Part of") {
          a(.href(OperationsPaths.audit.query(["cause": cause.description]))) { "one import or bulk edit" }
        })
    }
    if let request = entry.request { facts.append(.init("Request") { code { request } }) }
    return facts
  }

  /// What a change was from and to; of a record that came to be, what it began as.
  private func changes(_ entry: RecordedVersion) -> HTML {
    if entry.isErased { return p(.class("muted")) { "What it held was removed for good." } }
    guard !entry.changes.isEmpty else { return p(.class("muted")) { "No field changed." } }
    guard entry.action == .changed else {
      return Facts(
        entry.changes.map { change in .init(MomentWords.field(change.name)) { value(change.after, change.name) } }
      ).body
    }
    return DataTable(
      caption: "What changed",
      columns: [
        .init("Field"), .init("Before", isNamedOnPhones: true), .init("After", isNamedOnPhones: true),
      ], isPinned: false,
      rows: entry.changes.map { change in
        DataTable.Row(
          name: change.name, lead: HTML(text: MomentWords.field(change.name)),
          cells: [value(change.before, change.name), value(change.after, change.name)])
      }
    ).body
  }

  private func value(_ json: JSON, _ field: String) -> HTML {
    guard let text = words.value(json, of: field), !text.isEmpty else {
      return span(.class("muted")) { "nothing" }
    }
    return bdi { String(text.prefix(500)) }
  }
}

struct TrashView: View {
  let page: Page<DeletionLine>
  let isFirst: Bool
  let refusal: Problem?
  let words: MomentWords

  var body: HTML {
    PageHeader(
      "Recycle bin",
      about:
        "What was deleted. Restoring brings back what went along. After \(RecycleBin.keptDays) days it is gone."
    ) {
      ButtonLink("Export", to: OperationsPaths.trashFile, icon: .download)
    }
    if let refusal {
      Notice(refusal.title, .danger) { refusal.detail }
    }
    if page.items.isEmpty {
      EmptyState("The recycle bin is empty", icon: .trash, reason: "Nothing was deleted that could be had back.")
    } else {
      DataTable(
        caption: "Deletions, newest first",
        columns: [
          .init("What"), .init("Kind", isNamedOnPhones: true), .init("Deleted by"), .init("When", .unbroken),
          .init("Rows", .number, isNamedOnPhones: true), .init("Actions", .actions),
        ], rows: page.items.map(row))
      Pager(
        shown: CountWords.of(page.items.count, "deletion", "deletions"),
        first: isFirst ? nil : OperationsPaths.trash,
        next: page.next.map { OperationsPaths.trash.query(["after": $0.description]) })
    }
  }

  private func row(_ line: DeletionLine) -> DataTable.Row {
    let deletion = line.deletion
    return DataTable.Row(
      name: deletion.label,
      lead: HTML {
        bdi { deletion.label }
        if let reason = deletion.reason { div(.class("muted")) { reason } }
      },
      cells: [
        HTML(text: line.title), bdi { line.who }, HTML(text: words.moment(deletion.at)), HTML(text: "\(line.rows)"),
        form(.method(.post), .action(OperationsPaths.restoration(deletion.id))) {
          Button("Restore", .quiet, icon: .undo, .ariaLabel("Restore \(deletion.label)"))
        },
      ])
  }
}
