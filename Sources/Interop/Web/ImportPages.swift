import Directory
import Kernel
import Markup
import Rights
import Web

/// The wizard of imports: file, columns, check, import; and what came of each.
struct ImportPages: Sendable {
  let imports: ImportService
  let jobs: ImportJobs
  let exports: ExportService
  let zone: Zone

  var endpoints: [Endpoint] {
    let manage = Endpoint.Access.needs(.manageImports)
    return [
      .page(
        "/imports", "Imports, newest first.", manage, query: [.id("after", "The last import of the page before.")], list
      ),
      .listFile("/imports.csv", "Imports as a file for spreadsheets, newest first.", manage, file),
      .listFile("/api/v1/imports.csv", "Imports as a file for spreadsheets, newest first.", manage, file),
      .page("/imports/new", "The form for a new import.", manage, new),
      .form(
        "/imports", "Takes in a roster; nothing of it is written yet.", manage, cost: .upload(ImportUpload.limit),
        files: true, create),
      .page(
        "/imports/{id}", "An import: its columns, its check, its result.", manage,
        query: [.text("code", max: 60, "Findings of this cause alone.")], show),
      .page("/imports/{id}/columns", "What the columns of a list mean.", manage, columns),
      .form("/imports/{id}/columns", "Chooses what columns mean, and checks.", manage, choose),
      .form("/imports/{id}/application", "Writes a checked import.", manage, apply),
      .form("/imports/{id}/undo", "Takes an import back.", manage, undo),
      Endpoint(
        .get, "/imports/{id}/failed-rows.csv", "The rows with errors, each with what to do.", manage,
        query: [.text("file", "One of the files.")], answer: .file("text/csv"),
        handler: ImportAPI.failedRows(imports)),
      Endpoint(
        .get, "/exports/oneroster.zip", "The roster as a OneRoster package.", .needs(.makeExports),
        query: [.id("schoolId", "Of this school alone.")], answer: .file("application/zip"),
        refusals: [404], handler: ImportAPI.oneRoster(exports)),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let page = try await imports.imports(call.page, by: actor)
    let isFirst = call.query("after") == nil
    return try call.page("Imports", within: InteropPaths.imports) {
      ImportListView(page: page, isFirst: isFirst, mayExport: actor.has(.makeExports), words: MomentWords(zone: zone))
    }
  }

  private func file(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let file = ListFile<RosterImport>(
      "imports.csv",
      [
        .init("File") { $0.fileName }, .init("State") { $0.state.rawValue },
        .init("New") { "\($0.counts.sum.create)" }, .init("Changed") { "\($0.counts.sum.update)" },
        .init("Unchanged") { "\($0.counts.sum.unchanged)" }, .init("Errors") { "\($0.counts.sum.error)" },
        .init("When") { $0.at.description }, .init("Identifier") { $0.id.description },
      ])
    return try await file.reply { after in try await imports.imports(.ofFile(after: after), by: actor) }
  }

  private func new(_ call: Call) async throws -> Reply { try await form(call) }

  private func create(_ call: Call) async throws -> Reply {
    do {
      let (made, _) = try await imports.bring(ImportUpload.order(call), waitsForColumns: true, by: call.actor)
      return .seeOther(made.state == .mapping ? InteropPaths.columns(made.id) : InteropPaths.one(made.id))
    } catch let error as any ProblemConvertible where Self.isOfTheForm(error.problem) {
      return try await form(call, error.problem)
    }
  }

  private func form(_ call: Call, _ problem: Problem? = nil) async throws -> Reply {
    let schools = try await imports.schools(by: call.actor)
    return try call.page(
      "New import", within: InteropPaths.imports, status: problem == nil ? 200 : 422, breadcrumbs: Self.crumbs("New"),
      hasErrors: problem != nil
    ) { ImportFormView(schools: schools, problem: problem) }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let found = try await imports.find(try call.id("id"), by: actor)
    if found.state == .mapping { return .seeOther(InteropPaths.columns(found.id)) }
    let code = call.query("code")
    let findings = try await imports.findings(of: found.id, code: code, limit: 500, by: actor)
    let left = try await columnsLeftOut(found, actor)
    let isBusy = found.state == .applying || found.state == .undoing
    let words = MomentWords(zone: zone)
    return try call.page(
      found.fileName, within: InteropPaths.imports, breadcrumbs: Self.crumbs(found.fileName),
      hasErrors: found.state == .checked && found.counts.errors > 0, refreshSeconds: isBusy ? 2 : nil
    ) { ImportView(found: found, findings: findings, code: code, left: left, words: words, now: call.at) }
  }

  /// Files are kept for a time only; what was left out of them is told as long as they are there.
  private func columnsLeftOut(_ found: RosterImport, _ actor: Actor) async throws -> [UnkeptColumn] {
    do {
      return try await imports.columnsLeftOut(of: found.id, by: actor)
    } catch ImportProblem.filesGone {
      return []
    }
  }

  private func columns(_ call: Call) async throws -> Reply {
    let found = try await imports.find(try call.id("id"), by: call.actor)
    return try await columns(found, call)
  }

  private func columns(_ found: RosterImport, _ call: Call, _ problem: Problem? = nil) async throws -> Reply {
    let (mapping, sample) = try await imports.columns(of: found.id, by: call.actor)
    return try call.page(
      "Columns of \(found.fileName)", within: InteropPaths.imports, status: problem == nil ? 200 : 422,
      breadcrumbs: Self.crumbs(found.fileName), hasErrors: problem != nil
    ) { ImportColumnsView(found: found, mapping: mapping, sample: sample, problem: problem) }
  }

  private func choose(_ call: Call) async throws -> Reply {
    let id: ImportID = try call.id("id")
    let actor = try call.actor
    let form = try call.form()
    do {
      let (known, _) = try await imports.columns(of: id, by: actor)
      var mapping = ColumnMapping(header: known.header)
      for column in known.header.indices {
        let chosen: ColumnMapping.Meaning? = try form.word("column-\(column)")
        guard let meaning = chosen else { continue }
        guard mapping.choices[meaning] == nil else {
          throw RosterProblem.badMapping("Two columns mean “\(meaning.words)”. Leave one of them out.")
        }
        try mapping.choose(column, for: meaning)
      }
      mapping.dateOrder = try form.word("dateOrder")
      _ = try await imports.check(id, mapping: mapping, by: actor)
      return .seeOther(InteropPaths.one(id))
    } catch let error as any ProblemConvertible where Self.isOfTheForm(error.problem) {
      return try await columns(try await imports.find(id, by: actor), call, error.problem)
    }
  }

  private func apply(_ call: Call) async throws -> Reply {
    let id: ImportID = try call.id("id")
    let mode = try call.form().word("mode") as RosterImport.Mode?
    do {
      _ = try await jobs.apply(id, mode: mode, by: call.actor)
      return .seeOther(InteropPaths.one(id))
    } catch let problem as ImportProblem {
      return .seeOther(InteropPaths.one(id), flash: problem.problem.detail)
    }
  }

  private func undo(_ call: Call) async throws -> Reply {
    let id: ImportID = try call.id("id")
    do {
      _ = try await jobs.undo(id, by: call.actor)
      return .seeOther(InteropPaths.one(id))
    } catch let problem as ImportProblem {
      return .seeOther(InteropPaths.one(id), flash: problem.problem.detail)
    }
  }

  private static func crumbs(_ last: String) -> [Crumb] { [Crumb("Imports", path: InteropPaths.imports), Crumb(last)] }

  /// What a person can put right in the form itself.
  private static func isOfTheForm(_ problem: Problem) -> Bool {
    switch problem.kind {
    case .invalid, .malformed, .tooLarge: true
    default: false
    }
  }
}
