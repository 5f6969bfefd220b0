import Directory
public import Kernel
import Persistence
public import Rights

extension ImportService {
  /// Takes in a roster and checks it: nothing of it is written but the import itself, and, if `keepsFiles`, its files
  /// without passwords. Throws when the files as a whole cannot be read.
  ///
  /// With `waitsForColumns` a student list is not checked before its columns are chosen. Without `checks` nothing is
  /// checked at all: for whoever writes the good rows at once, and hears of the others then.
  public func bring(
    _ order: ImportOrder, keepsFiles: Bool = true, waitsForColumns: Bool = false, checks: Bool = true, by actor: Actor
  ) async throws -> (import: RosterImport, source: RosterSource?) {
    let reach = try actor.require(.manageImports)
    let format = try order.format ?? Self.format(of: order.files, waitsForColumns)
    if waitsForColumns { try UploadedFiles.requireReadable(order.files) }
    let files = try UploadedFiles.withoutSecrets(order.files)
    let mapping = try await mapping(order, format, files)
    let waits = format == .plainStudents && waitsForColumns
    let source = waits ? nil : try RosterSource(order.files, format: format, mapping: mapping)
    let importing = RosterImport(
      id: .new(at: clock.now()), source: try Self.source(order.source, format), format: format,
      fileName: String(Text.normalized(order.fileName).prefix(200)), fileHash: UploadedFiles.hash(of: files),
      school: try await school(order.school, format, mapping, reach), mapping: mapping?.json,
      state: waits ? .mapping : .checked, mode: order.mode, counts: ImportCounts(), position: 0, problem: nil,
      account: actor.account, at: clock.now(), finishedAt: nil, job: nil, revision: 1)
    var checked = importing
    var findings: [Finding] = []
    if checks, let source { (checked.counts, findings) = try await run(importing, source, by: actor).check() }
    let (new, found) = (checked, findings)
    try await database.write { tx in
      try store.insert(new, in: tx)
      try store.append(found, to: new.id, in: tx)
    }
    if keepsFiles { try await keep(files, of: new.id) }
    return (new, source)
  }

  /// Chooses what columns mean, the school, and what happens to rows with errors, and checks the roster anew.
  public func check(
    _ id: ImportID, mapping: ColumnMapping? = nil, mode: RosterImport.Mode? = nil, by actor: Actor
  ) async throws -> RosterImport {
    let importing = try await find(id, by: actor)
    guard importing.state == .mapping || importing.state == .checked else {
      throw ImportProblem.wrongState(importing.state)
    }
    let files = try await files(of: id)
    var changed = importing
    if let mapping { changed.mapping = mapping.json }
    if let mode { changed.mode = mode }
    let source = try source(of: changed, files)
    let outcome = try await run(changed, source, by: actor).check()
    (changed.counts, changed.state) = (outcome.counts, .checked)
    let checked = changed
    try await database.write { tx in
      guard let now = try store.find(id, where: "TRUE", in: tx), now.revision == importing.revision else {
        throw ImportProblem.wrongState(.applying)
      }
      try store.forgetFindings(of: id, in: tx)
      try store.append(outcome.findings, to: id, in: tx)
      try store.save(checked, in: tx)
    }
    return try await find(id, by: actor)
  }

  /// The columns of a student list as they are chosen now, with the first rows to look at.
  public func columns(
    of id: ImportID, by actor: Actor
  ) async throws -> (mapping: ColumnMapping, sample: [[String]]) {
    let importing = try await find(id, by: actor)
    let files = try await files(of: id)
    guard importing.format == .plainStudents else { throw ImportProblem.wrongState(importing.state) }
    let guess = try PlainStudents.mapping(of: files)
    return (try mapping(of: importing, files) ?? guess, try PlainStudents.sample(of: files))
  }

  // MARK: Inside

  /// One file that is none of the formats is a student list whose columns a person has to name.
  private static func format(of files: RosterFiles, _ waitsForColumns: Bool) throws(RosterProblem) -> RosterFormat {
    do {
      return try RosterFormat.detect(files)
    } catch {
      guard case .unknownFormat = error, waitsForColumns, files.names.count == 1 else { throw error }
      return .plainStudents
    }
  }

  private static func source(_ name: String?, _ format: RosterFormat) throws(ImportProblem) -> String {
    guard let name else { return format.rawValue }
    let plain = Text.normalized(name)
    guard Text.isPlain(plain), (1...60).contains(plain.unicodeScalars.count) else { throw .badSource }
    return plain
  }

  /// What the columns mean: as ordered, or our guess, overruled by what was chosen for the last list of the source.
  private func mapping(
    _ order: ImportOrder, _ format: RosterFormat, _ files: RosterFiles
  ) async throws -> ColumnMapping? {
    guard format == .plainStudents else { return nil }
    if let mapping = order.mapping { return mapping }
    let guess = try PlainStudents.mapping(of: files)
    let source = try Self.source(order.source, format)
    let kept = try await database.read { tx in
      try store.lastMapping(source: source, school: order.school, in: tx)
    }
    guard let kept else { return guess }
    var mapping = ColumnMapping.guess(header: guess.header, remembering: ColumnMapping.names(kept))
    mapping.dateOrder = (kept["dateOrder"]?.string).flatMap(DateOrder.init)
    return mapping
  }

  /// The school chosen, or the only one there is when the file cannot say it.
  private func school(
    _ chosen: OrgID?, _ format: RosterFormat, _ mapping: ColumnMapping?, _ reach: Reach
  ) async throws -> OrgID? {
    let orgs = try await database.read { tx in try Roster(record: record).organisations(in: tx) }
    let open = orgs.filter { reach.covers($0.id) }
    if let chosen {
      guard let org = open.first(where: { $0.id == chosen }) else { throw Problem.notFound("school") }
      guard org.details.kind.hasStudents || reach.isEverywhere && format != .plainStudents else {
        throw ImportProblem.notASchool(org.details.name)
      }
      return chosen
    }
    let saysSchool = format != .plainStudents || mapping?.choices[.school] != nil
    if reach.isEverywhere, saysSchool { return nil }
    let schools = open.filter { $0.details.kind.hasStudents }
    guard schools.count == 1, let only = schools.first else { throw ImportProblem.schoolRequired }
    return only.id
  }

  /// Keeps the files in pieces, some in each transaction.
  private func keep(_ files: RosterFiles, of id: ImportID) async throws {
    for name in files.names {
      let bytes = files[name] ?? []
      let pieces = stride(from: 0, to: max(bytes.count, 1), by: ImportStore.pieceSize).enumerated().map { $0 }
      for start in stride(from: 0, to: pieces.count, by: 8) {
        let some = Array(pieces[start..<min(start + 8, pieces.count)])
        try await database.write { tx in
          for (piece, offset) in some {
            let end = min(offset + ImportStore.pieceSize, bytes.count)
            try store.insert(bytes[offset..<end], piece: piece, of: name, id, in: tx)
          }
        }
      }
    }
  }
}
