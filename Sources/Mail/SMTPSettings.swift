/// The server that takes our mail, and how we reach it.
public struct SMTPSettings: Sendable, Equatable {
  /// How the connection is protected.
  public enum Security: String, Sendable, CaseIterable {
    /// Encrypted after the greeting (RFC 3207), or not used at all.
    case startTLS = "starttls"
    /// Encrypted from the first byte (RFC 8314).
    case tls
    /// Not at all: for a server on the same machine.
    case none
  }

  /// The name of the server.
  public var host: String
  /// Its port.
  public var port: Int
  /// How the connection is protected.
  public var security: Security
  /// Who we are to it; nil when it asks nobody.
  public var user: String?
  /// Our password there.
  public var password: String?
  /// From whom mail comes.
  public var from: MailAddress
  /// A file of certificates to trust besides the system's; nil for the system's alone.
  public var authorities: String?
  /// How long one answer of the server may take; twice that for a whole mail.
  public var patience: Duration

  /// A server of the given parts.
  public init(
    host: String, port: Int, security: Security, user: String? = nil, password: String? = nil, from: MailAddress,
    authorities: String? = nil, patience: Duration = .seconds(30)
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.from = from
    self.authorities = authorities
    self.patience = patience
  }

  /// The address libcurl connects to; what follows the port is how we greet.
  var url: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)/\(from.domain)"
  }
}
