import Testing

@Suite struct `Words that the code does without` {
  @Test func `nothing traps in the middle of a request`() {
    traps.holds()
    #expect(traps.finds("let page = try! load()", in: "Sources/Web/Site/Site.swift"))
    #expect(traps.finds("fatalError(\"no\")", in: "Tests/WebTests/SiteTests.swift"))
    #expect(!traps.finds("// never try! here\nlet word = \"fatalError\"", in: "Sources/Web/Site/Site.swift"))
  }

  @Test func `the formatter refuses force unwraps and forced tries`() {
    let settings = Checkout.text(of: ".swift-format") ?? ""
    #expect(settings.contains("\"NeverForceUnwrap\": true"))
    #expect(settings.contains("\"NeverUseForceTry\": true"))
    #expect(settings.contains("\"NeverUseImplicitlyUnwrappedOptionals\": true"))
  }

  @Test func `an error that is thrown away has its reason beside it`() {
    thrownAway.holds()
    #expect(thrownAway.finds("let a = 1\nlet page = try? load()", in: "Sources/Web/Site/Site.swift"))
    #expect(!thrownAway.finds("let page = try? load()  // no page, no harm", in: "Sources/Web/Site/Site.swift"))
    #expect(!thrownAway.finds("// No page, no harm.\nlet page = try? load()", in: "Sources/Web/Site/Site.swift"))
  }

  @Test func `output goes through the log or the console of a command`() {
    printing.holds()
    #expect(printing.finds("print(student)", in: "Sources/Directory/Service/DirectoryService.swift"))
    #expect(!printing.finds("func print(_ text: String)\nconsole.print(text)", in: "Sources/HomeroomApp/Console.swift"))
    #expect(!printing.finds("blueprint(1)", in: "Sources/Directory/Service/DirectoryService.swift"))
  }

  @Test func `time and chance are passed in`() {
    ambient.holds()
    #expect(ambient.finds("let now = Date()", in: "Sources/Attendance/Service/AttendanceService.swift"))
    #expect(!ambient.finds("let now = SchoolDate()", in: "Sources/Attendance/Service/AttendanceService.swift"))
    #expect(!ambient.finds("Date()", in: "Sources/HomeroomApp/Server/SystemClock.swift"))
    #expect(ambient.finds("let id = UUID()", in: "Sources/Directory/Domain/Student.swift"))
  }

  @Test func `rules know no clock`() {
    clocks.holds()
    #expect(clocks.finds("let clock: any WallClock", in: "Sources/Attendance/Domain/Register.swift"))
    #expect(!clocks.finds("let clock: any WallClock", in: "Sources/Attendance/Service/AttendanceService.swift"))
  }

  @Test func `only the app reads the environment`() {
    environment.holds()
    #expect(environment.finds("ProcessInfo.processInfo.environment[\"X\"]", in: "Sources/Web/Site/Site.swift"))
    #expect(!environment.finds("ProcessInfo.processInfo.environment", in: "Sources/HomeroomApp/Homeroom.swift"))
  }

  @Test func `no task outlives the request that began it`() {
    tasks.holds()
    #expect(tasks.finds("Task { await send() }", in: "Sources/Jobs/Worker.swift"))
    #expect(tasks.finds("Task.detached { await send() }", in: "Sources/Jobs/Worker.swift"))
    #expect(!tasks.finds("group.addTask { await send() }\nenum Task { case read }", in: "Sources/Jobs/Worker.swift"))
  }

  @Test func `markup that is passed through unescaped is on a list`() {
    trusting.holds()
    #expect(trusting.finds("HTML.trusted(text, because: \"why not\")", in: "Sources/Directory/Web/StudentView.swift"))
    #expect(!trusting.finds("HTML(.trusted(markup))", in: "Sources/Markup/HTML.swift"))
  }

  @Test func `no style stands in an attribute, where the content policy forbids it`() {
    styles.holds()
    #expect(styles.finds("div(.style(\"color: red\"))", in: "Sources/Web/Components/Badge.swift"))
    #expect(styles.finds("let html = \"<p style=x>\"", in: "Sources/Web/Components/Badge.swift"))
    #expect(!styles.finds("link(.rel(\"stylesheet\"))", in: "Sources/Web/Components/Badge.swift"))
  }

  @Test func `what the compiler is told to believe says why`() {
    unchecked.holds()
    let line = "final class Box: @unchecked Sendable {}"
    #expect(unchecked.finds(line, in: "Sources/Web/Site/Site.swift"))
    #expect(!unchecked.finds("// Guarded by the lock.\n" + line, in: "Sources/Web/Site/Site.swift"))
    #expect(!unchecked.finds(line, in: "Sources/SQLiteDriver/SQLiteDatabase.swift"))
  }

  @Test func `names say what a thing is`() {
    vague.holds()
    #expect(vague.finds("struct StudentManager {}", in: "Sources/Directory/Service/Students.swift"))
    #expect(vague.finds("", in: "Sources/Directory/Service/DateUtils.swift"))
    #expect(!vague.finds("struct Managers {}\nenum HelperProblem {}", in: "Sources/Directory/Domain/Staff.swift"))
  }

