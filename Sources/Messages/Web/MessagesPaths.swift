public import Kernel
public import Markup

/// The addresses of messages.
public enum MessagesPaths {
  /// One's inbox.
  public static let inbox: Path = "/messages"
  /// The stream that tells when the number of new messages changes.
  public static let events: Path = "/api/v1/inbox/events"
  /// What one has written.
  public static let sent: Path = "/messages/sent"
  static let new: Path = "/messages/new"
  static let readAll: Path = "/messages/read-all"
  static let inboxFile: Path = "/messages.csv"
  static let sentFile: Path = "/messages/sent.csv"
  /// By which channels one wants messages.
  static let channels: Path = "/account/channels"

  /// A message as its readers have it.
  public static func message(_ id: MessageID) -> Path { "/messages/\(id)" }
  static func hiding(_ id: MessageID) -> Path { "/messages/\(id)/hiding" }
  static func showing(_ id: MessageID) -> Path { "/messages/\(id)/showing" }
  /// A message as its author has it.
  public static func sent(_ id: MessageID) -> Path { "/messages/sent/\(id)" }
  static func editing(_ id: MessageID) -> Path { "/messages/sent/\(id)/edit" }
  static func sending(_ id: MessageID) -> Path { "/messages/sent/\(id)/sending" }
  static func withdrawal(_ id: MessageID) -> Path { "/messages/sent/\(id)/withdrawal" }
  static func deliveriesFile(_ id: MessageID) -> Path { "/messages/sent/\(id)/deliveries.csv" }
  static func apiMessage(_ id: MessageID) -> Path { "/api/v1/messages/\(id)" }
}
