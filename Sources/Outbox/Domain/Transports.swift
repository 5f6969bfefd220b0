public import Kernel
public import Mail

/// How letters leave the house, by channel; nil where there is nothing to send with.
public struct Transports: Sendable {
  /// Hands a mail over; calls its second argument before the end of it, and passes on what that throws.
  public typealias SendMail =
    @Sendable (MailMessage, _ beforeEnd: @escaping @Sendable () async throws -> Void) async throws -> Delivery
  /// Hands a text message over: its identity, the number, the text; calls its last argument before.
  public typealias SendText =
    @Sendable (
      _ id: String, _ number: String, _ text: String, _ beforeEnd: @escaping @Sendable () async throws -> Void
    ) async throws -> Delivery

  /// From whom mail comes, and who sends it.
  public let mail: (from: MailAddress, send: SendMail)?
  /// Who sends text messages.
  public let text: SendText?

  /// Transports for the channels there are settings for.
  public init(mail: (from: MailAddress, send: SendMail)? = nil, text: SendText? = nil) {
    self.mail = mail
    self.text = text
  }

  /// The channels there is something to send with.
  var channels: [LetterChannel] { (mail == nil ? [] : [.mail]) + (text == nil ? [] : [.sms]) }
}

/// Keeps secrets sealed as long as they are in the database.
public struct LetterSeal: Sendable {
  let seal: @Sendable (_ text: String, LetterID) -> [UInt8]
  let open: @Sendable (_ sealed: [UInt8], LetterID) throws -> String

  /// Sealing and opening, bound to the letter.
  public init(
    seal: @escaping @Sendable (_ text: String, LetterID) -> [UInt8],
    open: @escaping @Sendable (_ sealed: [UInt8], LetterID) throws -> String
  ) {
    self.seal = seal
    self.open = open
  }
}
