import Directory
import Kernel
import Markup
import Web

/// All imports.
struct ImportListView: View {
  let page: Page<RosterImport>
  let isFirst: Bool
  let mayExport: Bool
  let words: MomentWords

  var body: HTML {
    PageHeader("Imports", about: "Rosters that were brought in. An import can be undone for 30 days.") {
      ButtonLink("List as a file", to: InteropPaths.file, icon: .download)
      if mayExport { ButtonLink("Export as OneRoster", to: InteropPaths.oneRoster, icon: .download) }
      ButtonLink("New import", .primary, to: InteropPaths.new, icon: .upload)
    }
    if page.items.isEmpty {
      EmptyState(
        "No imports yet", icon: .upload,
        reason: "Bring in a list of students, the files of School Data Sync, or a OneRoster zip.")
    } else {
      DataTable(
        caption: "Imports, newest first",
        columns: [
          .init("File"), .init("State"), .init("New", .number, isNamedOnPhones: true),
          .init("Changed", .number, isNamedOnPhones: true), .init("Errors", .number, isNamedOnPhones: true),
          .init("When", .unbroken),
        ], rows: page.items.map(row))
      Pager(
        shown: CountWords.of(page.items.count, "import", "imports"),
        first: isFirst ? nil : InteropPaths.imports,
        next: page.next.map { InteropPaths.imports.query(["after": $0.description]) })
    }
  }

  private func row(_ item: RosterImport) -> DataTable.Row {
    let sum = item.counts.sum
    return DataTable.Row(
      name: item.fileName, lead: a(.href(InteropPaths.one(item.id))) { bdi { item.fileName } },
      cells: [
        StateWord(item.state.words, item.state.tone).body, HTML(text: "\(sum.create)"), HTML(text: "\(sum.update)"),
        HTML(text: "\(sum.error)"), HTML(text: words.moment(item.at)),
      ])
  }
}

/// The form that takes a file.
struct ImportFormView: View {
  let schools: [Org]
  let problem: Problem?

  var body: HTML {
    PageHeader("New import", about: "Nothing is written before you have seen what would happen.")
    ImportSteps(current: 0).body
    if let problem { ErrorSummary(faults, detail: problem.errors.isEmpty ? problem.detail : nil) }
    form(.method(.post), .action(InteropPaths.imports), .enctype(.multipart)) {
      Field(
        "File", name: "file", .file(accept: ".csv,.zip"),
        hint: "A CSV of students, or a zip with the files of School Data Sync or OneRoster, up to 64 MB. "
          + "Columns with passwords are never read.",
        error: message("file"), isRequired: true)
      Field(
        "School", name: "school",
        .select(
          [.init("", "The file says it")] + schools.map { .init($0.id.description, $0.details.name) }),
        hint: "For files whose rows do not say their school.", error: message("schoolId"))
      Field(
        "Source", name: "source", .line(nil),
        hint: "The system the file comes from, such as “Old register”. Its identifiers hold within it.",
        error: message("source"), isOptional: true)
      RadioGroup(
        "Rows with errors", name: "mode",
        [
          .init("good_rows", "Leave them out", isChosen: true, hint: "They come back as a file with the reasons."),
          .init("all_or_nothing", "Write nothing if there are any"),
        ])
      div(.class("actions")) { Button("Check the file", .primary) }
    }
  }

  private var faults: [ErrorSummary.Fault] {
    (problem?.errors ?? []).map { .init($0.detail, field: field($0.pointer)) }
  }

  private func field(_ pointer: String) -> String? {
    ["/file": "file", "/schoolId": "school", "/source": "source", "/mode": "mode"][pointer]
  }

  private func message(_ name: String) -> String? { problem?.errors.first { $0.pointer == "/\(name)" }?.detail }
}

/// The way of an import.
struct ImportSteps: View {
  let current: Int

  var body: HTML {
    Steps(
      [
        ("File", "CSV or zip"), ("Columns", "what they mean"), ("Check", "nothing is written"),
        ("Import", "undo for 30 days"),
      ], current: current)
  }
}

