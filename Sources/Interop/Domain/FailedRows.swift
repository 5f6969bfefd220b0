import Kernel

extension RosterSource {
  /// The rows of `file` that have errors, as CSV to be put right and sent again: the file's own columns, without those
  /// that hold passwords, then the row's number and what to do. Nil when none has.
  public func failedRows(of file: String, _ findings: [Finding]) throws(RosterProblem) -> [UInt8]? {
    var reasons: [Int: [String]] = [:]
    for finding in findings where finding.severity == .error && finding.file == file {
      guard let row = finding.row else { continue }
      let reason = (finding.column.map { "\($0): " } ?? "") + finding.message
      // A row may tell of several records that have one and the same fault.
      if reasons[row]?.contains(reason) != true { reasons[row, default: []].append(reason) }
    }
    guard let bytes = files[file], !reasons.isEmpty else { return nil }
    var reader = try RosterTable.read(bytes, file: file)
    let header = reader.header
    let shown = header.indices.filter { !HeaderName(header[$0]).isSecret }
    var writer = CSVWriter(header: shown.map { header[$0] } + ["Row", "What to do"], hasByteOrderMark: true)
    while try Self.nextRow(of: &reader, file) {
      guard let why = reasons[reader.row] else { continue }
      // In a ragged row nobody knows which field is the password, so none is given back.
      let fields = shown.map { reader.isRagged && shown.count < header.count ? "" : reader.text($0) }
      writer.append(fields + [String(reader.row), why.joined(separator: " ")])
    }
    return writer.takeBytes()
  }

  private static func nextRow(of reader: inout CSVReader, _ file: String) throws(RosterProblem) -> Bool {
    do { return try reader.nextRow() } catch { throw .csv(file: file, error) }
  }
}
