import Kernel

/// A password taken apart into what is quickly guessed and what is not.
///
/// Of all ways to take it apart the cheapest counts, as for somebody who guesses. The idea is zxcvbn's (Wheeler,
/// USENIX Security 2016), brought down to one page.
struct ObviousParts {
  /// What makes a part easy to guess.
  enum Kind: CaseIterable {
    /// A word of the person or the school.
    case ownWord
    /// A word of the lists of stolen passwords.
    case commonWord
    /// Neighbours in the alphabet, among the digits or on a keyboard; also a year.
    case run
    /// What stood directly before, again.
    case repetition

    /// What the part is worth, in characters.
    var worth: Int { self == .commonWord ? 2 : 1 }
  }

  /// What the password is worth, in characters that have to be guessed one by one.
  let worth: Int
  /// The kind that most of its characters belong to.
  let main: Kind

  init(of password: String, ownWords: [String]) {
    let reader = PartReader(password, ownWords: ownWords)
    let count = reader.text.count
    // The cheapest way to each position: its price, and the step that led there.
    var price = [0] + [Int](repeating: .max, count: count)
    var steps = [(from: Int, kind: Kind?)](repeating: (0, nil), count: count + 1)
    func step(from start: Int, to end: Int, kind: Kind?, worth: Int) {
      guard price[start] + worth < price[end] else { return }
      price[end] = price[start] + worth
      steps[end] = (start, kind)
    }
    for start in 0..<count {
      for (end, kind) in reader.parts(from: start) { step(from: start, to: end, kind: kind, worth: kind.worth) }
      step(from: start, to: start + 1, kind: nil, worth: PartReader.separators.contains(reader.text[start]) ? 0 : 1)
    }
    var covered: [Kind: Int] = [:]
    var position = count
    while position > 0 {
      let (start, kind) = steps[position]
      if let kind { covered[kind, default: 0] += position - start }
      position = start
    }
    worth = price[count]
    // Nothing but separators is the same thing again and again, too.
    main =
      covered.isEmpty
      ? .repetition : Kind.allCases.max { covered[$0, default: 0] < covered[$1, default: 0] } ?? .repetition
  }
}

/// Finds the obvious parts that begin at a position.
private struct PartReader {
  /// Folded: lower case and without accents, as guessers fold it.
  let text: [Unicode.Scalar]
  /// The same with signs read as letters: `p4$$w0rd`. A one may stand for an i or an l.
  private let readings: [[Unicode.Scalar]]
  private let ownWords: Set<String>
  private let longest: Int

  /// Between words they cost a guesser nothing.
  static let separators: Set<Unicode.Scalar> = [" ", "-", "_", ".", ","]

  init(_ password: String, ownWords: [String]) {
    text = Array(Text.folded(password).unicodeScalars)
    readings = [text, text.map { Self.letter($0, one: "i") }, text.map { Self.letter($0, one: "l") }]
    self.ownWords = Set(ownWords.flatMap(Self.words(of:)))
    longest = max(CommonWords.longest, self.ownWords.map(\.unicodeScalars.count).max() ?? 0)
  }

  func parts(from start: Int) -> [(end: Int, kind: ObviousParts.Kind)] {
    words(from: start) + runs(from: start) + repetitions(from: start)
  }

  private func words(from start: Int) -> [(end: Int, kind: ObviousParts.Kind)] {
    var found: [(end: Int, kind: ObviousParts.Kind)] = []
    for end in stride(from: start + 3, through: min(start + longest, text.count), by: 1) {
      for reading in readings {
        let word = String(String.UnicodeScalarView(reading[start..<end]))
        if ownWords.contains(word) { found.append((end, .ownWord)) }
        if CommonWords.all.contains(word) { found.append((end, .commonWord)) }
      }
    }
    return found
  }

  private func runs(from start: Int) -> [(end: Int, kind: ObviousParts.Kind)] {
    var longest = 0
    for row in Self.rows {
      for position in row.indices where row[position] == text[start] {
        let shared = zip(row[position...], text[start...]).prefix { $0 == $1 }.count
        longest = max(longest, shared)
      }
    }
    let isNumber = ("0"..."9").contains(text[start])
    var found: [(end: Int, kind: ObviousParts.Kind)] = []
    // Three letters in a row occur in honest words ("first", "were"), three digits do not.
    if longest >= (isNumber ? 3 : 4) { found.append((start + longest, .run)) }
    if isYear(at: start) { found.append((start + 4, .run)) }
    return found
  }

  private func isYear(at start: Int) -> Bool {
    guard start + 4 <= text.count else { return false }
    let digits = text[start..<start + 4].map(\.value)
    return digits.allSatisfy { (0x30...0x39).contains($0) }
      && (digits.starts(with: [0x31, 0x39])
        || digits.starts(with: [0x32, 0x30]))
  }

  private func repetitions(from start: Int) -> [(end: Int, kind: ObviousParts.Kind)] {
    var furthest = start
    for period in stride(from: 1, through: min(start, 64), by: 1) {
      var end = start
      while end < text.count, text[end] == text[end - period] { end += 1 }
      if end - start >= max(period, 2) { furthest = max(furthest, end) }
    }
    return furthest > start ? [(furthest, .repetition)] : []
  }

  /// The words of a name or an address, each alone and all together.
  private static func words(of text: String) -> [String] {
    let words = Text.folded(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return (words + [words.joined()]).filter { $0.unicodeScalars.count >= 3 }
  }

  private static func letter(_ sign: Unicode.Scalar, one: Unicode.Scalar) -> Unicode.Scalar {
    switch sign {
    case "0": "o"
    case "1", "!", "|": one
    case "3", "€": "e"
    case "4", "@": "a"
    case "5", "$": "s"
    case "7", "+": "t"
    case "8": "b"
    default: sign
    }
  }

  /// The alphabet, the digits twice over, and the rows and slants of three kinds of keyboard; each also backwards.
  private static let rows: [[Unicode.Scalar]] = [
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl",
    "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz", "2wsx", "3edc", "4rfv", "5tgb",
    "6yhn", "7ujm", "8ik,", "9ol.", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()",
  ].flatMap { row in
    let row = Array(row.unicodeScalars)
    return [row, row.reversed()]
  }
}
