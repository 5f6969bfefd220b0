import Foundation
import Kernel
import Mail

/// The gateway that takes text messages.
struct SMSGatewaySettings: Sendable, Equatable {
  var url: String
  var token: String?
}

extension SettingsReader {
  /// The server that takes our mail; nil when none is named.
  mutating func smtp() -> SMTPSettings? {
    guard let host = text("SMTP_HOST") else { return nil }
    let security = security()
    let port = int("SMTP_PORT", 1...65535) ?? (security == .tls ? 465 : 587)
    let (user, password) = (text("SMTP_USER"), text("SMTP_PASSWORD"))
    if (user == nil) != (password == nil) { fail("SMTP_USER and SMTP_PASSWORD go together: give both, or none.") }
    if security == .none, !Self.isLocal(host) {
      fail("SMTP_SECURE is none, which is for a server on the same machine: give starttls or tls.")
    }
    let authorities = text("SMTP_CA_FILE")
    if let authorities, !FileManager.default.isReadableFile(atPath: authorities) {
      fail("SMTP_CA_FILE is \"\(authorities)\", which cannot be read.")
    }
    let patience = duration("SMTP_TIMEOUT") ?? .seconds(30)
    guard let from = sender() else { return nil }
    return SMTPSettings(
      host: host, port: port, security: security, user: user, password: password, from: from, authorities: authorities,
      patience: patience)
  }

  /// The gateway for text messages; nil when none is named.
  mutating func smsGateway() -> SMSGatewaySettings? {
    guard let url = text("SMS_GATEWAY_URL") else { return nil }
    let parts = URLComponents(string: url)
    let isSafe = parts?.scheme == "https" || parts?.scheme == "http" && Self.isLocal(parts?.host ?? "")
    guard isSafe, parts?.host?.isEmpty == false else {
      fail("SMS_GATEWAY_URL is no address with https (or http on the same machine).")
      return nil
    }
    return SMSGatewaySettings(url: url, token: text("SMS_GATEWAY_TOKEN"))
  }

  private mutating func security() -> SMTPSettings.Security {
    // The runbooks say true and false, as nodemailer does: encrypted from the first byte, or after the greeting.
    switch word("SMTP_SECURE", ["starttls", "tls", "none", "true", "false"]) {
    case "tls", "true": .tls
    case "none": .none
    default: .startTLS
    }
  }

  private mutating func sender() -> MailAddress? {
    let text = text("SMTP_FROM") ?? ""
    if let match = text.wholeMatch(of: /\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*/) {
      if let address = MailAddress(String(match.output.2), name: String(match.output.1)) { return address }
    } else if let address = MailAddress(text) {
      return address
    }
    fail("SMTP_FROM has to say from whom mail comes, such as office@school.example.")
    return nil
  }

  private static func isLocal(_ host: String) -> Bool { ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) }
}
