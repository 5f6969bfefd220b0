import ArgumentParser
import Foundation
import Interop
import Kernel
import Persistence
import Record
import Rights

/// `homeroom import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Brings in a roster: a list of students, School Data Sync or OneRoster.",
    discussion: """
      Example: homeroom import students.csv --school ALDER --dry-run
      The same file twice changes nothing. Passwords in a file are never read. Undo: homeroom import --undo ID
      """)
  @OptionGroup var installation: Installation
  @Argument(help: "A CSV file, a zip, or a folder of CSV files.") var path: String?
  @Option(help: "Code of the school, for files that do not say it.") var school: String?
  @Option(help: "Name of the system the file is from; its identifiers hold within it.") var source: String?
  @Flag(help: "Only say what would happen.") var dryRun = false
  @Flag(help: "Write nothing if any row has an error.") var allOrNothing = false
  @Option(help: "How dates are written: day-first, month-first or year-first.") var dates: String?
  @Option(help: "Write the rows with errors, and what to do, into this file.") var failedRows: String?
  @Option(help: "Take an import back, by its identifier.") var undo: String?
  @Flag(help: "Answer in JSON.") var json = false

  private static let actor = Actor.system("import")

  func validate() throws {
    guard (path == nil) != (undo == nil) else { throw ValidationError("Name a file or folder, or an import to undo.") }
    if let undo, ImportID(undo) == nil { throw ValidationError("An import has an identifier of 36 characters.") }
    if let dates, DateOrder(rawValue: dates) == nil {
      throw ValidationError("--dates takes day-first, month-first or year-first.")
    }
  }

  func run() async throws {
    try await Wiring.with(installation) { wiring in
      if let id = undo.flatMap(ImportID.init) { return try await takeBack(id, wiring.imports) }
      guard let path else { return }
      try await bring(path, wiring)
    }
  }

  // MARK: Bringing in

  private func bring(_ path: String, _ wiring: Wiring) async throws {
    let imports = wiring.imports
    let files = try RosterFiles(path: path)
    let name = URL(fileURLWithPath: path).lastPathComponent
    var order = ImportOrder(
      fileName: name, files: files, school: try await wiring.school(code: school), source: source,
      mode: allOrNothing ? .allOrNothing : .goodRows)
    if let dates, try RosterFormat.detect(files) == .plainStudents {
      order.mapping = try PlainStudents.mapping(of: files)
      order.mapping?.dateOrder = DateOrder(rawValue: dates)
    }
    // Good rows are written at once: what a check would find is found then.
    let (brought, source) = try await imports.bring(
      order, keepsFiles: false, checks: dryRun || allOrNothing, by: Self.actor)
    guard let source else { throw Bug("an import was brought without its roster") }
    var done = brought
    if !dryRun {
      let total = try source.countRecords()
      done = try await imports.apply(
        brought.id, from: source, by: Self.actor,
        at: imports.desk { done in Console.progress(done, of: total, "records") })
    }
    let findings = try await imports.findings(of: done.id, limit: 1000, by: Self.actor)
    try writeFailedRows(source, findings)
    report(done, source, findings)
    try end(done)
  }

  private func end(_ done: RosterImport) throws {
    if done.state == .failed { throw ExitCode.failed }
    // The same file again ends as it did the first time: its good rows stand, whoever brought them.
    if done.counts.errors > 0 { throw done.counts.good > 0 || dryRun ? ExitCode.partly : ExitCode.failed }
    if done.counts.warnings > 0 { throw ExitCode.warnings }
  }

  private func writeFailedRows(_ source: RosterSource, _ findings: [Finding]) throws {
    guard let failedRows, let file = findings.first(where: { $0.severity == .error && $0.row != nil })?.file,
      let bytes = try source.failedRows(of: file, findings)
    else { return }
    try Data(bytes).write(to: URL(fileURLWithPath: failedRows))
    Console.error("The rows of \(file) with errors are in \(failedRows).")
  }

  // MARK: Saying so

  private func report(_ done: RosterImport, _ source: RosterSource, _ findings: [Finding]) {
    if json { return Console.say(answer(done, source, findings).text) }
    let header = ["", dryRun ? "to create" : "created", dryRun ? "to update" : "updated", "unchanged", "errors"]
    Console.say("\(done.format.title), \(done.fileName)" + (dryRun ? " (dry run: nothing was written)" : ""))
    Console.say(Self.row(header))
    for kind in RosterKind.allCases where done.counts[kind].total > 0 {
      let tally = done.counts[kind]
      Console.say(
        Self.row([kind.plural] + [tally.create, tally.update, tally.unchanged, tally.error].map(String.init)))
    }
    for (code, cause) in done.counts.causes.sorted(by: { $0.key < $1.key }) {
      Console.error("\n\(cause.severity.rawValue) \(code), \(cause.count) times")
      for finding in findings.filter({ $0.code == code }).prefix(5) { Console.error("  \(Self.line(finding))") }
    }
    let left = source.columnsLeftOut
    if !left.isEmpty {
      let words = left.map { "\($0.file): \($0.column)\($0.isSecret ? " (passwords are not read)" : "")" }
      Console.error("\nNot kept: \(words.joined(separator: "; "))")
    }
    if let problem = done.problem { Console.error("\n\(problem)") }
    if !dryRun, done.counts.changes > 0 { Console.say("Undo within 30 days: homeroom import --undo \(done.id)") }
  }

  private func answer(_ done: RosterImport, _ source: RosterSource, _ findings: [Finding]) -> JSON {
    let left = source.columnsLeftOut.map {
      JSON.object([("file", .string($0.file)), ("column", .string($0.column)), ("isSecret", .bool($0.isSecret))])
    }
    return .object([
      ("id", .string(done.id.description)), ("state", .string(done.state.rawValue)),
      ("format", .string(done.format.rawValue)), ("dryRun", .bool(dryRun)), ("counts", done.counts.json),
      ("changes", .int(dryRun ? 0 : done.counts.changes)),
      ("findings", .array(findings.map(\.json))), ("columnsNotKept", .array(left)),
      ("problem", done.problem.map(JSON.string) ?? .null),
    ])
  }

  private static func line(_ finding: Finding) -> String {
    let place = [finding.row.map { "row \($0)" }, finding.column].compactMap { $0 }.joined(separator: ", ")
    let value = finding.value.map { " “\($0)”" } ?? ""
    return "\(finding.file)\(place.isEmpty ? "" : " ")\(place)\(value): \(finding.message)"
  }

  private static func row(_ cells: [String]) -> String {
    cells.enumerated().map { place, cell in
      place == 0
        ? cell.padding(toLength: 16, withPad: " ", startingAt: 0)
        : String(repeating: " ", count: max(1, 11 - cell.count)) + cell
    }.joined()
  }

  // MARK: Taking back

  private func takeBack(_ id: ImportID, _ imports: ImportService) async throws {
    let outcome = try await imports.undo(id, by: Self.actor) { outcome in
      Console.progress(outcome.undone + outcome.leftCount, of: outcome.total, "rows")
    }
    if json {
      let left = outcome.left.map { left in
        JSON.object([
          ("kind", .string(left.kind)), ("id", .string(left.id.description)), ("why", .string(left.why.rawValue)),
        ])
      }
      Console.say(
        JSON.object([
          ("removed", .int(outcome.removed)), ("changedBack", .int(outcome.changedBack)),
          ("restored", .int(outcome.restored)), ("left", .int(outcome.leftCount)), ("leftRows", .array(left)),
        ]).text)
    } else {
      Console.say(
        "Taken back: \(outcome.removed) removed, \(outcome.changedBack) changed back, \(outcome.restored) restored.")
      for left in outcome.left.prefix(20) { Console.error("left alone: \(left.kind) \(left.id), \(left.why.words)") }
      if outcome.leftCount > 20 { Console.error("… and \(outcome.leftCount - 20) more") }
    }
    if outcome.leftCount > 0 { throw ExitCode.warnings }
  }
}

extension UndoLeft.Reason {
  /// The reason in words.
  fileprivate var words: String {
    switch self {
    case .changedSince: "changed since"
    case .usedSince: "used since"
    case .lacksOther: "what it belonged to is in the recycle bin"
    case .keyTaken: "its key belongs to another row now"
    }
  }
}
