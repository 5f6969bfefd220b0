import Kernel
import Markup
import Web

/// An import after its check: what would happen, errors by cause, and the button; or what happened, and the way back.
struct ImportView: View {
  let found: RosterImport
  let findings: [Finding]
  let code: String?
  let left: [UnkeptColumn]
  let words: MomentWords
  let now: Instant

  var body: HTML {
    PageHeader(found.fileName, about: about) {
      if found.state == .checked, found.format == .plainStudents {
        ButtonLink("Change columns", to: InteropPaths.columns(found.id))
      }
      if found.counts.errorRows > 0 {
        ButtonLink("Rows with errors", to: InteropPaths.failedRows(found.id), icon: .download)
      }
    }
    if found.state == .checked { ImportSteps(current: 2).body }
    state
    Tiles(tiles)
    table
    causes(.error, "Errors by cause", "these rows are left out")
    causes(.warning, "Warnings", "these rows are imported")
    notKept
    if found.state == .checked { commit }
    if let until = found.undoUntil, until >= now { takeBack(until) }
  }

  private var about: String {
    let start = "\(found.format.title), brought \(words.moment(found.at))."
    return found.state == .checked ? start + " Nothing is written before you say so." : start
  }

  @HTMLBuilder private var state: HTML {
    switch found.state {
    case .applying, .undoing:
      JobProgress(
        title: found.state == .applying ? "Writing the roster" : "Taking the import back",
        state: .running(done: found.position, total: nil), detail: "\(found.position) records so far",
        events: found.job.map(InteropPaths.events),
        cancel: found.state == .applying ? found.job.map(InteropPaths.cancellation) : nil)
      if found.state == .applying {
        Disclosure("Nothing moves?") {
          form(.method(.post), .action(InteropPaths.application(found.id))) { Button("Go on writing") }
        }
      }
    case .done: Notice("The roster is written.", .ok)
    case .failed: Notice("Nothing came of this import.", .danger) { found.problem ?? "" }
    case .undone: Notice("This import was undone.", .info) { found.problem ?? "" }
    case .mapping, .checked: HTML.empty
    }
  }

  // MARK: Counts

  private var tiles: [Tiles.Tile] {
    let sum = found.counts.sum
    let path = InteropPaths.one(found.id)
    let isDone = found.state != .checked
    return [
      .init(
        isDone ? "Created" : "Create", icon: .plus, .ok, value: "\(sum.create)", more: "new",
        path: path.fragment("kinds")),
      .init(
        isDone ? "Changed" : "Change", icon: .edit, value: "\(sum.update)", more: "differ", path: path.fragment("kinds")
      ),
      .init("Unchanged", icon: .check, value: "\(sum.unchanged)", more: "same as here", path: path.fragment("kinds")),
      .init(
        "Errors", icon: .stop, sum.error > 0 ? .danger : .plain, value: "\(sum.error)", more: "rows left out",
        path: path.fragment("errors")),
    ]
  }

  private var table: HTML {
    let kinds = RosterKind.allCases.filter { found.counts[$0].total > 0 }
    return PageSection("What is in it", id: "kinds") {
      DataTable(
        caption: "Records by sort",
        columns: [.init("Records")]
          + ["New", "Changed", "Unchanged", "Errors"].map { .init($0, .number, isNamedOnPhones: true) },
        isPinned: false,
        rows: kinds.map { kind in
          let tally = found.counts[kind]
          return DataTable.Row(
            name: kind.plural, lead: HTML(text: kind.plural.prefix(1).uppercased() + kind.plural.dropFirst()),
            cells: [tally.create, tally.update, tally.unchanged, tally.error].map { HTML(text: "\($0)") })
        })
    }.body
  }

  // MARK: Findings

