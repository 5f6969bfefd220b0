import Testing

@Suite struct `How the code is laid out` {
  @Test func `a file fits into one head: 400 lines`() {
    files.holds()
    #expect(files.finds(String(repeating: "let a = 1\n", count: 401), in: "Sources/Web/Site/Site.swift"))
    #expect(!files.finds(String(repeating: "let a = 1\n", count: 400), in: "Sources/Web/Site/Site.swift"))
  }

  @Test func `a line fits into a window: 120 characters`() {
    lines.holds()
    #expect(lines.finds(String(repeating: "a", count: 121), in: "Sources/Web/Site/Site.swift"))
    #expect(!lines.finds(String(repeating: "é", count: 120), in: "Sources/Web/Site/Site.swift"))
  }

  @Test func `a function fits onto a screen: 60 lines`() {
    functions.holds()
    func function(_ count: Int) -> String {
      "struct A {\n  func a(b: Int = { 1 }()) async throws -> Int {\n"
        + String(repeating: "    if b { \"}\" }\n", count: count - 2) + "  }\n  func b()\n}\n"
    }
    #expect(functions.finds(function(61), in: "Sources/Web/Site/Site.swift"))
    #expect(!functions.finds(function(60), in: "Sources/Web/Site/Site.swift"))
    let requirements = "protocol P {\n  func a() -> Int\n  init(b: Int)\n}\nstruct A {\n"
    #expect(
      !functions.finds(requirements + String(repeating: "  let a = 1\n", count: 80) + "}", in: "Sources/A/A.swift"))
  }

  @Test func `whatever is public says what it is`() {
    documented.holds()
    #expect(documented.finds("public struct Course {}", in: "Sources/Academics/Domain/Course.swift"))
    #expect(documented.finds("// A course.\npublic struct Course {}", in: "Sources/Academics/Domain/Course.swift"))
    #expect(
      !documented.finds("/// A course.\n@frozen\npublic struct Course {}", in: "Sources/Academics/Domain/Course.swift"))
    #expect(documented.finds("  public init(title: String) {}", in: "Sources/Academics/Domain/Course.swift"))
    #expect(
      !documented.finds("  public init(row: inout RowReader) {}", in: "Sources/Academics/Store/CourseStore.swift"))
    #expect(
      documented.finds("extension Course {\n  public func a() {}\n}", in: "Sources/Academics/Domain/Course.swift"))
    #expect(
      !documented.finds("extension Course: Row {\n  public func a() {}\n}", in: "Sources/Academics/Domain/Course.swift")
    )
    #expect(!documented.finds("public import Kernel", in: "Sources/Academics/Domain/Course.swift"))
    #expect(!documented.finds("  public var description: String { \"\" }", in: "Sources/Kernel/ID.swift"))
  }
}

private let files = Rule(for: { _ in true }) { file in
  file.text.lineCount > 400 ? [(401, "\(file.text.lineCount) lines; split it where the subject changes")] : []
}

private let lines = Rule(for: { _ in true }) { file in
  (1...max(1, file.text.lineCount)).compactMap { number in
    let line = file.text.line(number, of: \.source)
    guard line.utf8.count > 120, line.count > 120 else { return nil }
    return (number, "\(line.count) characters")
  }
}

private let functions = Rule(for: { _ in true }) { file in
  ["func ", "init(", "init?(", "deinit {", "subscript("].flatMap(file.places).compactMap { place in
    guard let end = endOfBody(from: place, in: file.text.code) else { return nil }
    let first = file.text.line(of: place)
    let count = file.text.line(of: end) - first + 1
    return count > 60 ? (first, "a function of \(count) lines; give its parts names") : nil
  }
}

/// The brace that closes the body of the function declared at `start`; nil when it has none, as in a protocol.
private func endOfBody(from start: Int, in code: [UInt8]) -> Int? {
  if start > 0, code[start - 1] == UInt8(ascii: ".") { return nil }
  var depth = 0
  var place = start
  var isInBody = false
  while place < code.count {
    switch code[place] {
    case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: "{"):
      if depth == 0 { isInBody = true }
      depth += 1
    case UInt8(ascii: "}"):
      depth -= 1
      if depth == 0, isInBody { return place }
      if depth < 0 { return nil }
    case UInt8(ascii: "\n") where depth == 0 && !isInBody:
      if beginsDeclaration(code[(place + 1)...].prefix(60)) { return nil }
    default: break
    }
    place += 1
  }
  return nil
}

private func beginsDeclaration(_ code: ArraySlice<UInt8>) -> Bool {
  let line = String(decoding: code.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  let words = line.split(whereSeparator: { !$0.isLetter && $0 != "@" && $0 != "}" })
  guard let first = words.first else { return false }
  return first.hasPrefix("@") || first.hasPrefix("}")
    || ["func", "var", "let", "init", "static", "mutating", "associatedtype", "subscript", "public", "case"].contains(
      first)
}

/// Members that a protocol asks for, whose meaning stands there.
private let conformances: Set<String> = [
  "==", "<", "hash", "body", "description", "debugDescription", "columns", "sqlValue", "rawValue", "problem", "now",
  "answered", "respond", "coreContext", "appendLiteral", "signedIn",
]
private let conformingInitialisers = [
  "init(row:", "init(from", "init(stringLiteral", "init(integerLiteral", "init(stringInterpolation", "init(rawValue",
  "init?(rawValue", "init(literalCapacity", "init(source",
]

private let documented = Rule(for: { !$0.isTest }) { file in
  file.places(of: "public ").map(file.text.line).filter { line in
    let code = file.text.line(line, of: \.code)
    let words = code.split(separator: " ").map(String.init)
    let lead = words.prefix { $0.hasPrefix("@") || $0.hasPrefix("nonisolated") }
    guard words.dropFirst(lead.count).first == "public", !words.contains("import") else { return false }
    return !conforms(words, code) && !isInConformance(line, file) && !isDocumented(line, file)
  }.map { ($0, "say in `///` what it is") }
}

private func conforms(_ words: [String], _ code: String) -> Bool {
  if conformingInitialisers.contains(where: code.contains) { return true }
  guard let keyword = words.firstIndex(where: { ["func", "var", "let"].contains($0) }), keyword + 1 < words.count else {
    return false
  }
  let name = words[keyword + 1]
  return conformances.contains(name) || conformances.contains(String(name.prefix { $0 != "(" && $0 != ":" }))
}

/// Whether the line stands in an `extension Course: RosterRow`, where every member is one that the protocol asks for.
private func isInConformance(_ line: Int, _ file: SourceFile) -> Bool {
  for above in stride(from: line - 1, to: 0, by: -1) {
    let code = file.text.line(above, of: \.code)
    guard let first = code.first, first.isLetter || first == "@" else { continue }
    return code.contains("extension ") && code.contains(":")
  }
  return false
}

private func isDocumented(_ line: Int, _ file: SourceFile) -> Bool {
  var above = line - 1
  while above > 0, file.text.line(above, of: \.code).split(separator: " ").first?.hasPrefix("@") == true { above -= 1 }
  return file.text.line(above, of: \.comments).split(separator: " ").first?.hasPrefix("///") == true
}
