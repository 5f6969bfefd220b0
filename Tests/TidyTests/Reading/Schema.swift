/// The tables and views that the migrations make, read as text.
struct Schema: Sendable {
  private(set) var tables: Set<String> = []
  private(set) var views: Set<String> = []

  init(of files: [SourceFile]) {
    for literal in files.flatMap(\.text.literals) {
      let words = SQLWords(literal.text).words.map(\.text)
      guard let create = words.firstIndex(of: "CREATE"), create + 2 < words.count else { continue }
      switch words[create + 1] {
      case "TABLE", "VIRTUAL": if let name = words[(create + 2)...].first(where: Schema.isName) { tables.insert(name) }
      case "VIEW": views.insert(words[create + 2])
      default: continue
      }
    }
  }

  /// Tables and views together.
  var objects: Set<String> { tables.union(views) }

  /// Tables whose rows go to the recycle bin.
  var recorded: Set<String> { tables.filter { views.contains($0 + "_live") } }

  /// The target to which a table belongs, by its prefix.
  static func owner(of name: String) -> String? {
    name.split(separator: "_").first.flatMap { owners[String($0)] }
  }

  private static let owners = [
    "accounts": "Accounts", "directory": "Directory", "academics": "Academics", "attendance": "Attendance",
    "interop": "Interop", "operations": "Operations", "jobs": "Jobs", "record": "Record", "schema": "Persistence",
    "notices": "Notices",
  ]

  private static func isName(_ word: String) -> Bool { owner(of: word) != nil && word.contains("_") }
}

/// The words of a piece of SQL, with the line of the literal in which each stands.
struct SQLWords: Sendable {
  let words: [(text: String, line: Int)]

  init(_ sql: String) {
    var words: [(text: String, line: Int)] = []
    var word: [UInt8] = []
    var line = 0
    for byte in Array(sql.utf8) + [UInt8(ascii: " ")] {
      if byte.isOfAWord {
        word.append(byte)
        continue
      }
      if !word.isEmpty { words.append((String(decoding: word, as: UTF8.self), line)) }
      word = []
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
    self.words = words
  }

  /// Where a table or view is named, with the word before it.
  struct Use: Sendable {
    let name: String
    let verb: String
    let isWrite: Bool
    let line: Int
  }

  /// Every use of `names`.
  func uses(of names: Set<String>) -> [Use] {
    words.indices.filter { names.contains(words[$0].text) }.map { index in
      let verb = index > 0 ? words[index - 1].text : ""
      let before = index > 1 ? words[index - 2].text : ""
      let isWrite =
        verb == "INTO" || (verb == "UPDATE" && before != "DO" && before != "FOR")
        || (verb == "FROM" && before == "DELETE")
      return Use(name: words[index].text, verb: verb, isWrite: isWrite, line: words[index].line)
    }
  }
}
