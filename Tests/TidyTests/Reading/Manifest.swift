/// The targets of `Package.swift` and what each depends on, read as text.
struct Manifest: Sendable {
  /// Of each target of ours, the names of what it depends on.
  private(set) var dependencies: [String: Set<String>] = [:]

  /// Nil when no target is found.
  init?(_ text: String) {
    let groups = Self.groups(in: text)
    for call in ["library(", "system("] {
      for part in text.components(behind: call) {
        let names = Self.names(in: part, groups)
        guard let target = names.first else { continue }
        dependencies[target.value] = Set(names.dropFirst().flatMap { groups[$0.value] ?? [$0.value] })
      }
    }
    dependencies["homeroom"] = ["HomeroomApp"]
    if dependencies.count < 2 { return nil }
  }

  /// Arrows that point up, or past the seams: ground that knows a slice, anyone but the app who knows a driver.
  var upwardArrows: [String] {
    let drivers: Set<String> = ["SQLiteDriver", "PostgresDriver"]
    return dependencies.flatMap { target, names -> [String] in
      if target == "HomeroomApp" || target == "homeroom" { return [] }
      let refused = slices.contains(target) ? drivers : drivers.union(slices)
      return names.intersection(refused).map { "\(target) → \($0)" }
    }.sorted()
  }

  /// `let ground: [Target.Dependency] = ["Kernel", …]`, by name; a group may begin with another.
  private static func groups(in text: String) -> [String: [String]] {
    var groups: [String: [String]] = [:]
    for part in text.components(behind: "let ") {
      guard let line = part.split(separator: "\n").first, line.contains("Target.Dependency"),
        let equals = line.firstIndex(of: "=")
      else { continue }
      let name = String(line.prefix { $0.isLetter })
      groups[name] = names(in: "(" + line[equals...] + ")", groups).flatMap { groups[$0.value] ?? [$0.value] }
    }
    return groups
  }

  /// The quoted words, and the known groups, up to the parenthesis that closes the call.
  private static func names(in text: String, _ groups: [String: [String]]) -> [(value: String, isQuoted: Bool)] {
    var names: [(value: String, isQuoted: Bool)] = []
    var depth = 1
    var word = ""
    var isQuoted = false
    for character in text.drop(while: { $0 == "(" }) {
      if character == "\"" {
        if isQuoted { names.append((word, true)) }
        isQuoted.toggle()
        word = ""
      } else if isQuoted || character.isLetter || character.isNumber {
        word.append(character)
      } else {
        if groups[word] != nil { names.append((word, false)) }
        word = ""
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if depth == 0 { break }
      }
    }
    return names
  }
}

extension String {
  /// What follows each `mark`, as far as the text goes.
  fileprivate func components(behind mark: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      parts.append(String(rest))
    }
    return parts
  }
}
