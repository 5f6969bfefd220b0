public import Kernel
public import Markup

/// What a handler answers; the pipeline adds what all answers have.
public struct Reply: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: Outgoing.Body

  /// An answer of bytes.
  public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Outgoing.Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// One object in `data`; its version becomes the `ETag`.
  public static func one<Value>(
    _ value: Value, _ shape: Shape<Value>, version: Int? = nil, status: Int = 200, location: Path? = nil
  ) -> Reply {
    var writer = JSONWriter(capacity: 1024)
    writer.beginObject()
    writer.key("data")
    shape.write(value, to: &writer)
    writer.endObject()
    var reply = json(writer, status: status)
    if let version { reply.headers.append(("ETag", "\"\(version)\"")) }
    if let location { reply.headers.append(("Location", location.description)) }
    return reply
  }

  /// Something new: 201 with its `Location`.
  public static func created<Value>(_ value: Value, _ shape: Shape<Value>, version: Int?, at location: Path) -> Reply {
    one(value, shape, version: version, status: 201, location: location)
  }

  /// A page of a list in `data`, with `page`; `total` where it was asked for.
  public static func many<Value>(
    _ page: Page<Value>, _ shape: Shape<Value>, limit: Int, total: Total? = nil
  ) -> Reply {
    var writer = JSONWriter(capacity: 512 * page.items.count + 128)
    writer.beginObject()
    writer.key("data")
    writer.beginArray()
    shape.write(page.items, to: &writer)
    writer.endArray()
    writer.key("page")
    writer.beginObject()
    writer.key("limit")
    writer.int(limit)
    writer.key("next")
    if let next = page.next { writer.id(next) } else { writer.null() }
    if let total {
      writer.key("total")
      switch total {
      case .exactly(let count): writer.int(count)
      case .atLeast(let count):
        writer.beginObject()
        writer.key("atLeast")
        writer.int(count)
        writer.endObject()
      }
    }
    writer.endObject()
    writer.endObject()
    return json(writer)
  }

  /// An object without an envelope.
  public static func bare<Value>(_ value: Value, _ shape: Shape<Value>, status: Int = 200) -> Reply {
    var writer = JSONWriter(capacity: 512)
    shape.write(value, to: &writer)
    return json(writer, status: status)
  }

  /// JSON that has been written.
  public static func json(_ writer: JSONWriter, status: Int = 200) -> Reply {
    Reply(status: status, headers: [("Content-Type", "application/json")], body: .bytes(writer.bytes))
  }

  /// Done, and nothing to show.
  public static let noContent = Reply(status: 204)

  /// A whole page.
  public static func html(_ page: HTML, status: Int = 200) -> Reply {
    Reply(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: .bytes(page.render()))
  }

  /// Plain text.
  public static func text(_ text: String, status: Int = 200) -> Reply {
    Reply(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(Array(text.utf8)))
  }

  /// On to another page after a change (303), with a word of what was done and a way to take it back.
  public static func seeOther(_ path: Path, flash: String? = nil, undo: Path? = nil) -> Reply {
    var reply = Reply(status: 303, headers: [("Location", path.description)])
    if let flash { reply.headers.append(("Set-Cookie", Flash(flash, undo: undo).cookie)) }
    return reply
  }

  /// A file to keep, under a name.
  public static func file(_ name: String, _ mediaType: String, _ body: Outgoing.Body) -> Reply {
    let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    return Reply(
      headers: [("Content-Type", mediaType), ("Content-Disposition", "attachment; filename=\"\(safe)\"")], body: body)
  }

  /// The same answer with one more header field.
  public func with(_ name: String, _ value: String) -> Reply {
    var reply = self
    reply.headers.append((name, value))
    return reply
  }
}

/// How many rows a list has.
public enum Total: Sendable, Equatable {
  /// So many.
  case exactly(Int)
  /// So many or more: beyond this, counting would cost more than the page.
  case atLeast(Int)
}

extension Flash {
  static let cookieName = "flash"

  /// The cookie that carries it to the next page. It holds no secret and is escaped where it is shown.
  var cookie: String {
    let value = Base16.encode("\(message.prefix(300))\n\(undo?.description ?? "")")
    return "\(Self.cookieName)=\(value); Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
  }

  /// What a cookie carried; nil for anything we did not write.
  init?(cookie: String?) {
    guard let cookie, cookie.utf8.count < 4000, let text = Base16.decode(cookie) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 2, Text.isPlain(String(lines[0])) else { return nil }
    self.init(String(lines[0]), undo: Path(checking: String(lines[1])))
  }

  static let forget = "\(cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
}

/// Text in a cookie, two hexadecimal digits a byte.
enum Base16 {
  static func encode(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  static func decode(_ text: String) -> String? {
    PercentCoding.decode(
      text.utf8.enumerated().map { ($0.offset % 2 == 0 ? "%" : "") + String(Unicode.Scalar($0.element)) }.joined())
  }
}
