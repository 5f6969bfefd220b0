import Testing

@Suite struct `The steps of the schema` {
  @Test func `are named by day, number and what they are about, each once`() {
    names.holds()
    #expect(names.finds("Migration(\"courses\", up: [], down: [])", in: migrations))
    #expect(!names.finds("Migration(\"20261121_1020_academics_course\", up: [], down: [])", in: migrations))
    let all = Checkout.swiftFiles.filter { !$0.isTest }.flatMap(Step.all).map(\.name)
    #expect(all.count >= 5)
    #expect(Set(all).count == all.count, "two migrations have one name: \(all.sorted())")
  }

  @Test func `take back whatever they make, or say why they cannot`() {
    downs.holds()
    let up = "Migration(\"20261121_1020_a\", up: [\"CREATE TABLE academics_course (id {id})\"], "
    #expect(downs.finds(up + "down: [])", in: migrations))
    #expect(downs.finds(up + "down: [\"DROP TABLE academics_section\"])", in: migrations))
    #expect(!downs.finds(up + "down: [\"DROP TABLE academics_course\"])", in: migrations))
    #expect(!downs.finds(up + "irreversible: \"the old form is gone\")", in: migrations))
  }

  @Test func `index every column that refers to another table`() {
    expectNone(unindexed(in: Checkout.swiftFiles.filter { !$0.isTest }))
    let table = """
      CREATE TABLE academics_section (
        id {id} NOT NULL PRIMARY KEY,
        course_id {id} REFERENCES academics_course (id)
      )
      """
    let note = """
      CREATE TABLE academics_note (
        course_id {id} REFERENCES academics_course (id),
        PRIMARY KEY (course_id, no)
      )
      """
    func check(_ statements: String...) -> Bool {
      let text = statements.map { "\"\"\"\n\($0)\n\"\"\"" }.joined(separator: ",\n")
      return unindexed(in: [SourceFile(path: migrations, "let up = [\(text)]")]).isEmpty
    }
    #expect(!check(table))
    #expect(!check(table, "CREATE INDEX a ON academics_section (id, course_id)"))
    #expect(check(table, "CREATE INDEX a ON academics_section (course_id, id)"))
    #expect(check(table, "CREATE UNIQUE INDEX a ON academics_section (course_id)"))
    #expect(check("CREATE TABLE academics_note (course_id {id} PRIMARY KEY REFERENCES academics_course (id))"))
    #expect(check(note))
  }
}

private let migrations = "Sources/Academics/Store/AcademicsMigrations.swift"

/// A call of `Migration(…)`: its name, and the words of its statements up and down.
private struct Step {
  let name: String
  let line: Int
  let up: [SQLWords]
  let down: [SQLWords]
  let isIrreversible: Bool

  /// Those of a file, in order.
  static func all(of file: SourceFile) -> [Step] {
    let starts = file.places(of: "Migration(").filter { place in
      place == 0 || file.text.code[place - 1] != UInt8(ascii: ".")
    }
    return starts.indices.compactMap { index in
      let first = file.text.line(of: starts[index])
      let next = index + 1 < starts.count ? starts[index + 1] : file.text.code.count
      let last = file.text.line(of: next - 1)
      let literals = file.text.literals.filter { (first...max(first, last)).contains($0.line) }
      let words = file.text.code[starts[index]..<next]
      guard let name = literals.first?.text, !name.contains("\n"), contains("up:", in: words) else { return nil }
      let statements = literals.dropFirst().map { SQLWords($0.text) }
      let downLine = place(of: "down:", in: words).map(file.text.line) ?? Int.max
      let split = zip(literals.dropFirst(), statements).partitioned { pair in isDrop(pair.1) && pair.0.line >= downLine
      }
      return Step(
        name: name, line: first, up: split.rest, down: split.chosen,
        isIrreversible: contains("irreversible:", in: words))
    }
  }

  private static func isDrop(_ words: SQLWords) -> Bool { words.words.contains { $0.text == "DROP" } }

  private static func contains(_ mark: String, in code: ArraySlice<UInt8>) -> Bool { place(of: mark, in: code) != nil }