/// What each column of a list means, with its first values.
struct ImportColumnsView: View {
  let found: RosterImport
  let mapping: ColumnMapping
  let sample: [[String]]
  let problem: Problem?

  var body: HTML {
    PageHeader("What the columns mean", about: "\(found.fileName). Nothing is written before the last step.")
    ImportSteps(current: 1).body
    if let problem { ErrorSummary(problem.errors.map { .init($0.detail, field: nil) }, detail: problem.detail) }
    form(.method(.post), .action(InteropPaths.columns(found.id))) {
      for (place, name) in mapping.header.enumerated() { field(place, name) }
      Field(
        "Dates", name: "dateOrder",
        .select([
          .init("", "As the column itself shows", isChosen: mapping.dateOrder == nil),
          .init("year-first", "Year first: 2011-03-28", isChosen: mapping.dateOrder == .yearFirst),
          .init("day-first", "Day first: 28/3/2011", isChosen: mapping.dateOrder == .dayFirst),
          .init("month-first", "Month first: 3/28/2011", isChosen: mapping.dateOrder == .monthFirst),
        ]))
      div(.class("actions")) { Button("Check", .primary) }
    }
  }

  @HTMLBuilder private func field(_ place: Int, _ name: String) -> HTML {
    if UnkeptColumn(file: "", column: name).isSecret {
      Notice("“\(name)” is not read.", .info) { "It looks like passwords, and nothing here keeps those." }
    } else {
      let meaning = mapping.meaning(of: place)
      Field(
        name.isEmpty ? "Column \(place + 1)" : name, name: "column-\(place)",
        .select(
          [.init("", "Not kept", isChosen: meaning == nil)]
            + ColumnMapping.Meaning.allCases.map { .init($0.rawValue, $0.words, isChosen: $0 == meaning) }),
        hint: hint(place, meaning))
    }
  }

  private func hint(_ place: Int, _ meaning: ColumnMapping.Meaning?) -> String? {
    let values = sample.compactMap { place < $0.count && !$0[place].isEmpty ? $0[place] : nil }
    let isGuess = meaning.flatMap { mapping.choices[$0]?.confidence } == .likely
    let shown = values.isEmpty ? "no value in the first rows" : values.joined(separator: ", ")
    return (isGuess ? "Our guess, please look. " : "") + "In the file: \(shown)"
  }
}

extension ColumnMapping.Meaning {
  /// The meaning in words.
  var words: String {
    switch self {
    case .number: "Student number"
    case .givenName: "Given name"
    case .middleName: "Middle name"
    case .familyName: "Family name"
    case .fullName: "Full name"
    case .preferredName: "Preferred name"
    case .birthDate: "Birth date"
    case .sex: "Sex"
    case .grade: "Grade"
    case .homeroom: "Homeroom"
    case .school: "School"
    case .status: "Status"
    case .email: "E-mail"
    case .phone: "Telephone"
    case .username: "Name to sign in with (only tells students apart)"
    case .guardianName: "Guardian's name"
    case .guardianEmail: "Guardian's e-mail"
    case .guardianPhone: "Guardian's telephone"
    case .guardianRelation: "Guardian's relation"
    case .guardian2Name: "Second guardian's name"
    case .guardian2Email: "Second guardian's e-mail"
    case .guardian2Phone: "Second guardian's telephone"
    case .guardian2Relation: "Second guardian's relation"
    }
  }
}

extension RosterImport.State {
  /// The state in words.
  var words: String {
    switch self {
    case .mapping: "Columns to choose"
    case .checked: "Checked"
    case .applying: "Being written"
    case .done: "Done"
    case .failed: "Failed"
    case .undoing: "Being undone"
    case .undone: "Undone"
    }
  }

  var tone: Tone {
    switch self {
    case .mapping, .checked, .undone: .plain
    case .applying, .undoing: .info
    case .done: .ok
    case .failed: .danger
    }
  }
}
