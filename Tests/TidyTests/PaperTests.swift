import Foundation
import Testing

@Suite struct `Papers and files beside the code` {
  @Test func `every link leads somewhere`() {
    expectNone(Checkout.papers.flatMap { deadLinks(in: $0, Checkout.text(of: $0) ?? "") })
    let text = """
      # Here we are
      [a](README.md) [b](nowhere.md) `[c](code.md)` [d](https://example.org) [e](#here-we-are) [f](#there)
      """
    #expect(deadLinks(in: "README.md", text).map(\.why) == ["nowhere.md is not there", "#there is no heading"])
  }

  @Test func `every path that a paper names is there`() {
    expectNone(Checkout.papers.flatMap { deadPaths(in: $0, Checkout.text(of: $0) ?? "") })
    #expect(
      deadPaths(in: "README.md", "`bin/test` `Sources/Nowhere/` `Sources/<Target>/` `bin/run --debug`").count == 1)
  }

  @Test(.enabled(if: !Checkout.tracked.isEmpty)) func `git holds nothing over 200 kB`() {
    expectNone(
      Checkout.tracked.filter { Checkout.size(of: $0) > 200_000 }.map {
        Violation(file: $0, line: 0, why: "\(Checkout.size(of: $0) / 1000) kB do not belong in git")
      })
  }

  @Test(.enabled(if: !Checkout.tracked.isEmpty))
  func `nothing names a machine of ours or where its packages came from`() {
    expectNone(Checkout.tracked.flatMap { strangers(in: $0, Checkout.text(of: $0) ?? "") })
    let folder = "/" + "home/"
    #expect(strangers(in: "README.md", "one\nsee \(folder)ada/homeroom").map(\.line) == [2])
    #expect(strangers(in: "README.md", "the home page").isEmpty)
  }

  @Test(.enabled(if: Checkout.output(of: ["python3", "--version"]) != nil))
  func `the assets in the program are those in the folder`() {
    #expect(Checkout.output(of: ["python3", "bin/assets", "--check"]) != nil, "run bin/assets")
  }

  @Test func `the reference lists the settings as the program knows them`() {
    let source = SourceFile(path: settingsSource, Checkout.text(of: settingsSource) ?? "")
    let page = Checkout.text(of: "docs/reference/settings.md") ?? ""
    let rows = settings(in: source)
    #expect(rows.count >= 15)
    expectNone(
      rows.filter { !page.contains($0) }.map {
        Violation(file: "docs/reference/settings.md", line: 0, why: "this row is missing: \($0)")
      })
    #expect(
      settings(
        in: SourceFile(path: settingsSource, "Entry(\"HOST\", \"none\", \"Where.\"),\nEntry(\n  \"A\", \"b\",\n \"c\")")
      )
        == ["| `HOST` | none | Where. |", "| `A` | b | c |"])
  }

  @Test func `the reference names every command`() {
    let page = Checkout.text(of: "docs/reference/cli.md") ?? ""
    let commands = Checkout.swiftFiles.filter { $0.target == "HomeroomApp" }.flatMap(commandNames)
    #expect(commands.contains("serve"))
    expectNone(
      commands.filter { !page.contains("`homeroom \($0)") && !page.contains("export \($0)") }.map {
        Violation(file: "docs/reference/cli.md", line: 0, why: "nothing is said of `homeroom \($0)`")
      })
    let command = SourceFile(
      path: "Sources/A/B.swift", "CommandConfiguration(\n  commandName: \"sing\", abstract: \"…\")")
    #expect(commandNames(in: command) == ["sing"])
  }
}

/// The subcommands that a file declares.
private func commandNames(in file: SourceFile) -> [String] {
  file.places(of: "commandName:").compactMap { place in
    let line = file.text.line(of: place)
    return file.text.literals.first { $0.line >= line }?.text
  }.filter { $0 != "homeroom" && !$0.contains(" ") }
}

private let settingsSource = "Sources/HomeroomApp/Settings/Settings.swift"

/// The row of the reference for each `Entry(name, usual, about)`.
private func settings(in source: SourceFile) -> [String] {
  source.places(of: "Entry(").compactMap { place in
    let line = source.text.line(of: place)
    let words = source.text.literals.filter { $0.line >= line }.prefix(3).map(\.text)
    guard words.count == 3, words[0].allSatisfy({ $0.isUppercase || $0 == "_" }) else { return nil }
    return "| `\(words[0])` | \(words[1]) | \(words[2]) |"
  }
}

private func deadLinks(in path: String, _ text: String) -> [Violation] {
  let folder = path.split(separator: "/").dropLast().joined(separator: "/")
  return prose(of: text).flatMap { number, line in
    line.components(separatedBy: "](").dropFirst().compactMap { part in
      let target = String(part.prefix { $0 != ")" && $0 != " " })
      if ["http:", "https:", "mailto:"].contains(where: target.hasPrefix) { return nil }
      let pieces = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let file = pieces[0].isEmpty ? path : normal(folder + "/" + pieces[0])
      guard file == path || Checkout.has(file) else {
        return Violation(file: path, line: number, why: "\(target) is not there")
      }
      guard pieces.count == 2, file.hasSuffix(".md") else { return nil }
      let there = file == path ? text : Checkout.text(of: file) ?? ""
      if headings(of: there).contains(pieces[1]) { return nil }
      return Violation(file: path, line: number, why: "\(target) is no heading")
    }
  }
}

/// Paths in backticks that begin with a folder of ours and are not there.
private func deadPaths(in path: String, _ text: String) -> [Violation] {
  let ours = ["Sources/", "Tests/", "bin/", "docs/", "ops/", "Assets/", "benchmarks/"]
  return text.components(separatedBy: "\n").enumerated().flatMap { number, line in
    line.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.compactMap { _, code in
      let named = code.split(separator: " ").first.map(String.init) ?? ""
      guard ours.contains(where: named.hasPrefix), !named.contains(where: { "<>*…{}".contains($0) }) else { return nil }
      if Checkout.has(named) { return nil }
      return Violation(file: path, line: number + 1, why: "\(named) is not there")
    }
  }
}

/// The lines of a paper outside of code, without what stands in backticks.
private func prose(of text: String) -> [(number: Int, line: String)] {
  var isCode = false
  return text.components(separatedBy: "\n").enumerated().compactMap { number, line in
    if line.hasPrefix("```") { isCode.toggle() }
    if isCode { return nil }
    return (
      number + 1, line.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
    )
  }
}

/// The anchors of a paper's headings.
private func headings(of text: String) -> Set<String> {
  Set(
    text.components(separatedBy: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        .replacingOccurrences(of: " ", with: "-")
    })
}

private func normal(_ path: String) -> String {
  var steps: [Substring] = []
  for step in path.split(separator: "/") where step != "." {
    if step == ".." { steps = steps.dropLast() } else { steps.append(step) }
  }
  return steps.joined(separator: "/")
}

/// Folders of one machine and hosts of package registries, put together here so that this file does not name them.
private let foreign: [String] =
  ["home", "Users", "root", "work", "workspace"].map { "/\($0)/" }
  + [("py" + "pi", "org"), ("npm" + "js", "com"), ("npm" + "js", "org"), ("python" + "hosted", "org"), ("ghcr", "io")]
  .map { "\($0).\($1)" }

private func strangers(in path: String, _ text: String) -> [Violation] {
  guard foreign.contains(where: text.contains) else { return [] }
  return text.components(separatedBy: "\n").enumerated().flatMap { number, line in
    foreign.filter(line.contains).map { Violation(file: path, line: number + 1, why: "names \($0)") }
  }
}
