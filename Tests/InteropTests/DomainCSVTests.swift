import Interop
import Kernel
import Testing

private func rows(_ text: String, limits: CSVLimits = CSVLimits()) throws -> [[String]] {
  try rows(Array(text.utf8), limits: limits)
}

private func rows(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) throws -> [[String]] {
  var reader = try CSVReader(bytes, limits: limits)
  var rows = [reader.header]
  while try reader.nextRow() { rows.append((0..<reader.fieldCount).map { reader.text($0) }) }
  return rows
}

@Suite struct `Reading comma-separated values` {
  @Test func `a quoted comma, quote and line break stay in their field`() throws {
    let text = "name,note\r\n\"Mensah, Ama\",\"says \"\"hi\"\"\"\r\n\"two\r\nlines\",\r\n"
    #expect(try rows(text) == [["name", "note"], ["Mensah, Ama", "says \"hi\""], ["two\r\nlines", ""]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `each line end ends a row, and the last may be missing`(end: String) throws {
    #expect(try rows("a,b\(end)1,2\(end)3,4") == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try rows("a,b\(end)1,2\(end)") == [["a", "b"], ["1", "2"]])
  }

  @Test(arguments: [",", ";", "\t"])
  func `the separator is told from the header`(separator: String) throws {
    #expect(
      try rows("a\(separator)\"x,;\ty\"\(separator)c\n1\(separator)2\(separator)3") == [
        ["a", "x,;\ty", "c"], ["1", "2", "3"],
      ])
  }

  @Test func `a byte order mark is passed over`() throws {
    #expect(try rows([0xEF, 0xBB, 0xBF] + Array("é,b\n1,2".utf8)) == [["é", "b"], ["1", "2"]])
  }

  @Test func `blank rows are passed over but counted`() throws {
    var reader = try CSVReader(Array("a,b\n\n,\n1,2\n".utf8))
    #expect(try reader.nextRow())
    #expect(reader.row == 4)
    #expect(reader.text(1) == "2")
    #expect(try !reader.nextRow())
  }

  @Test func `a row of another width is ragged unless what it has too much is empty`() throws {
    var reader = try CSVReader(Array("a,b\n1\n1,2,3\n1,2,\n1,2\n".utf8))
    var ragged: [Bool] = []
    while try reader.nextRow() { ragged.append(reader.isRagged) }
    #expect(ragged == [true, true, false, false])
  }

  @Test func `a field that is not there is empty`() throws {
    var reader = try CSVReader(Array("a,b\n1".utf8))
    _ = try reader.nextRow()
    #expect(reader.text(5).isEmpty)
    #expect(reader.isEmpty(5))
  }

  @Test func `a quote inside an unquoted field is kept`() throws {
    #expect(try rows("a,b\n5\" pipe,x") == [["a", "b"], ["5\" pipe", "x"]])
  }
}

@Suite struct `Refusing what is no such file` {
  @Test func `other encodings are named`() {
    #expect(throws: CSVProblem.wrongEncoding("UTF-16")) { try rows([0xFF, 0xFE, 0x61, 0x00]) }
    #expect(throws: CSVProblem.wrongEncoding("UTF-16")) { try rows([0xFE, 0xFF, 0x00, 0x61]) }
    #expect(throws: CSVProblem.wrongEncoding("UTF-32")) { try rows([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61]) }
  }

  @Test func `Latin letters in one byte are refused with their line`() {
    #expect(throws: CSVProblem.notUTF8(line: 3)) { try rows(Array("a\nb\n".utf8) + [0x5A, 0x6F, 0xEB]) }
    #expect(throws: CSVProblem.notUTF8(line: 1)) { try rows([0xC0, 0xAF]) }
    #expect(throws: CSVProblem.notUTF8(line: 1)) { try rows([0xED, 0xA0, 0x80]) }
  }

  @Test func `a NUL byte is refused with its line`() {
    #expect(throws: CSVProblem.nul(line: 2)) { try rows("a,b\n1,\u{0}") }
  }

  @Test func `a quote never closed is refused with its row`() {
    #expect(throws: CSVProblem.openQuote(row: 3)) { try rows("a,b\n1,2\n3,\"4\n5,6\n") }
    #expect(throws: CSVProblem.openQuote(row: 2)) { try rows("a\n\"\"\"") }
  }

  @Test func `text after a closing quote is refused`() {
    #expect(throws: CSVProblem.textAfterQuote(row: 2)) { try rows("a,b\n\"1\"x,2") }
  }

  @Test(arguments: ["", "\n\n", ",,\n", "\u{FEFF}"])
  func `a file without a header is empty`(text: String) {
    #expect(throws: CSVProblem.empty) { try rows(text) }
  }

