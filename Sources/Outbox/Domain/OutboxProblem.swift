import Kernel

extension Problem {
  static func notResendable(_ state: LetterState) -> Problem {
    Problem(
      .conflict, code: "LETTER_SENT", title: "It is on its way already",
      detail: "The server took it\(state == .sent ? "" : " or may have"). Write a new one if it has to go again.")
  }

  static let tooLate = Problem(
    .conflict, code: "LETTER_TOO_LATE", title: "Its time is over",
    detail: "The link in it does not work any more. Have a new one made.")

  static func noTransport(_ channel: LetterChannel) -> Problem {
    Problem(
      .conflict, code: "NO_TRANSPORT", title: "There is nothing to send with",
      detail: channel == .mail
        ? "No mail server is set: give SMTP_HOST and SMTP_FROM. Until then mail stays in the outbox, to be read there."
        : "No gateway is set: give SMS_GATEWAY_URL. Until then text messages stay in the outbox.")
  }

  static func unknownPlaceholder(_ name: String, known: [String]) -> FieldError {
    FieldError(
      pointer: "/text", code: "UNKNOWN_PLACEHOLDER",
      detail: "{{\(name)}} means nothing here. There are: \(known.map { "{{\($0)}}" }.joined(separator: ", ")).")
  }
}
