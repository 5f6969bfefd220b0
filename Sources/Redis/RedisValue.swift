import CHiredis

/// What Redis answers.
public enum RedisValue: Sendable, Equatable {
  /// Nothing is there.
  case null
  /// A whole number.
  case integer(Int)
  /// Bytes as they were put there.
  case bytes([UInt8])
  /// A word of the server, such as `OK`.
  case status(String)
  /// Several answers.
  case array([RedisValue])
  /// A refusal: its first word, such as `NOSCRIPT`. The rest may quote what was sent, and is not kept.
  case refusal(String)

  /// The number, if it is one.
  public var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The bytes, if there are some.
  public var bytes: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }

  /// The answers within, if there are several.
  public var array: [RedisValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// Copies a reply, which stays the library's.
  init(_ reply: redisReply) {
    switch reply.type {
    case REDIS_REPLY_INTEGER: self = .integer(Int(reply.integer))
    case REDIS_REPLY_STRING: self = .bytes(Self.bytes(of: reply))
    case REDIS_REPLY_STATUS: self = .status(String(decoding: Self.bytes(of: reply), as: UTF8.self))
    case REDIS_REPLY_ERROR:
      let first = Self.bytes(of: reply).prefix { $0 != UInt8(ascii: " ") }
      self = .refusal(String(decoding: first, as: UTF8.self))
    case REDIS_REPLY_ARRAY:
      let elements = UnsafeBufferPointer(start: reply.element, count: reply.element == nil ? 0 : reply.elements)
      self = .array(elements.map { $0.map { RedisValue($0.pointee) } ?? .null })
    default: self = .null
    }
  }

  private static func bytes(of reply: redisReply) -> [UInt8] {
    guard let text = reply.str else { return [] }
    return Array(UnsafeRawBufferPointer(start: text, count: reply.len))
  }
}

/// Why Redis gives no answer. Never holds what was asked.
public enum RedisFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no connection at this moment, for this reason; said at once, without trying.
  case away(String)
  /// The answer did not come in time.
  case slow
  /// Redis refused, with this word.
  case refused(String)
  /// More wait already than can be served in time.
  case crowded

  public var description: String {
    switch self {
    case .away(let why): why
    case .slow: "it does not answer in time"
    case .refused(let word): "it refuses with \(word)"
    case .crowded: "too many wait for it already"
    }
  }
}

/// A command and what it is told, as bytes.
public struct RedisCommand: Sendable {
  let words: [[UInt8]]

  /// A command of texts, such as `RedisCommand("GET", key)`.
  public init(_ name: StaticString, _ words: String...) {
    self.words = [Array(name.description.utf8)] + words.map { Array($0.utf8) }
  }

  /// The same with more bytes behind, such as what is to be kept.
  public func with(_ bytes: [UInt8]...) -> RedisCommand { RedisCommand(words: words + bytes) }

  /// The same with more texts behind.
  public func with(_ texts: String...) -> RedisCommand { RedisCommand(words: words + texts.map { Array($0.utf8) }) }

  private init(words: [[UInt8]]) { self.words = words }
}