  @Test func `each limit is met exactly and not passed`() throws {
    let wide = { (count: Int) in Array(repeating: "x", count: count).joined(separator: ",") }
    #expect(try rows(wide(200)).first?.count == 200)
    #expect(throws: CSVProblem.tooManyColumns(row: 1, limit: 200)) { try rows(wide(201)) }
    let long = { (count: Int) in "a\n" + String(repeating: "x", count: count) }
    #expect(try rows(long(32_768)).count == 2)
    #expect(throws: CSVProblem.fieldTooLong(row: 2, limit: 32_768)) { try rows(long(32_769)) }
    var limits = CSVLimits()
    limits.rows = 2
    #expect(try rows("a\n1\n2", limits: limits).count == 3)
    #expect(throws: CSVProblem.tooManyRows(limit: 2)) { try rows("a\n1\n2\n3", limits: limits) }
    limits.file = 5
    #expect(try rows("a\n1\n2", limits: limits).count == 3)
    #expect(throws: CSVProblem.tooLarge(limit: 5)) { try rows("a\n1\n22", limits: limits) }
    limits = CSVLimits()
    limits.row = 5
    #expect(try rows("a,b\n12,34", limits: limits).count == 2)
    #expect(throws: CSVProblem.rowTooLong(row: 2, limit: 5)) { try rows("a,b\n12,345", limits: limits) }
  }

  @Test func `a quoted field too long is refused, closed or not`() {
    let text = String(repeating: "x", count: 40_000)
    #expect(throws: CSVProblem.fieldTooLong(row: 2, limit: 32_768)) { try rows("a\n\"\(text)\"") }
    #expect(throws: CSVProblem.openQuote(row: 2)) { try rows("a\n\"\(text)\(text)\(text)") }
  }

  @Test func `every refusal says what to do and has a code of its own`() {
    let problems: [CSVProblem] = [
      .empty, .tooLarge(limit: 1), .nul(line: 1), .openQuote(row: 1), .textAfterQuote(row: 1),
      .rowTooLong(row: 1, limit: 1), .fieldTooLong(row: 1, limit: 1), .tooManyColumns(row: 1, limit: 1),
      .tooManyRows(limit: 1), .notUTF8(line: 1),
    ]
    #expect(Set(problems.map(\.problem.code)).count == problems.count)
    #expect(problems.allSatisfy { $0.problem.detail.hasSuffix(".") && $0.problem.code.hasPrefix("CSV_") })
  }
}

@Suite struct `Writing comma-separated values` {
  private func written(_ field: String, isFormulaSafe: Bool = true) -> String {
    var writer = CSVWriter(header: ["a", "b"], isFormulaSafe: isFormulaSafe)
    writer.append([field, "x"])
    return String(decoding: writer.bytes.dropFirst(5), as: UTF8.self)
  }

  @Test(arguments: ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\r=1", "+49 30 1", "--1", "-", "-1.2.3", "+1e5"])
  func `what a spreadsheet would run gets an apostrophe`(field: String) {
    #expect(written(field).hasPrefix("\"'"))
  }

  @Test(arguments: ["-3.5", "+491234", "-1", "plain", "1-2", "a=b", "'=1"])
  func `plain numbers and text stay as they are`(field: String) {
    #expect(written(field) == "\(field),x\r\n")
  }

  @Test func `files for programs are not changed`() {
    #expect(written("=1+1", isFormulaSafe: false) == "=1+1,x\r\n")
  }

  @Test func `quotes stand only where they are needed`() {
    #expect(written("a,b") == "\"a,b\",x\r\n")
    #expect(written("say \"hi\"") == "\"say \"\"hi\"\"\",x\r\n")
    #expect(written("two\nlines") == "\"two\nlines\",x\r\n")
    #expect(written(" edge") == "\" edge\",x\r\n")
  }

  @Test func `a long list is handed over in pieces`() {
    var writer = CSVWriter(header: ["a"], hasByteOrderMark: true)
    writer.append(["1"])
    #expect(writer.takeBytes() == [0xEF, 0xBB, 0xBF] + Array("a\r\n1\r\n".utf8))
    writer.append(["2"])
    #expect(writer.takeBytes() == Array("2\r\n".utf8))
    #expect(writer.rows == 2)
  }

  @Test func `what was written reads back, whatever it was`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(seed: seed)
    let pieces = ["a", "é", "王", ",", "\"", "\n", "\r\n", "\r", ";", "\t", " ", "=", "-", "'", "x y", "\u{1F600}"]
    for _ in 0..<200 {
      let columns = Int.random(in: 1...5, using: &random)
      let text = { (random: inout Seeded) in
        (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      var writer = CSVWriter(header: (0..<columns).map { "c\($0)" }, isFormulaSafe: false)
      var expected: [[String]] = []
      for _ in 0..<5 {
        let row = (0..<columns).map { _ in text(&random) }
        writer.append(row)
        if row.contains(where: { !$0.isEmpty }) { expected.append(row) }
      }
      #expect(try Array(rows(writer.bytes).dropFirst()) == expected, "seed \(seed)")
    }
  }
}
