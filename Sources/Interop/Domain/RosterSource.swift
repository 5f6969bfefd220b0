/// A roster in any of the formats we know, ready to be read as neutral records.
///
/// A value: reading it twice gives the same records. `init` already refuses files that lack what the format needs, and
/// tells what will not be kept.
public struct RosterSource: Sendable {
  /// The format.
  public let format: RosterFormat
  /// The files.
  public let files: RosterFiles
  /// Which column of a plain student list means what; nil for the other formats.
  public let mapping: ColumnMapping?
  /// Columns whose values are not kept, in the order of files and columns. Those with passwords are always among them.
  public let columnsNotKept: [UnkeptColumn]

  /// Recognises the format, unless told, and checks that its files and columns are there.
  ///
  /// - Parameter mapping: for a plain student list, what a person chose instead of our guess.
  public init(
    _ files: RosterFiles, format: RosterFormat? = nil, mapping: ColumnMapping? = nil
  ) throws(RosterProblem) {
    self.files = files
    if let format { self.format = format } else { self.format = try RosterFormat.detect(files) }
    if let mapping {
      self.mapping = mapping
    } else {
      self.mapping = self.format == .plainStudents ? try PlainStudents.mapping(of: files) : nil
    }
    let stages = try Self.stages(self.format, files, self.mapping)
    columnsNotKept = Self.notKept(files, stages)
  }

  /// A fresh reading from the first row.
  public func reading() throws(RosterProblem) -> RosterReading {
    let unread = files.names.filter { !isKnown($0) }.map { file in
      Finding(
        .warning, file: file, code: "FILE_NOT_READ",
        message: "\(format.title) has no file of this name, so nothing of it is read. Leave it out, or rename it.")
    }
    return RosterReading(try Self.stages(format, files, mapping), findings: unread)
  }

  /// How many records there are: one pass over all files.
  public func countRecords() throws(RosterProblem) -> Int {
    let reading = try reading()
    while try reading.next() != nil {}
    return reading.counts.records.values.reduce(0, +)
  }

  private func isKnown(_ file: String) -> Bool {
    switch format {
    case .plainStudents: true
    case .schoolDataSync1: SchoolDataSync1.files.contains(file.lowercased())
    case .schoolDataSync2: SchoolDataSync2.files.contains(file.lowercased())
    case .oneRoster:
      (OneRosterColumns.catalogue + ["manifest"]).contains { "\($0).csv".lowercased() == file.lowercased() }
    }
  }

  private static func stages(
    _ format: RosterFormat, _ files: RosterFiles, _ mapping: ColumnMapping?
  ) throws(RosterProblem) -> [RosterStage] {
    switch format {
    case .plainStudents:
      guard let mapping else { return try PlainStudents.stages(files, PlainStudents.mapping(of: files)) }
      return try PlainStudents.stages(files, mapping)
    case .schoolDataSync1: return try SchoolDataSync1.stages(files)
    case .schoolDataSync2: return try SchoolDataSync2.stages(files)
    case .oneRoster: return try OneRosterReader.stages(files)
    }
  }

  private static func notKept(_ files: RosterFiles, _ stages: [RosterStage]) -> [UnkeptColumn] {
    var kept: [String: Set<Int>] = [:]
    for table in stages.compactMap(\.table) { kept[table.file, default: []].formUnion(table.kept) }
    var columns: [UnkeptColumn] = []
    for file in files.names where file.lowercased() != "manifest.csv" {
      // A file that nothing is read from may be unreadable; then it has no columns to tell of.
      guard let bytes = files[file], let header = try? CSVReader(bytes).header else { continue }
      for (place, name) in header.enumerated() where !(kept[file] ?? []).contains(place) && !name.isEmpty {
        columns.append(UnkeptColumn(file: file, column: name))
      }
    }
    return columns
  }
}

/// Records and findings that were read together.
public struct RosterBatch: Sendable {
  /// The records, each after all it refers to.
  public internal(set) var records: [RosterRecord] = []
  /// What was found while reading them.
  public internal(set) var findings: [Finding] = []
}

/// How much was read so far.
public struct RosterCounts: Sendable, Equatable {
  /// Rows by file, ragged and wrong ones counted, the header and blank ones not.
  public internal(set) var rows: [String: Int] = [:]
  /// Records by kind.
  public internal(set) var records: [RosterKind: Int] = [:]
  /// Findings that are errors.
  public internal(set) var errors = 0
  /// Findings that are warnings.
  public internal(set) var warnings = 0
}

/// One pass over a roster, batch by batch, so that a caller can store one batch before the next is read.
///
/// Used by one task at a time; what it keeps in memory is identifiers, not rows.
public final class RosterReading {
  /// How much was read so far.
  public private(set) var counts = RosterCounts()

  private let stages: [RosterStage]
  private var current = 0
  private var check = RosterCheck()
  private var waiting: [RosterRecord] = []
  private var place = 0
  private var references: [RosterReference: String] = [:]
  private var findings: [Finding]

  init(_ stages: [RosterStage], findings: [Finding]) {
    self.stages = stages
    self.findings = findings
  }

  /// At most `size` records more and what was found meanwhile; nil at the end. Throws when a file cannot be read on:
  /// then nothing of the roster should be used.
  public func next(_ size: Int = 500) throws(RosterProblem) -> RosterBatch? {
    var batch = RosterBatch(records: [], findings: findings)
    findings = []
    while batch.records.count < size, batch.findings.count < size {
      if place < waiting.count {
        if let record = check.admit(waiting[place], columns: references, &batch.findings) {
          batch.records.append(record)
        }
        place += 1
      } else if try !advance(&batch) {
        break
      }
    }
    count(batch)
    return batch.records.isEmpty && batch.findings.isEmpty ? nil : batch
  }

  /// Reads to the end, handing over each record; returns all findings. For small rosters and tests.
  public func readAll(_ take: (RosterRecord) throws -> Void) throws -> [Finding] {
    var all: [Finding] = []
    while let batch = try next() {
      for record in batch.records { try take(record) }
      all += batch.findings
    }
    return all
  }

  /// Reads a row more, or goes to the next stage; false when there is none.
  private func advance(_ batch: inout RosterBatch) throws(RosterProblem) -> Bool {
    guard current < stages.count else { return false }
    let stage = stages[current]
    waiting.removeAll(keepingCapacity: true)
    (place, references) = (0, stage.references)
    let hasMore = try stage.advance(into: &waiting)
    if let table = stage.table {
      batch.findings += table.takeFindings()
      if !hasMore { counts.rows[table.file] = table.rows }
    }
    if !hasMore { current += 1 }
    return true
  }

  private func count(_ batch: RosterBatch) {
    for record in batch.records { counts.records[record.kind, default: 0] += 1 }
    let errors = batch.findings.count { $0.severity == .error }
    counts.errors += errors
    counts.warnings += batch.findings.count - errors
  }
}

/// One pass over one file, or what was gathered from earlier ones.
struct RosterStage {
  /// The file; nil when everything was gathered before.
  var table: RosterTable?
  /// Which column holds which reference, for findings.
  var references: [RosterReference: String] = [:]
  /// Turns the table's current row into records.
  var row: (RosterTable, inout [RosterRecord]) -> Void = { _, _ in }
  /// What comes after the last row.
  var end: (inout [RosterRecord]) -> Void = { _ in }

  /// Reads one row more; false when that was the end.
  func advance(into records: inout [RosterRecord]) throws(RosterProblem) -> Bool {
    if let table, try table.advance() {
      row(table, &records)
      return true
    }
    end(&records)
    return false
  }
}
