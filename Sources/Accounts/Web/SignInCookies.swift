import Secrets
import Web

/// The two cookies of signing in: who is signed in, and by which device.
///
/// Neither can be read by scripts. Behind TLS their names begin with `__Host-`, so that browsers take them from this
/// host alone, and send them only encrypted.
struct SignInCookies {
  let isSecure: Bool

  init(_ call: Call) { isSecure = call.isSecure }

  /// For 180 days a device is known after its last use; the service forgets it then as well.
  private static let deviceAge = 180 * 86_400

  /// The session's cookie; `seconds` for one that outlives the browser.
  func session(_ token: Token, seconds: Int?) -> String {
    "\(sessionName)=\(token.text)\(attributes)\(seconds.map { "; Max-Age=\($0)" } ?? "")"
  }

  /// Takes the session's cookie away.
  var noSession: String { "\(sessionName)=\(attributes); Max-Age=0" }

  func device(_ token: Token) -> String { "\(deviceName)=\(token.text)\(attributes); Max-Age=\(Self.deviceAge)" }

  func device(in incoming: Incoming) -> Token? { incoming.cookie(deviceName).flatMap { Token($0) } }

  private var sessionName: String { isSecure ? SessionCookie.secureName : SessionCookie.plainName }
  private var deviceName: String { sessionName + "-device" }
  private var attributes: String { "; Path=/; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")" }
}