  private static func place(of mark: String, in code: ArraySlice<UInt8>) -> Int? {
    code.firstRange(of: Array(mark.utf8))?.lowerBound
  }
}

extension Sequence where Element == (SwiftText.Literal, SQLWords) {
  fileprivate func partitioned(_ isChosen: (Element) -> Bool) -> (chosen: [SQLWords], rest: [SQLWords]) {
    var chosen: [SQLWords] = []
    var rest: [SQLWords] = []
    for element in self {
      if isChosen(element) { chosen.append(element.1) } else { rest.append(element.1) }
    }
    return (chosen, rest)
  }
}

private let names = Rule(for: { !$0.isTest && $0.target != "Persistence" }) { file in
  Step.all(of: file).filter { step in
    let parts = step.name.split(separator: "_")
    return parts.count < 3 || parts[0].count != 8 || parts[1].count != 4
      || !parts[0...1].allSatisfy { $0.allSatisfy(\.isNumber) } || step.name != step.name.lowercased()
  }.map { ($0.line, "\($0.name) should read YYYYMMDD_NNNN_slice_what") }
}

private let downs = Rule(for: { !$0.isTest && $0.target != "Persistence" }) { file in
  Step.all(of: file).filter { !$0.isIrreversible }.flatMap { step in
    let dropped = Set(step.down.flatMap { objects(after: "DROP", in: $0) })
    return step.up.flatMap { objects(after: "CREATE", in: $0) }.filter { !dropped.contains($0) }.map {
      (step.line, "\(step.name) makes \($0) and does not take it back")
    }
  }
}

/// Tables and views that a statement makes or drops.
private func objects(after verb: String, in statement: SQLWords) -> [String] {
  let words = statement.words.map(\.text)
  guard let index = words.firstIndex(of: verb), index + 2 < words.count, index < 2 else { return [] }
  guard ["TABLE", "VIEW"].contains(words[index + 1]) else { return [] }
  return words[(index + 2)...].first { !["IF", "NOT", "EXISTS"].contains($0) }.map { [$0] } ?? []
}

/// Columns that refer to another table and begin no index.
private func unindexed(in files: [SourceFile]) -> [Violation] {
  var indexed: Set<String> = []
  var referring: [(table: String, column: String, file: String, line: Int)] = []
  for file in files {
    for literal in file.text.literals {
      let words = SQLWords(literal.text).words
      let texts = words.map(\.text)
      guard let create = texts.firstIndex(of: "CREATE"), create < 2 else { continue }
      if let on = texts.firstIndex(of: "ON"), texts.contains("INDEX"), on + 2 < texts.count {
        indexed.insert("\(texts[on + 1]).\(texts[on + 2])")
      } else if create + 2 < texts.count, texts[create + 1] == "TABLE" {
        let table = texts[create + 2]
        for line in literal.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          let column = SQLWords(columns(of: String(line.element))).words.map(\.text)
          guard let name = column.first else { continue }
          if let key = column.firstRange(of: ["PRIMARY", "KEY"]) {
            indexed.insert("\(table).\(key.lowerBound == 0 ? column.dropFirst(2).first ?? "" : name)")
          }
          if column.first == "UNIQUE", column.count > 1 { indexed.insert("\(table).\(column[1])") }
          if column.contains("REFERENCES") {
            let isKey = column.starts(with: ["FOREIGN", "KEY"]) && column.count > 2
            referring.append((table, isKey ? column[2] : name, file.path, literal.line + line.offset))
          }
        }
      }
    }
  }
  return referring.filter { !indexed.contains("\($0.table).\($0.column)") }.map {
    Violation(
      file: $0.file, line: $0.line, why: "no index begins with \($0.table).\($0.column), which refers to another table")
  }
}

/// A line of a table's statement without the words that make it.
private func columns(of line: String) -> String {
  guard line.contains("CREATE TABLE"), let open = line.firstIndex(of: "(") else {
    return line.contains("CREATE TABLE") ? "" : line
  }
  return String(line[line.index(after: open)...])
}