  @Test func `what is left to do is an issue, and a file begins with its code`() {
    leftovers.holds()
    #expect(leftovers.finds("let a = 1  // TODO: later", in: "Sources/Web/Site/Site.swift"))
    #expect(leftovers.finds("// Site.swift\n// Homeroom\n\nimport Web", in: "Sources/Web/Site/Site.swift"))
    #expect(!leftovers.finds("// Text and lists.\nlet a = 1", in: "Sources/Web/Site/Site.swift"))
    #expect(!leftovers.finds("/// A site.\nstruct Site {}", in: "Sources/Web/Site/Site.swift"))
  }
}

private let traps = Rule(no: ["try!", "fatalError", "preconditionFailure"], "throw instead", for: { _ in true })

private let thrownAway = Rule(for: { _ in true }) { file in
  file.places(of: "try?").map(file.text.line).filter { !file.isExplained(at: $0) }.map {
    ($0, "say beside `try?` why the error may be lost")
  }
}

private let printing = Rule(for: { _ in true }) { file in
  ["print(", "debugPrint(", "NSLog("].flatMap(file.places).filter { place in
    let before = String(decoding: file.text.code[max(0, place - 5)..<place], as: UTF8.self)
    return !before.hasSuffix(".") && !before.hasSuffix("func ")
  }.map { (file.text.line(of: $0), "use the log, or the console of a command") }
}

private let ambient = Rule(
  no: ["Date()", "Date.now", "UUID()"], "take the clock or the identity from your caller",
  for: { !$0.isTest && $0.path != "Sources/HomeroomApp/Server/SystemClock.swift" })

private let clocks = Rule(
  no: ["WallClock", "ContinuousClock", "SuspendingClock"], "a rule is told what time it is",
  for: { slices.contains($0.target) && $0.folder == "Domain" })

private let environment = Rule(
  no: ["processInfo.environment", "getenv"], "settings are decoded once, in HomeroomApp",
  for: { !$0.isTest && $0.target != "HomeroomApp" })

private let tasks = Rule(for: { !$0.isTest }) { file in
  ["Task {", "Task(", "Task.detached"].flatMap(file.places).filter { place in
    let before = String(decoding: file.text.code[max(0, place - 6)..<place], as: UTF8.self)
    return !["enum ", "struct ", "class ", "actor "].contains(where: before.hasSuffix)
  }.map { (file.text.line(of: $0), "use a task group, a service of the group, or a job") }
}

/// Where markup may pass unescaped: the definition itself, and the one style sheet of letters.
private let trusted: Set<String> = [
  "Sources/Markup/HTML.swift", "Sources/Markup/Elements+Document.swift", "Sources/Outbox/Web/LetterPage.swift",
]

private let trusting = Rule(
  no: [".trusted("], "escape it, or add the file to the list with a reason",
  for: { !$0.isTest && !trusted.contains($0.path) })

private let styles = Rule(for: { !$0.isTest }) { file in
  file.places(of: ".style(").map { (file.text.line(of: $0), "give it a class of app.css") }
    + file.text.literals.filter { $0.text.contains(" style=") }.map { ($0.line, "give it a class of app.css") }
}

private let unchecked = Rule(
  for: { !["SQLiteDriver", "PostgresDriver", "Mail", "Redis"].contains($0.target) }
) { file in
  ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"].flatMap(file.places).map(file.text.line)
    .filter { !file.isExplained(at: $0) }.map { ($0, "say in a comment why this is safe") }
}

private let vague = Rule(for: { _ in true }) { file in
  let endings = ["Manager", "Helper", "Helpers", "Util", "Utils"]
  let stem = file.name.split(separator: ".").first.map(String.init) ?? ""
  let names = ["struct ", "class ", "enum ", "actor ", "protocol ", "typealias "].flatMap(file.places).map { place in
    let line = file.text.line(of: place)
    let words = file.text.line(line, of: \.code).split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    let keyword = words.firstIndex { ["struct", "class", "enum", "actor", "protocol", "typealias"].contains($0) }
    return (line, keyword.flatMap { $0 + 1 < words.count ? String(words[$0 + 1]) : nil } ?? "")
  }
  return ([(1, stem)] + names).filter { name in endings.contains(where: name.1.hasSuffix) }.map {
    ($0.0, "\($0.1) tells nothing: name what it does")
  }
}

private let leftovers = Rule(for: { _ in true }) { file in
  let first = file.text.line(1, of: \.comments)
  let isBanner = !first.hasPrefix("///") && [".swift", "Copyright", "Created by"].contains(where: first.contains)
  let banner = isBanner ? [(1, "a file needs no heading but its first type")] : []
  let notes = (1...max(1, file.text.lineCount)).filter { number in
    let comment = file.text.line(number, of: \.comments)
    return ["TODO", "FIXME", "XXX"].contains { comment.contains($0) }
  }
  return banner + notes.map { ($0, "make it an issue") }
}
