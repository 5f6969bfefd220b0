import Foundation

/// A Swift file of the checkout, or one that a test makes up.
struct SourceFile: Sendable {
  /// The path from the root, such as `Sources/Academics/Domain/Course.swift`.
  let path: String
  let text: SwiftText

  init(path: String, _ source: String) {
    self.path = path
    text = SwiftText(source)
  }

  private var steps: [Substring] { path.split(separator: "/") }
  /// The file's own name, such as `Course.swift`.
  var name: String { steps.last.map(String.init) ?? path }
  /// The target it belongs to, such as `Academics`.
  var target: String { steps.count > 1 ? String(steps[1]) : "" }
  /// The folder in its target, such as `Domain`; empty at the top.
  var folder: String { steps.count > 3 ? String(steps[2]) : "" }
  /// Whether it belongs to the tests.
  var isTest: Bool { path.hasPrefix("Tests/") }

  /// The modules it imports, and where.
  var imports: [(module: String, line: Int)] {
    places(of: "import ").compactMap { place in
      let line = text.line(of: place)
      let words = text.line(line, of: \.code).split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), let name = words.last,
        words[..<keyword].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal"].contains($0) })
      else { return nil }
      return (String(name.prefix { $0 != "." }), line)
    }
  }

  /// Where `needle` stands in the code as a word of its own: no letter runs into its ends.
  func places(of needle: String) -> [Int] { places(of: needle, in: text.code) }

  /// Whether the line, or the one before it, says something in a comment.
  func isExplained(at line: Int) -> Bool {
    [line, line - 1].contains { text.line($0, of: \.comments).contains("//") }
  }

  private func places(of needle: String, in layer: [UInt8]) -> [Int] {
    let wanted = Array(needle.utf8)
    guard let first = wanted.first, let last = wanted.last, layer.count >= wanted.count else { return [] }
    return layer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return [] }
      var places: [Int] = []
      var start = 0
      while let hit = memchr(base + start, Int32(first), bytes.count - start) {
        let place = UnsafeRawPointer(hit) - base
        let end = place + wanted.count
        if end > bytes.count { break }
        start = place + 1
        let beginsWord = !first.isOfAWord || place == 0 || !bytes[place - 1].isOfAWord
        let endsWord = !last.isOfAWord || end == bytes.count || !bytes[end].isOfAWord
        if beginsWord, endsWord, memcmp(hit, wanted, wanted.count) == 0 { places.append(place) }
      }
      return places
    }
  }
}

extension UInt8 {
  /// Whether it is a letter, a digit, an underscore or part of a character beyond ASCII.
  var isOfAWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
