/// A Swift source taken apart: the code, the comments and the text of string literals, each in a layer of its own.
///
/// The layers of code and comments are as long as the source, with spaces where something else stands, so a place in
/// one is the same place in all. Code inside an interpolation is code. That is all a tidy rule needs to know of Swift.
struct SwiftText: Sendable {
  /// A string literal: where it begins, and its text as written, with `\()` for each interpolation.
  struct Literal: Sendable {
    let line: Int
    let text: String
  }

  let source: [UInt8]
  private(set) var code: [UInt8]
  private(set) var comments: [UInt8]
  private(set) var literals: [Literal] = []
  private let lineStarts: [Int]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let blank = bytes.map { $0 == newline ? newline : space }
    source = bytes
    code = blank
    comments = blank
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == newline }.map { $0 + 1 }
    readCode(from: 0, insideInterpolation: false)
  }

  /// How many lines there are; a line break at the end begins no further one.
  var lineCount: Int { source.last == newline ? lineStarts.count - 1 : lineStarts.count }

  /// The line, from 1, in which a place lies.
  func line(of place: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= place { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// A line, from 1, of one layer; empty when there is no such line.
  func line(_ number: Int, of layer: KeyPath<SwiftText, [UInt8]>) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let end = number < lineStarts.count ? lineStarts[number] - 1 : source.count
    return String(decoding: self[keyPath: layer][lineStarts[number - 1]..<end], as: UTF8.self)
  }

  // MARK: Taking apart

  /// Reads code until the end, or until the parenthesis that closes an interpolation; returns the place behind it.
  @discardableResult
  private mutating func readCode(from start: Int, insideInterpolation: Bool) -> Int {
    var place = start
    var depth = 0
    while place < source.count {
      let byte = source[place]
      if byte == slash, has(slash, at: place + 1) {
        place = readLineComment(from: place)
      } else if byte == slash, has(star, at: place + 1) {
        place = readBlockComment(from: place)
      } else if byte == quote {
        place = readLiteral(from: place, hashes: 0)
      } else if byte == hash, let hashes = hashesBeforeQuote(at: place) {
        place = readLiteral(from: place + hashes, hashes: hashes)
      } else {
        if insideInterpolation {
          if byte == closing, depth == 0 { return place + 1 }
          if byte == opening { depth += 1 }
          if byte == closing { depth -= 1 }
        }
        code[place] = byte
        place += 1
      }
    }
    return place
  }

  private mutating func readLineComment(from start: Int) -> Int {
    var place = start
    while place < source.count, source[place] != newline {
      comments[place] = source[place]
      place += 1
    }
    return place
  }

  private mutating func readBlockComment(from start: Int) -> Int {
    var place = start
    var depth = 0
    repeat {
      if has(slash, at: place), has(star, at: place + 1) { depth += 1 }
      let isEnd = has(star, at: place) && has(slash, at: place + 1)
      if isEnd { depth -= 1 }
      let length = isEnd ? 2 : 1
      for offset in place..<min(place + length, source.count) { comments[offset] = source[offset] }
      place += length
    } while depth > 0 && place < source.count
    return place
  }

  /// Reads the literal whose opening quote stands at `start`; returns the place behind it.
  private mutating func readLiteral(from start: Int, hashes: Int) -> Int {
    let isLong = has(quote, at: start + 1) && has(quote, at: start + 2)
    let quotes = isLong ? 3 : 1
    var text: [UInt8] = []
    var place = start + quotes
    code[start] = quote
    while place < source.count {
      if isEscape(at: place, hashes: hashes) {
        let behind = place + 1 + hashes
        if has(opening, at: behind) {
          place = readCode(from: behind + 1, insideInterpolation: true)
          text += Array("\\()".utf8) + source[behind..<place].filter { $0 == newline }
        } else {
          text += source[place..<min(behind + 1, source.count)]
          place = behind + 1
        }
      } else if isEnd(at: place, quotes: quotes, hashes: hashes) || (!isLong && source[place] == newline) {
        break
      } else {
        text.append(source[place])
        place += 1
      }
    }
    literals.append(Literal(line: line(of: start), text: String(decoding: text, as: UTF8.self)))
    if place < source.count, source[place] == quote { code[place] = quote }
    return min(place + quotes + hashes, source.count)
  }

  private func isEscape(at place: Int, hashes: Int) -> Bool {
    source[place] == backslash && (0..<hashes).allSatisfy { has(hash, at: place + 1 + $0) }
  }

  private func isEnd(at place: Int, quotes: Int, hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { has(quote, at: place + $0) }
      && (0..<hashes).allSatisfy { has(hash, at: place + quotes + $0) }
  }

  private func hashesBeforeQuote(at place: Int) -> Int? {
    var hashes = 0
    while has(hash, at: place + hashes) { hashes += 1 }
    return has(quote, at: place + hashes) ? hashes : nil
  }

  private func has(_ byte: UInt8, at place: Int) -> Bool { place < source.count && source[place] == byte }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")
private let quote = UInt8(ascii: "\"")
private let hash = UInt8(ascii: "#")
private let backslash = UInt8(ascii: "\\")
private let opening = UInt8(ascii: "(")
private let closing = UInt8(ascii: ")")
