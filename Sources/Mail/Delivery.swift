/// What came of handing something over to a server.
public enum Delivery: Sendable, Equatable {
  /// The server has taken it, and answers for it from now on.
  case taken(words: String)
  /// The server will not have it, now or later.
  case refused(words: String)
  /// It was not handed over, and may be another time.
  case putOff(words: String)
  /// It was handed over whole and no answer came: only the receiver knows.
  case unknown(words: String)

  /// The server's words, or what kept them from being heard.
  public var words: String {
    switch self {
    case .taken(let words), .refused(let words), .putOff(let words), .unknown(let words): words
    }
  }
}
