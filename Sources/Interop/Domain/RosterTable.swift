internal import Kernel

/// One file of a roster and the row being read: gives typed values by column and gathers findings about them.
///
/// Belongs to one `RosterReading`. Only columns that were asked for are ever turned into text, so that a password
/// column is passed over by construction.
final class RosterTable {
  /// A column by its place and the file's own name for it.
  struct Column {
    let index: Int
    let name: String
  }

  /// The name of the file.
  let file: String
  /// Rows read so far, ragged ones counted.
  private(set) var rows = 0
  /// The places of the columns that were asked for.
  private(set) var kept: Set<Int> = []
  /// The column by which OneRoster marks deleted rows, looked up once as every row is asked.
  private(set) lazy var status = column("status")
  /// The header as it stands in the file.
  var header: [String] { reader.header }

  private var reader: CSVReader
  private var findings: [Finding] = []
  private var missing: [String] = []
  private let places: [HeaderName: Int]
  private let secrets: [Int]
  private let isQuiet: Bool

  /// Opens a file of `files`; a header that names a column twice is refused unless columns are chosen by place.
  ///
  /// - Parameter isQuiet: for the first of two passes over a file: what is wrong with rows is left to the second.
  init(_ files: RosterFiles, _ name: String, format: RosterFormat, isQuiet: Bool = false) throws(RosterProblem) {
    self.isQuiet = isQuiet
    file = files.spelling(of: name)
    guard let bytes = files[name] else { throw .missingFile(name, format: format) }
    reader = try Self.read(bytes, file: file)
    var places: [HeaderName: Int] = [:]
    for (place, column) in reader.header.enumerated() where !column.isEmpty {
      if places.updateValue(place, forKey: HeaderName(column)) != nil, format != .plainStudents {
        throw .duplicateColumn(file: file, column: column)
      }
    }
    self.places = places
    secrets = reader.header.indices.filter { [header = reader.header] in HeaderName(header[$0]).isSecret }
  }

  /// A reader over bytes, its problems named by file.
  static func read(_ bytes: [UInt8], file: String) throws(RosterProblem) -> CSVReader {
    do { return try CSVReader(bytes) } catch { throw .csv(file: file, error) }
  }

  // MARK: Columns

  /// A column by one of its names; nil when the file has none of them. Its values are kept.
  func column(_ names: String...) -> Column? {
    names.lazy.compactMap { self.places[HeaderName($0)] }.first.map(column(at:))
  }

  /// A column by place. A column of passwords is never given out.
  func column(at place: Int) -> Column {
    precondition(!secrets.contains(place), "a column of passwords is not read")
    kept.insert(place)
    return Column(index: place, name: reader.header[place])
  }

  /// A column that must be there; `requireColumns()` tells of all that are not.
  func required(_ name: String) -> Column {
    if let column = column(name) { return column }
    missing.append(name)
    return Column(index: .max, name: name)
  }

  /// Notes columns that are understood although nothing of them is kept, so that nobody is told they are lost.
  func understand(_ names: String...) {
    for name in names { _ = column(name) }
  }

  /// Refuses a file without the columns it needs.
  func requireColumns() throws(RosterProblem) {
    if !missing.isEmpty { throw .missingColumns(file: file, columns: missing) }
  }

  // MARK: Rows

  /// Goes to the next row of the right width; others become findings. False at the end.
  func advance() throws(RosterProblem) -> Bool {
    while try nextRow() {
      rows += 1
      guard reader.isRagged else { return true }
      add(
        Finding(
          .error, file: file, row: reader.row, code: "RAGGED_ROW",
          message: "This row has \(reader.fieldCount) fields where the header has \(reader.header.count). "
            + "Look for a missing quote or separator."))
    }
    return false
  }

  private func nextRow() throws(RosterProblem) -> Bool {
    do { return try reader.nextRow() } catch { throw .csv(file: file, error) }
  }

  /// The findings since the last call.
  func takeFindings() -> [Finding] {
    defer { findings.removeAll(keepingCapacity: true) }
    return findings
  }

  /// Where the current row is.
  var spot: RosterSpot { RosterSpot(file: file, row: reader.row) }

  /// Notes something about the current row, showing the value of `column` unless a password of the row reads the same:
  /// in a row whose fields have slipped it may be one.
  func note(_ severity: Finding.Severity, _ column: Column?, _ code: String, _ message: String) {
    let value = column.map { reader.text($0.index) }
    let isSecret = secrets.contains { reader.text($0) == value }
    add(
      Finding(
        severity, file: file, row: reader.row, column: column?.name, value: isSecret ? nil : value.map(Self.shown),
        code: code, message: message))
  }

