import Foundation
import Testing

@testable import Operations

@Suite struct `The guide to problems` {
  @Test func `explains every code that the sources name`() throws {
    let known = Set(ProblemGuide.chapters.flatMap(\.entries).map(\.code))
    let named = try codes(in: sources())
    #expect(named.count > 100)
    #expect(named.subtracting(known).sorted() == [])
  }

  @Test func `finds codes wherever they are written`() {
    let text = """
      Problem(.conflict, code: "SECTION_FULL", title: "Full") conflict("TERM_CLOSED", "Closed") code: "BUSY"
      Section(code: "AB"), fail(pointer, "REQUIRED", "Fill it in."), row["HOMEROOM_DATA"]
      """
    #expect(codes(in: [text]) == ["SECTION_FULL", "TERM_CLOSED", "BUSY", "REQUIRED"])
  }

  @Test func `has each code once, with a cause and a cure`() {
    let entries = ProblemGuide.chapters.flatMap(\.entries)
    #expect(Set(entries.map(\.code)).count == entries.count)
    for entry in entries {
      #expect(entry.cause.hasSuffix(".") && entry.cause.count > 10, "\(entry.code) has no cause")
      #expect(!entry.cure.isEmpty, "\(entry.code) has no cure")
    }
  }

  @Test func `is asked by the end of a type, or by the code`() {
    #expect(ProblemGuide.find("section-full")?.code == "SECTION_FULL")
    #expect(ProblemGuide.find("SECTION_FULL")?.slug == "section-full")
    #expect(ProblemGuide.find("no-such-thing") == nil)
  }

  /// The text of every Swift file of ours, without those that name settings rather than problems.
  private func sources() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { file in
      file.pathExtension == "swift" && !file.path.contains("/Settings/") && !file.path.contains("/ProblemGuide")
    }.map { try String(contentsOf: $0, encoding: .utf8) }
  }

  /// What follows `code:`, `fail(`, `check(`, `conflict(`, `refusal(` and the like as a word in capitals, and any word
  /// in capitals with low lines that is no index. Two or three letters are codes of schools and of attendance.
  private func codes(in texts: [String]) -> Set<String> {
    var codes: Set<String> = []
    for text in texts {
      for match in text.matches(of: /(code: |, |\(|return |: )"([A-Z]{4,}|[A-Z]{2,}(?:_[A-Z]+)+)"(?!\])/) {
        let code = String(match.output.2)
        let isCalled = match.output.1 == "code: "
        if isCalled || code.contains("_") || fieldCodes.contains(code) { codes.insert(code) }
      }
    }
    return codes.subtracting(notCodes)
  }

  /// Codes of one word, which elsewhere might be any word in capitals.
  private let fieldCodes: Set<String> = ["REQUIRED", "TAKEN", "CONFLICT", "BUSY", "FORBIDDEN", "UNAUTHORIZED"]
  /// Words that only look like codes: names of settings.
  private let notCodes: Set<String> = ["HOMEROOM_DATA", "DATABASE_URL", "API_PORT"]
}
