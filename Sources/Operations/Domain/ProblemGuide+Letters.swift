extension ProblemGuide {
  static let letters: [Entry] = [
    Entry("BAD_BASE64", "The file is not in base64.", "Encode its bytes as RFC 4648 has it, with padding."),
    Entry("BAD_MEDIA_TYPE", "That is no media type.", "Give one such as application/pdf."),
    Entry("LETTER_SENT", "The server took the letter, or is taking it.", "Write a new one if it has to go again."),
    Entry("LETTER_TOO_LATE", "The link in the letter does not work any more.", "Have a new link made."),
    Entry("LINK_MISSING", "Without its link the letter is of no use.", "Put {{link}} into a paragraph of its own."),
    Entry(
      "NO_TRANSPORT", "No mail server, or no gateway for text messages, is set.",
      "Give SMTP_HOST and SMTP_FROM, or SMS_GATEWAY_URL; until then letters stay in the outbox."),
    Entry("TOO_LARGE", "The files have too many bytes together.", "Send fewer, or a link to them."),
    Entry(
      "UNKNOWN_PLACEHOLDER", "The template asks for something that is not known there.",
      "Use the placeholders that the detail lists."),
  ]
}
