/// A request as it comes in, free of any server library: tests make one by hand.
public struct Incoming: Sendable {
  /// The method as sent, such as `GET`.
  public var method: String
  /// The path, still percent-encoded, without the query.
  public var path: String
  /// The query without its question mark, or "".
  public var query: String
  /// Header fields by lower-case name; a field sent twice is joined with ", ".
  public var headers: [String: String]
  /// The address of the other end.
  public var peer: String
  /// Whether the connection is encrypted, as far as this process sees.
  public var isSecure: Bool
  /// Reads the body, or throws a problem once it passes the limit in bytes.
  public var body: @Sendable (_ limit: Int) async throws -> [UInt8]

  /// A request.
  public init(
    method: String, path: String, query: String = "", headers: [String: String] = [:], peer: String = "127.0.0.1",
    isSecure: Bool = false, body: @escaping @Sendable (Int) async throws -> [UInt8] = { _ in [] }
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.peer = peer
    self.isSecure = isSecure
    self.body = body
  }

  /// The value of a cookie; of two with one name the first.
  public func cookie(_ name: String) -> String? {
    for pair in (headers["cookie"] ?? "").utf8.split(separator: UInt8(ascii: ";")) {
      let pair = pair.drop { $0 == UInt8(ascii: " ") }
      guard pair.starts(with: name.utf8) else { continue }
      let rest = pair.dropFirst(name.utf8.count)
      if rest.first == UInt8(ascii: "=") { return String(rest.dropFirst()) }
    }
    return nil
  }
}

/// An answer as it goes out.
public struct Outgoing: Sendable {
  /// The status code.
  public var status: Int
  /// Header fields in order.
  public var headers: [(name: String, value: String)]
  /// What is in it.
  public var body: Body

  /// What is in an answer.
  public enum Body: Sendable {
    /// All of it at once.
    case bytes([UInt8])
    /// Piece by piece, each made when the client is ready for it: exports and server-sent events. Make it with
    /// `AsyncThrowingStream(unfolding:)`.
    case stream(AsyncThrowingStream<[UInt8], any Error>)
  }

  /// The value of a header field by name, in any case.
  public subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
