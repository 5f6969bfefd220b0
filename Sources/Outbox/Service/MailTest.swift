public import Kernel
public import Mail
import Persistence
public import Rights

/// Tries the way out step by step, so that whoever set the server hears which step fails.
public struct MailTest: Sendable {
  /// One step, and what came of it.
  public struct Step: Sendable, Equatable {
    /// What was tried.
    public let title: String
    /// Whether it went well.
    public let isWell: Bool
    /// What was heard, and what to do where it is no good.
    public let words: String
  }

  private let service: OutboxService
  private let server: SMTPServer?
  private let time: @Sendable (Instant) -> String

  /// A test of a server; `time` says a moment in words.
  public init(_ service: OutboxService, server: SMTPServer?, time: @escaping @Sendable (Instant) -> String) {
    self.service = service
    self.server = server
    self.time = time
  }

  /// Connects, encrypts and signs in; then hands over a mail to `recipient`, where one is given.
  public func run(to recipient: String?, by actor: Actor) async throws -> [Step] {
    _ = try actor.require(.viewMail)
    var validation = Validation()
    let address = recipient.map { LetterAddress.read($0, for: .mail, at: "/recipient", &validation) }
    try validation.finish()
    guard let server else {
      return [
        Step(title: "Settings", isWell: false, words: Problem.noTransport(.mail).detail)
      ]
    }
    let settings = server.settings
    let place = "\(settings.host), port \(settings.port)"
    var steps: [Step] = []
    switch await server.greet() {
    case .taken:
      steps.append(Step(title: "Connection", isWell: true, words: "\(place): \(Self.protection(settings))."))
    case let other:
      steps.append(
        Step(title: "Connection", isWell: false, words: "\(place): \(other.words). \(Self.cure(other.words))"))
      return steps
    }
    guard let address else { return steps }
    steps.append(try await hand(over: address, to: server))
    return steps
  }

  private func hand(over address: String, to server: SMTPServer) async throws -> Step {
    guard let to = MailAddress(address) else { throw Bug("a checked address is none") }
    let now = service.clock.now()
    let words = try await service.database.read { tx in
      try service.templates.words(LetterTemplate.all.first { $0.key == "test" } ?? LetterTemplate.all[0], in: "en", tx)
    }.filled(["site": service.site, "time": time(now)], in: "en")
    let message = MailMessage(
      id: "\(LetterID.new(at: now))@\(server.settings.from.domain)", date: now, from: server.settings.from, to: to,
      subject: words.subject, text: words.text)
    let delivery = try await server.send(message)
    let title = "A mail to \(address)"
    guard case .taken(let said) = delivery else {
      return Step(title: title, isWell: false, words: "\(delivery.words). \(Self.cure(delivery.words))")
    }
    return Step(
      title: title, isWell: true,
      words: """
        The server took it: \(said). Look whether it arrives; if it lands among junk, have whoever runs the domain \
        \(server.settings.from.domain) publish SPF, DKIM and DMARC records for this server.
        """)
  }

  private static func protection(_ settings: SMTPSettings) -> String {
    let way =
      switch settings.security {
      case .startTLS: "encrypted after the greeting"
      case .tls: "encrypted from the start"
      case .none: "not encrypted"
      }
    return way + (settings.user == nil ? ", without signing in" : ", signed in")
  }

  private static func cure(_ words: String) -> String {
    let cures = [
      ("resolve", "Check SMTP_HOST."), ("connect", "Check SMTP_HOST and SMTP_PORT, and whether a firewall is between."),
      ("certificate", "The server's certificate is not trusted: give its authority in SMTP_CA_FILE."),
      ("SSL", "Check SMTP_SECURE: starttls for port 587, tls for 465."),
      ("535", "Check SMTP_USER and SMTP_PASSWORD."), ("denied", "Check SMTP_USER and SMTP_PASSWORD."),
      ("Timeout", "The server answers too slowly, or a firewall swallows the connection."),
    ]
    return cures.first { words.contains($0.0) }?.1 ?? "Ask whoever runs the server."
  }
}
