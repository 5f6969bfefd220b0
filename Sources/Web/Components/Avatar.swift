public import Markup

/// The initials of a person on a round of colour. Decoration: the name always stands beside it.
public struct Avatar: View {
  private let initials: String
  private let tone: Int
  private let isLarge: Bool

  /// An avatar; `key` is something that never changes, such as the id, and chooses one of five colours.
  public init(name: String, key: String, isLarge: Bool = false) {
    initials = Self.initials(of: name)
    tone = Self.tone(of: key)
    self.isLarge = isLarge
  }

  public var body: HTML {
    span(.class("avatar", isLarge ? "large" : nil), .data("tone", tone == 0 ? nil : "\(tone)"), .ariaHidden) {
      initials
    }
  }

  /// The first letters of the first and the last word, in capitals; of a single word without spaces its first letter.
  static func initials(of name: String) -> String {
    if let initials = initials(ofASCII: name) { return initials }
    let words = name.split(whereSeparator: \.isWhitespace)
    guard let first = words.first?.first else { return "" }
    guard words.count > 1, let last = words.last?.first(where: \.isLetter) else { return first.uppercased() }
    return first.uppercased() + last.uppercased()
  }

  /// The same for a name in plain ASCII, where a byte is a letter: most of a long list, and much quicker.
  private static func initials(ofASCII name: String) -> String? {
    var (first, last): (UInt8?, UInt8?)
    var startsWord = true
    var seeksLetter = false
    for byte in name.utf8 {
      guard byte < 0x80 else { return nil }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        startsWord = true
        continue
      }
      if startsWord {
        startsWord = false
        if first == nil { first = byte } else { (last, seeksLetter) = (nil, true) }
      }
      let isLetter = (0x41...0x5A).contains(byte & 0xDF)
      if seeksLetter, isLetter { (last, seeksLetter) = (byte, false) }
    }
    guard let first else { return "" }
    return String(decoding: [first] + (last.map { [$0] } ?? []), as: UTF8.self).uppercased()
  }

  /// A number from 0 to 4 that is the same on every machine and after every restart (FNV-1a).
  static func tone(of key: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in key.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash % 5)
  }
}

/// A person in a list: avatar, name as a link, and a quiet line below.
public struct PersonCell: View {
  private let name: String
  private let language: String?
  private let key: String
  private let path: Path?
  private let also: String?

  /// A person; `also` may be the name in another script, or the class.
  public init(_ name: String, language: String? = nil, key: String, path: Path?, also: String? = nil) {
    self.name = name
    self.language = language
    self.key = key
    self.path = path
    self.also = also
  }

  public var body: HTML {
    span(.class("person")) {
      Avatar(name: name, key: key)
      span {
        if let path {
          a(.href(path)) { bdi(.lang(language)) { name } }
        } else {
          bdi(.lang(language)) { name }
        }
        if let also { span(.class("also")) { bdi { also } } }
      }
    }
  }
}
