import Kernel
import Markup
import Rights
import Web

/// How far an edit of many students is, what came of it, and the way back.
struct BulkChangePages: Sendable {
  let changes: BulkChanges

  var endpoints: [Endpoint] {
    [
      .page("/people/changes/{id}", "An edit of many students.", .needs(.editStudents), show),
      .form("/people/changes/{id}/undo", "Takes an edit of many students back.", .needs(.editStudents), undo),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    let change = try await changes.find(try call.id("id"), by: call.actor)
    let title = BulkChangeWords.title(change.edit)
    return try call.page(
      title, within: DirectoryPaths.students,
      breadcrumbs: [Crumb("Students", path: DirectoryPaths.students), Crumb(title)],
      refreshSeconds: change.isBusy ? 2 : nil
    ) { BulkChangeView(change: change, now: call.at) }
  }

  private func undo(_ call: Call) async throws -> Reply {
    let id: BulkChangeID = try call.id("id")
    do {
      let change = try await changes.undo(id, by: call.actor)
      guard change.state == .undone else { return .seeOther(DirectoryPaths.change(id)) }
      return .seeOther(
        change.left > 0 ? DirectoryPaths.change(id) : DirectoryPaths.students, flash: BulkChangeWords.undone(change))
    } catch let problem as DirectoryProblem {
      return .seeOther(DirectoryPaths.change(id), flash: problem.problem.detail)
    }
  }
}

struct BulkChangeView: View {
  let change: BulkChange
  let now: Instant

  var body: HTML {
    PageHeader(BulkChangeWords.title(change.edit), about: BulkChangeWords.whom(change))
    state
    Facts([
      .init("Changed", "\(change.changed)"), .init("Were so already", "\(change.unchanged)"),
      .init("Left alone", "\(change.refused)"),
    ])
    if !change.refusals.isEmpty { refusals }
    if let until = change.undoUntil, until >= now, change.changed > 0 { takeBack }
  }

  @HTMLBuilder private var state: HTML {
    switch change.state {
    case .changing:
      JobProgress(
        title: "Changing students", state: .running(done: change.seen, total: change.total),
        detail: "\(change.seen) of \(change.total)", events: change.job.map(DirectoryPaths.events),
        cancel: change.job.map(DirectoryPaths.cancellation))
      Disclosure("Nothing moves?") {
        p { "If its job was cancelled or has failed, what it did so far can be taken back." }
        form(.method(.post), .action(DirectoryPaths.undo(change.id))) { Button("Take back what was done") }
      }
    case .undoing:
      JobProgress(
        title: "Taking the change back", state: .running(done: 0, total: nil),
        events: change.job.map(DirectoryPaths.events))
      Disclosure("Nothing moves?") {
        form(.method(.post), .action(DirectoryPaths.undo(change.id))) { Button("Go on taking it back") }
      }
    case .done: Notice("Done.", .ok)
    case .undone:
      Notice("This change was undone.", .info) { change.left > 0 ? BulkChangeWords.left(change.left) : "" }
    }
  }

  private var refusals: HTML {
    PageSection("Left alone") {
      DataTable(
        caption: "Students the change is not for", columns: [.init("Student"), .init("Why")],
        rows: change.refusals.map { refusal in
          DataTable.Row(
            name: refusal.detail,
            lead: a(.href(DirectoryPaths.student(refusal.student))) { refusal.student.description },
            cells: [HTML(text: refusal.detail)])
        })
      if change.refused > change.refusals.count {
        p(.class("muted")) { "And \(change.refused - change.refusals.count) more." }
      }
    }.body
  }

  private var takeBack: HTML {
    PageSection("Take it back") {
      p {
        "For \(BulkChange.undoDays) days the whole change can be undone. Records changed since are left as they are."
      }
      form(.method(.post), .action(DirectoryPaths.undo(change.id))) { Button("Undo this change") }
    }.body
  }
}

/// An edit of many students in words.
enum BulkChangeWords {
  static func title(_ edit: BulkEdit) -> String {
    switch edit {
    case .grade(let grade?): "Grade \(grade) for many students"
    case .grade(nil): "No grade for many students"
    case .status(let status, _): "\(status.title): many students"
    case .delete: "Many students deleted"
    }
  }

  static func whom(_ change: BulkChange) -> String { CountWords.of(change.total, "student", "students") }

  static func done(_ change: BulkChange) -> String {
    let already = change.unchanged == 0 ? "" : " \(change.unchanged) were so already."
    let words = change.edit.kind == .delete ? "deleted. The recycle bin has them" : "changed"
    return "\(CountWords.of(change.changed, "student", "students")) \(words).\(already)"
  }

  static func undone(_ change: BulkChange) -> String {
    change.left > 0 ? "Undone, but for some. \(left(change.left))" : "Undone."
  }

  static func left(_ count: Int) -> String {
    "\(CountWords.of(count, "record was", "records were")) changed or used since and left alone."
  }
}

extension BulkChange {
  /// Whether its job is not over, as far as is known here.
  var isBusy: Bool { state == .changing || state == .undoing }
}
