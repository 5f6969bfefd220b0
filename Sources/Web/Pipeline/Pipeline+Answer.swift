import Archive
import Kernel
import Markup

extension Pipeline {
  /// Turns an error into an answer: JSON for programs, a page for people, the way to the sign-in for strangers.
  func refuse(_ error: any Error, _ incoming: Incoming, _ trace: inout Trace) -> Outgoing {
    let problem = Problem.telling(error)
    trace.code = problem.code
    if problem.kind == .bug || !(error is any ProblemConvertible) { trace.fault = String(reflecting: error) }
    var headers = trace.headers
    if let seconds = problem.retryAfter { headers.append(("Retry-After", String(seconds))) }
    let wantsPage = trace.endpoint.map { !$0.isAPI } ?? !incoming.path.hasPrefix("/api/")
    if wantsPage, incoming.headers["accept"]?.contains("application/json") != true {
      if let redirect = wayIn(problem, incoming, trace) {
        return Outgoing(status: 303, headers: headers + [("Location", redirect)], body: .bytes([]))
      }
      let page = site.problemPage(problem, request: trace.id, signed: trace.signed)
      return Outgoing(
        status: problem.status, headers: headers + [("Content-Type", "text/html; charset=utf-8")],
        body: .bytes(page.render()))
    }
    if problem.kind == .unauthenticated { headers.append(("WWW-Authenticate", "Bearer realm=\"homeroom\"")) }
    return Outgoing(
      status: problem.status, headers: headers + [("Content-Type", "application/problem+json")],
      body: .bytes(problem.json(request: trace.id)))
  }

  /// Where a person is sent instead of being refused: to the sign-in and back, or to the new password.
  private func wayIn(_ problem: Problem, _ incoming: Incoming, _ trace: Trace) -> String? {
    if problem.code == "PASSWORD_CHANGE_REQUIRED" { return site.passwordPath }
    guard problem.kind == .unauthenticated, let endpoint = trace.endpoint, endpoint.path != site.signInPath else {
      return nil
    }
    guard endpoint.method == .get, incoming.path != "/" else { return site.signInPath }
    let back = incoming.query.isEmpty ? incoming.path : "\(incoming.path)?\(incoming.query)"
    return site.signInPath + "?next=" + back.utf8.map(Self.encoded).joined()
  }

  private static func encoded(_ byte: UInt8) -> String {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: String(Unicode.Scalar(byte))
    default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }

  /// Adds what all answers have; compresses; leaves out the body of a `HEAD`.
  func finish(_ outgoing: inout Outgoing, _ incoming: Incoming, _ trace: Trace) {
    outgoing.headers.append(("X-Request-Id", trace.id))
    // A page that holds a secret says more than others do.
    let missing = SecurityHeaders.always.filter { outgoing[$0.name] == nil }
    outgoing.headers += missing
    if forwarded(incoming).isSecure { outgoing.headers.append(SecurityHeaders.secure) }
    if outgoing["Cache-Control"] == nil { outgoing.headers.append(("Cache-Control", "no-store")) }
    if let origin = incoming.headers["origin"], settings.origins.contains(origin) {
      outgoing.headers += [
        ("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin"),
        ("Access-Control-Expose-Headers", "ETag, Location, X-Request-Id, RateLimit, Retry-After"),
      ]
    }
    if outgoing.status < 300, incoming.cookie(Flash.cookieName)?.isEmpty == false, trace.endpoint?.isAPI == false,
      !outgoing.headers.contains(where: { $0.name == "Set-Cookie" && $0.value.hasPrefix(Flash.cookieName) })
    {
      outgoing.headers.append(("Set-Cookie", Flash.forget))
    }
    compress(&outgoing, incoming)
    if incoming.method == "HEAD" { outgoing.body = .bytes([]) }
  }

  /// Compresses text of more than a packet, where the client can take it.
  private func compress(_ outgoing: inout Outgoing, _ incoming: Incoming) {
    guard case .bytes(let bytes) = outgoing.body, bytes.count > 1200, outgoing["Content-Encoding"] == nil,
      let type = outgoing["Content-Type"],
      ["text/", "application/json", "application/problem", "image/svg"]
        .contains(where: type.hasPrefix)
    else { return }
    outgoing.headers.append(("Vary", "Accept-Encoding"))
    guard incoming.headers["accept-encoding"]?.contains("gzip") == true else { return }
    outgoing.headers.append(("Content-Encoding", "gzip"))
    outgoing.body = .bytes(gzip(bytes, level: 4))
  }

  /// The answer to a browser that asks first whether another site's page may call (CORS).
  func preflight(_ incoming: Incoming) -> Reply? {
    guard incoming.method == "OPTIONS", let match = routes.match(incoming.path) else { return nil }
    let methods = match.endpoints.keys.sorted().joined(separator: ", ")
    guard let origin = incoming.headers["origin"], settings.origins.contains(origin) else {
      return Reply(status: 204, headers: [("Allow", methods + ", OPTIONS")])
    }
    return Reply(
      status: 204,
      headers: [
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, Idempotency-Key"),
        ("Access-Control-Max-Age", "600"),
      ])
  }

  /// The client's own address, scheme and host, which a trusted proxy tells.
  func forwarded(_ incoming: Incoming) -> (address: String, isSecure: Bool, host: String?) {
    guard settings.trustedProxies.contains(incoming.peer) else {
      return (incoming.peer, incoming.isSecure, incoming.headers["host"])
    }
    // The last address was added by the proxy we trust; those before it are hearsay.
    let address =
      incoming.headers["x-forwarded-for"]?.split(separator: ",").last
      .map { $0.filter { $0 != " " } } ?? incoming.peer
    return (
      address, incoming.headers["x-forwarded-proto"] == "https",
      incoming.headers["x-forwarded-host"] ?? incoming.headers["host"]
    )
  }
}
