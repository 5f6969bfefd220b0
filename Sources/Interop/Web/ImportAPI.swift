import Kernel
import Markup
import Rights
import Web

/// Imports and the OneRoster export as JSON and files.
struct ImportAPI: Sendable {
  let imports: ImportService
  let jobs: ImportJobs
  let exports: ExportService

  private static let uploadQuery: [QueryParameter] = [
    .text("fileName", "The file's name, where the body is the file."),
    .id("schoolId", "The school, for files that do not say it."),
    .text("source", max: 60, "The system the file's identifiers are of; the format's name when nobody says."),
    .word("mode", RosterImport.Mode.allCases.map(\.rawValue), "What happens to rows with errors."),
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/imports", "Lists imports, newest first.", .needs(.manageImports),
        query: Endpoint.listQuery.filter { $0.name != "count" }, answer: .many(ImportJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/imports",
        "Takes in a roster and checks it; nothing of it is written yet. A form with files, or the file itself.",
        .needs(.manageImports), cost: .upload(ImportUpload.limit), query: Self.uploadQuery, input: .files,
        answer: .one(ImportJSON.shape), status: 201, refusals: [413, 415], handler: create),
      Endpoint(
        .get, "/api/v1/imports/{id}", "One import: what it would do or did, and the first 200 findings.",
        .needs(.manageImports), answer: .one(ImportJSON.shape), handler: show),
      Endpoint(
        .post, "/api/v1/imports/{id}/application", "Writes a checked import in the background.",
        .needs(.manageImports), answer: .one(ImportJobJSON.shape), status: 202, refusals: [409], handler: apply),
      Endpoint(
        .post, "/api/v1/imports/{id}/undo", "Takes a written import back in the background, for 30 days.",
        .needs(.manageImports), answer: .one(ImportJobJSON.shape), status: 202, refusals: [409], handler: undo),
      Endpoint(
        .delete, "/api/v1/imports/{id}", "The same as undo.", .needs(.manageImports),
        answer: .one(ImportJobJSON.shape), status: 202, refusals: [409], handler: undo),
      Endpoint(
        .get, "/api/v1/imports/{id}/failed-rows.csv", "The rows with errors, each with what to do.",
        .needs(.manageImports), query: [.text("file", "One of the files; the first with errors when nobody says.")],
        answer: .file("text/csv"), refusals: [409], handler: Self.failedRows(imports)),
      Endpoint(
        .get, "/api/v1/exports/oneroster.zip", "The roster as a OneRoster 1.2 bulk package.", .needs(.makeExports),
        query: [.id("schoolId", "Of this school alone.")], answer: .file("application/zip"),
        refusals: [404], handler: Self.oneRoster(exports)),
    ]
  }

  /// Answers the rows with errors; the pages link to the same.
  static func failedRows(_ imports: ImportService) -> @Sendable (Call) async throws -> Reply {
    { call in
      let rows = try await imports.failedRows(of: try call.id("id"), file: call.query("file"), by: call.actor)
      return .file(rows.name, "text/csv; charset=utf-8", .bytes(rows.bytes))
    }
  }

  /// Answers the roster as a package; the pages link to the same.
  static func oneRoster(_ exports: ExportService) -> @Sendable (Call) async throws -> Reply {
    { call in
      let package = try await exports.oneRoster(of: call.query("schoolId").flatMap(OrgID.init), by: call.actor)
      return .file("oneroster.zip", "application/zip", .bytes(package.zip))
        .with("X-Left-Out", "\(package.leftOut.count)")
    }
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await imports.imports(call.page, by: call.actor)
    return .many(page.map { ImportJSON($0) }, ImportJSON.shape, limit: call.page.limit)
  }

  private func create(_ call: Call) async throws -> Reply {
    let (made, source) = try await imports.bring(ImportUpload.order(call), by: call.actor)
    let findings = try await imports.findings(of: made.id, by: call.actor)
    return .created(
      ImportJSON(made, findings: findings, left: source?.columnsLeftOut ?? []), ImportJSON.shape,
      version: made.revision,
      at: InteropPaths.api(made.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let found = try await imports.find(try call.id("id"), by: call.actor)
    let findings = try await imports.findings(of: found.id, by: call.actor)
    return .one(ImportJSON(found, findings: findings), ImportJSON.shape, version: found.revision)
  }

  private func apply(_ call: Call) async throws -> Reply {
    started(try await jobs.apply(try call.id("id"), by: call.actor))
  }

  private func undo(_ call: Call) async throws -> Reply {
    started(try await jobs.undo(try call.id("id"), by: call.actor))
  }

  private func started(_ job: JobID) -> Reply {
    .one(
      ImportJobJSON(jobId: job, job: InteropPaths.apiJob(job).description), ImportJobJSON.shape, status: 202,
      location: InteropPaths.apiJob(job))
  }
}

/// The job that does what was asked.
struct ImportJobJSON: Sendable {
  var jobId: JobID
  var job: String

  static let shape = Shape(
    "ImportJob",
    sample: ImportJobJSON(jobId: ID(high: 1, low: 1), job: "/api/v1/jobs/00000000-0000-0001-0000-000000000001")
  ) { visit, it in
    visit("jobId", &it.jobId, .id(), "The job.")
    visit("job", &it.job, .made, "Where the job tells how far it is.")
  }
}

/// An import as JSON.
struct ImportJSON: Sendable {
  var id: ImportID
  var source: String
  var format: RosterFormat
  var fileName: String
  var schoolId: OrgID?
  var state: RosterImport.State
  var mode: RosterImport.Mode
  var create: Int
  var update: Int
  var unchanged: Int
  var error: Int
  var counts: JSON
  var findings: JSON
  var columnsNotKept: JSON
  var problem: String?
  var jobId: JobID?
  var at: Instant
  var undoUntil: Instant?
  var revision: Int

  static let shape = Shape("Import", sample: sample) { visit, it in
    visit("id", &it.id, .id(), "The import's identifier.")
    visit("source", &it.source, .made, "The system the file's identifiers are of.")
    visit("format", &it.format, .word, "The format.")
    visit("fileName", &it.fileName, .made, "The file's name.")
    visit("schoolId", &it.schoolId, .id(), "The school that was chosen.")
    visit("state", &it.state, .word, "Where it stands.")
    visit("mode", &it.mode, .word, "What happens to rows with errors.")
    visit("create", &it.create, .count, "Records that are new.")
    visit("update", &it.update, .count, "Records that change.")
    visit("unchanged", &it.unchanged, .count, "Records that are here just so.")
    visit("error", &it.error, .count, "Rows with errors.")
    visit("counts", &it.counts, .anything, "The same by sort of record, and findings by cause.")
    visit("findings", &it.findings, .anything, "The first 200 findings: file, row, column, value, what to do.")
    visit("columnsNotKept", &it.columnsNotKept, .anything, "Columns of the files that are not kept.")
    visit("problem", &it.problem, .made, "Why it failed, or what an undo left alone.")
    visit("jobId", &it.jobId, .id(), "The job that writes it or takes it back.")
    visit("at", &it.at, .instant, "When it was brought.")
    visit("undoUntil", &it.undoUntil, .instant, "Until when it can be taken back.")
    visit("revision", &it.revision, .count, "Goes up with every change.")
  }

  private static let sample = ImportJSON(
    id: ID(high: 1, low: 2), source: "sds-v2.1", format: .schoolDataSync2, fileName: "roster.zip", schoolId: nil,
    state: .checked, mode: .goodRows, create: 214, update: 31, unchanged: 963, error: 7,
    counts: ImportCounts().json, findings: .array([]), columnsNotKept: .array([]), problem: nil, jobId: nil,
    at: Instant(milliseconds: 1_795_424_400_000), undoUntil: nil, revision: 1)
}

extension ImportJSON {
  init(_ import: RosterImport, findings: [Finding] = [], left: [UnkeptColumn] = []) {
    let sum = `import`.counts.sum
    self.init(
      id: `import`.id, source: `import`.source, format: `import`.format, fileName: `import`.fileName,
      schoolId: `import`.school, state: `import`.state, mode: `import`.mode, create: sum.create, update: sum.update,
      unchanged: sum.unchanged, error: sum.error, counts: `import`.counts.json,
      findings: .array(findings.map(\.json)),
      columnsNotKept: .array(
        left.map {
          .object([
            ("file", .string($0.file)), ("column", .string($0.column)), ("isSecret", .bool($0.isSecret)),
          ])
        }), problem: `import`.problem, jobId: `import`.job, at: `import`.at, undoUntil: `import`.undoUntil,
      revision: `import`.revision)
  }
}
