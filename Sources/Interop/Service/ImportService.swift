public import Directory
public import Kernel
public import Persistence
public import Record
public import Rights

/// Brings rosters in: checks them, writes them in short transactions so that nobody waits, and takes them back.
///
/// Whoever may import for some schools only has to choose one of them; nothing outside of those schools is touched, and
/// names in the roster hold within the chosen school alone. Imports make people, never accounts.
public struct ImportService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let zone: Zone
  let tables: [AnyRecordedTable]
  let store = ImportStore()

  /// A service over all recorded tables of the installation, which an undo may have to look at.
  public init(
    database: any Database, record: Record = Record(), clock: any WallClock, zone: Zone = .utc,
    tables: [AnyRecordedTable]
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.zone = zone
    self.tables = tables
  }

  // MARK: Looking

  /// The imports one may know of, newest first.
  public func imports(_ page: PageRequest = PageRequest(), by actor: Actor) async throws -> Page<RosterImport> {
    let visible = try Self.visible(to: actor)
    return try await database.read { tx in try store.page(page, where: visible, in: tx) }
  }

  /// An import; `NOT_FOUND` when it is not there or not this person's to know of.
  public func find(_ id: ImportID, by actor: Actor) async throws -> RosterImport {
    let visible = try Self.visible(to: actor)
    guard let found = try await database.read({ tx in try store.find(id, where: visible, in: tx) }) else {
      throw Problem.notFound("import")
    }
    return found
  }

  /// What was found in an import, in the order of the files; of one cause or of all.
  public func findings(
    of id: ImportID, code: String? = nil, severity: Finding.Severity? = nil, limit: Int = 200, by actor: Actor
  ) async throws -> [Finding] {
    _ = try await find(id, by: actor)
    return try await database.read { tx in
      try store.findings(of: id, code: code, severity: severity, limit: min(max(limit, 1), 1000), in: tx)
    }
  }

  /// The columns of an import's files that are not kept.
  public func columnsLeftOut(of id: ImportID, by actor: Actor) async throws -> [UnkeptColumn] {
    try source(of: try await find(id, by: actor), await files(of: id)).columnsLeftOut
  }

  /// The rows of a file that have errors, with what to do, to be corrected and sent again; of the first such file
  /// unless one is named. At most the first 10,000 findings count.
  public func failedRows(
    of id: ImportID, file: String? = nil, by actor: Actor
  ) async throws -> (name: String, bytes: [UInt8]) {
    let importing = try await find(id, by: actor)
    let findings = try await database.read { tx in
      try store.findings(of: id, severity: .error, limit: ImportStore.errorLimit, in: tx)
    }
    guard let file = file ?? findings.first(where: { $0.row != nil })?.file else { throw ImportProblem.noFailedRows }
    let source = try source(of: importing, await files(of: id))
    guard let bytes = try source.failedRows(of: file, findings) else { throw ImportProblem.noFailedRows }
    return ("failed-\(file)", bytes)
  }

  /// The schools one may import for, by name.
  public func schools(by actor: Actor) async throws -> [Org] {
    let reach = try actor.require(.manageImports)
    let orgs = try await database.read { tx in try Roster(record: record).organisations(in: tx) }
    return orgs.filter { $0.details.kind.hasStudents && reach.covers($0.id) }
  }

  /// Forgets files that nobody can undo or correct any more; some at a time, how many pieces went.
  @discardableResult
  public func forgetOldFiles() async throws -> Int {
    let before = clock.now().adding(.seconds(-RosterImport.undoDays * 86_400))
    return try await database.write { tx in try store.forgetFiles(before: before, in: tx) }
  }

  // MARK: Inside

  static func visible(to actor: Actor) throws(Problem) -> SQL {
    ImportStore.visible(to: actor.account, within: try actor.require(.manageImports))
  }

  var today: SchoolDate { zone.date(at: clock.now()) }

  func files(of id: ImportID) async throws -> RosterFiles {
    let files = try await database.read { tx in try store.files(of: id, in: tx) }
    guard !files.isEmpty else { throw ImportProblem.filesGone }
    return try RosterFiles(files)
  }

  /// The roster of an import, read as was chosen.
  func source(of importing: RosterImport, _ files: RosterFiles) throws -> RosterSource {
    try RosterSource(files, format: importing.format, mapping: mapping(of: importing, files))
  }

  /// The columns as they were chosen; nil for formats that need no choice.
  func mapping(of importing: RosterImport, _ files: RosterFiles) throws -> ColumnMapping? {
    guard importing.format == .plainStudents, let kept = importing.mapping else { return nil }
    return try ColumnMapping(kept, header: PlainStudents.mapping(of: files).header)
  }

  func run(_ importing: RosterImport, _ source: RosterSource, by actor: Actor) throws -> ImportRun {
    ImportRun(
      database: database, clock: clock,
      setting: IntakeSetting(
        importing: importing.id, source: importing.source, format: importing.format, school: importing.school,
        reach: try actor.require(.manageImports), today: today, survey: try IntakeSurvey(of: source)),
      source: source)
  }
}