  /// Notes something about the whole file.
  func noteFile(_ severity: Finding.Severity, _ column: Column?, _ code: String, _ message: String) {
    findings.append(Finding(severity, file: file, column: column?.name, code: code, message: message))
  }

  /// Notes something about an earlier row.
  func note(_ severity: Finding.Severity, at spot: RosterSpot, value: String, _ code: String, _ message: String) {
    add(
      Finding(severity, file: file, row: spot.row, value: Self.shown(value), code: code, message: message))
  }

  private func add(_ finding: Finding) {
    if !isQuiet { findings.append(finding) }
  }

  private static func shown(_ value: String) -> String {
    String(
      String.UnicodeScalarView(value.unicodeScalars.prefix(100).map { Text.isPlain(String($0)) ? $0 : "\u{FFFD}" }))
  }

  // MARK: Values

  /// One line of text, trimmed and in NFC; nil for nothing. What is too long or has control characters is a finding
  /// and nil as well.
  func text(_ column: Column?, max: Int = 200, severity: Finding.Severity = .warning) -> String? {
    guard let column, !reader.isEmpty(column.index) else { return nil }
    switch reader.withBytes(column.index, { Self.line($0, max: max) }) {
    case .empty: return nil
    case .line(let text): return text
    case .tooLong:
      note(severity, column, "TOO_LONG", "Shorten \(column.name) to \(max) characters.")
    case .unplain:
      note(
        severity, column, "BAD_CHARACTER", "Remove line breaks, control and direction characters from \(column.name).")
    }
    return nil
  }

  /// As `text`, but nothing is an error of the row.
  func need(_ column: Column, max: Int = 200) -> String? {
    if let text = text(column, max: max, severity: .error) { return text }
    // What stands there and cannot be used has been noted already.
    if isBlank(column) { note(.error, column, "REQUIRED", "Fill in \(column.name).") }
    return nil
  }

  private func isBlank(_ column: Column) -> Bool {
    reader.withBytes(column.index) { if case .empty = Self.line($0, max: .max / 4) { true } else { false } }
  }

  /// An identifier of the source, 255 characters at most; nothing is an error of the row.
  func identifier(_ column: Column) -> String? { need(column, max: 255) }

  /// A date; one that cannot be read is a finding and nil.
  func date(_ column: Column?, order: DateOrder? = .yearFirst, severity: Finding.Severity = .warning) -> SchoolDate? {
    guard let column, let text = text(column, severity: severity) else { return nil }
    if let date = RosterDate.read(text, order: order) { return date }
    note(severity, column, "BAD_DATE", "Write \(column.name) as \((order ?? .yearFirst).example).")
    return nil
  }

  /// A date that must be there.
  func needDate(_ column: Column, order: DateOrder = .yearFirst) -> SchoolDate? {
    guard !isBlank(column) else {
      note(.error, column, "REQUIRED", "Fill in \(column.name).")
      return nil
    }
    return date(column, order: order, severity: .error)
  }

  /// An e-mail address; one without an address's shape is a finding and nil.
  func email(_ column: Column?) -> String? {
    guard let column, let text = text(column, max: 254) else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.utf8.contains(0x20) { return text }
    note(.warning, column, "BAD_EMAIL", "\(column.name) is no e-mail address; it is not kept. Correct it.")
    return nil
  }

  /// The items of a list separated by commas, without empty ones.
  func list(_ column: Column?) -> [String] {
    guard let text = text(column, max: 2000) else { return [] }
    return text.split(separator: ",").map { Text.normalized(String($0)) }.filter { !$0.isEmpty }
  }

  /// A word of a list of known ones; an unknown one is a finding and nil.
  func word<Value>(_ column: Column?, _ known: (String) -> Value?) -> Value? {
    guard let column, let text = text(column) else { return nil }
    if let value = known(text) { return value }
    note(.warning, column, "UNKNOWN_WORD", "We do not know this word for \(column.name); it is not kept.")
    return nil
  }

  private enum Line { case empty, tooLong, unplain, line(String) }

  private static func line(_ bytes: UnsafeBufferPointer<UInt8>, max: Int) -> Line {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    guard start < end else { return .empty }
    guard end - start <= max * 4 else { return .tooLong }
    let trimmed = UnsafeBufferPointer(rebasing: bytes[start..<end])
    let text = String(decoding: trimmed, as: UTF8.self)
    // Almost all fields are printable ASCII, which is plain and in NFC.
    if trimmed.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return trimmed.count <= max ? .line(text) : .tooLong }
    guard Text.isPlain(text) else { return .unplain }
    let normal = Text.normalized(text)
    guard normal.unicodeScalars.count <= max else { return .tooLong }
    return normal.isEmpty ? .empty : .line(normal)
  }
}