  @HTMLBuilder private func causes(_ severity: Finding.Severity, _ heading: String, _ aside: String) -> HTML {
    let causes = found.counts.causes.filter { $0.value.severity == severity && (code == nil || $0.key == code) }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    if !causes.isEmpty {
      PageSection(heading, id: severity == .error ? "errors" : "warnings", aside: aside) {
        for (code, cause) in causes {
          Disclosure(
            FindingWords.title(of: code), aside: CountWords.of(cause.count, "time", "times"),
            isOpen: severity == .error
          ) { rows(of: code, of: cause.count) }
        }
      }
    }
  }

  @HTMLBuilder private func rows(of code: String, of count: Int) -> HTML {
    let shown = findings.filter { $0.code == code }.prefix(self.code == nil ? 20 : 500)
    DataTable(
      caption: FindingWords.title(of: code),
      columns: [
        .init("In the file"), .init("Column", isNamedOnPhones: true), .init("What stands there", isNamedOnPhones: true),
        .init("What to do"),
      ], isPinned: false,
      rows: shown.map { finding in
        DataTable.Row(
          name: finding.file,
          lead: HTML(text: finding.row.map { "\(finding.file), row \($0)" } ?? finding.file),
          cells: [
            HTML(text: finding.column ?? "–"),
            Markup.code { bdi { finding.value ?? "" } }, HTML(text: finding.message),
          ])
      })
    if count > shown.count, self.code == nil {
      p { a(.href(InteropPaths.one(found.id).query(["code": code]))) { "More of these \(count)" } }
    }
  }

  @HTMLBuilder private var notKept: HTML {
    if !left.isEmpty {
      PageSection("Columns that are not kept", aside: "passwords are never read") {
        p { left.map { "\($0.column) (\($0.file))" }.joined(separator: ", ") }
      }
    }
  }

  // MARK: What can be done

  private var commit: HTML {
    let sum = found.counts.sum
    return form(.method(.post), .action(InteropPaths.application(found.id))) {
      if sum.error > 0 {
        RadioGroup(
          "Rows with errors", name: "mode",
          [
            .init("good_rows", "Leave them out", isChosen: found.mode == .goodRows),
            .init("all_or_nothing", "Write nothing", isChosen: found.mode == .allOrNothing),
          ])
      }
      SubmitBar("Import", hasKeys: false) {
        b { "\(sum.create) new, \(sum.update) changed" }
        if sum.error > 0 { " \(span(.class("muted")) { "\(sum.error) rows with errors" })" }
      }
    }
  }

  private func takeBack(_ until: Instant) -> HTML {
    form(.method(.post), .action(InteropPaths.undo(found.id))) {
      p(.class("muted")) {
        "Until \(words.moment(until)) everything this import wrote can be taken back. What was changed since stays."
      }
      div(.class("actions")) { Button("Undo this import", .danger, icon: .undo) }
    }
  }
}

/// Causes in a few words.
enum FindingWords {
  static func title(of code: String) -> String {
    if let title = titles[code] { return title }
    let words = code.lowercased().replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static let titles: [String: String] = [
    "BAD_DATE": "Not a date", "BAD_EMAIL": "Not an e-mail address", "BAD_PHONE": "Not a telephone number",
    "DATE_ORDER_UNCLEAR": "Day or month first?", "DATE_ORDER_MIXED": "Dates written in two ways",
    "DUPLICATE": "There twice", "REQUIRED": "Something is missing", "TOO_LONG": "Too long",
    "UNKNOWN_REFERENCE": "Refers to something that is not in the files",
    "NOT_BROUGHT_IN": "Refers to something that was not brought in", "UNKNOWN_SCHOOL": "School is not here",
    "NOT_YOUR_SCHOOL": "Not your school", "NUMBER_TAKEN": "Number belongs to someone else",
    "OTHER_NAME": "Another name for the same number", "RAGGED_ROW": "Row is too short or too long",
    "NOT_STAFF": "Teaches, but is not staff", "NOT_AT_SCHOOL": "No student of the section's school",
    "NOT_SAVED": "Contradicts what is here", "UNKNOWN_WORD": "Unknown word", "FILE_NOT_READ": "File is not read",
    "SECOND_HOMEROOM": "Two homerooms", "ENDED_HERE": "Has left the section here",
  ]
}
