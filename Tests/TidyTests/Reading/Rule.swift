import Testing

/// A place that breaks a rule.
struct Violation: Sendable, CustomStringConvertible {
  let file: String
  let line: Int
  let why: String

  var description: String { line > 0 ? "\(file):\(line): \(why)" : "\(file): \(why)" }
}

/// A rule about Swift files: where it holds, and what breaks it.
struct Rule: Sendable {
  private let covers: @Sendable (SourceFile) -> Bool
  private let look: @Sendable (SourceFile) -> [(line: Int, why: String)]

  init(
    for covers: @escaping @Sendable (SourceFile) -> Bool,
    _ look: @escaping @Sendable (SourceFile) -> [(line: Int, why: String)]
  ) {
    self.covers = covers
    self.look = look
  }

  /// A rule that some words are not in the code.
  init(no words: [String], _ why: String, for covers: @escaping @Sendable (SourceFile) -> Bool) {
    self.init(for: covers) { file in
      words.flatMap { word in
        file.places(of: word).map { (file.text.line(of: $0), "\(word.trimmingSuffix("(")): \(why)") }
      }
    }
  }

  /// What breaks the rule in one file.
  func violations(in file: SourceFile) -> [Violation] {
    guard covers(file) else { return [] }
    return look(file).map { Violation(file: file.path, line: $0.line, why: $0.why) }
  }

  /// Says every place of the checkout that breaks the rule.
  func holds(sourceLocation: SourceLocation = #_sourceLocation) {
    expectNone(Checkout.swiftFiles.flatMap { violations(in: $0) }, sourceLocation: sourceLocation)
  }

  /// Whether the rule is broken by a file made up here: so that each rule is seen to fail.
  func finds(_ source: String, in path: String) -> Bool { !violations(in: SourceFile(path: path, source)).isEmpty }
}

/// Fails with all violations in one message, a line each.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
  guard !violations.isEmpty else { return }
  let lines = violations.map(\.description).joined(separator: "\n")
  Issue.record("\(violations.count) to tidy:\n\(lines)", sourceLocation: sourceLocation)
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
