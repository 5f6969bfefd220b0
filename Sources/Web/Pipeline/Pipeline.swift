import Archive
public import Kernel
import Rights

/// The way of every request: find the endpoint, limit, read, recognise the caller, ask for the right, handle, answer.
///
/// It knows no server library, so a test calls `respond(to:)` and sees exactly what a client would.
public struct Pipeline: Sendable {
  /// What differs between installations.
  public struct Settings: Sendable {
    /// Other sites whose pages may call the API: exact origins.
    public var origins: Set<String>
    /// Addresses of proxies whose `X-Forwarded-*` are believed.
    public var trustedProxies: Set<String>
    /// Whether requests are counted.
    public var isLimited: Bool

    /// The settings of an installation without other sites or proxies.
    public init(origins: Set<String> = [], trustedProxies: Set<String> = [], isLimited: Bool = true) {
      self.origins = origins
      self.trustedProxies = trustedProxies
      self.isLimited = isLimited
    }
  }

  /// Everything that has an address.
  public let endpoints: [Endpoint]
  let routes: RouteTable
  let site: Site
  let authenticator: any Authenticator
  let answers: (any AnswerKeeper)?
  let limiter: RateLimiter
  let noteChange: (@Sendable (AccountID) async -> Void)?
  let clock: any WallClock
  let log: any RequestLog
  let settings: Settings

  /// A pipeline over one table of endpoints. `noteChange` hears of everybody who may have changed something, after it
  /// was done and before it is answered.
  public init(
    _ endpoints: [Endpoint], site: Site, authenticator: any Authenticator, answers: (any AnswerKeeper)? = nil,
    limiter: RateLimiter = RateLimiter(), noteChange: (@Sendable (AccountID) async -> Void)? = nil,
    clock: any WallClock, log: any RequestLog = NoRequestLog(), settings: Settings = Settings()
  ) {
    self.endpoints = endpoints
    routes = RouteTable(endpoints)
    self.site = site
    self.authenticator = authenticator
    self.answers = answers
    self.limiter = limiter
    self.noteChange = noteChange
    self.clock = clock
    self.log = log
    self.settings = settings
  }

  /// Answers a request. Never throws: whatever goes wrong becomes an answer and a line of the log.
  public func respond(to incoming: Incoming) async -> Outgoing {
    let start = ContinuousClock.now
    let now = clock.now()
    var trace = Trace(id: ID<AnyEntity>.new(at: now).description, at: now)
    var outgoing: Outgoing
    do {
      let reply = try await handle(incoming, &trace)
      outgoing = Outgoing(status: reply.status, headers: reply.headers + trace.headers, body: reply.body)
    } catch {
      outgoing = refuse(error, incoming, &trace)
    }
    // A refusal too: of several changes in one request some may have been made.
    if let noteChange, trace.endpoint?.method != .get, let account = trace.signed?.actor.account {
      await noteChange(account)
    }
    finish(&outgoing, incoming, trace)
    let elapsed = ContinuousClock.now - start
    log.answered(
      RequestLine(
        request: trace.id, method: incoming.method, route: trace.endpoint?.path ?? "none", status: outgoing.status,
        microseconds: Int(elapsed / .microseconds(1)), account: trace.signed?.actor.account, code: trace.code,
        fault: trace.fault))
    return outgoing
  }

  /// What becomes known of a request on its way.
  struct Trace {
    let id: String
    let at: Instant
    var endpoint: Endpoint?
    var signed: Signed?
    var headers: [(name: String, value: String)] = []
    var code: String?
    var fault: String?
  }

  private func handle(_ incoming: Incoming, _ trace: inout Trace) async throws -> Reply {
    if let preflight = preflight(incoming) { return preflight }
    let (endpoint, variables) = try find(incoming, &trace)
    let client = forwarded(incoming)
    if endpoint.method != .get {
      guard CrossSite.allows(incoming, host: client.host, origins: settings.origins) else {
        throw Problem(
          .forbidden, code: "CROSS_SITE", title: "Not from here",
          detail: "This change was sent by another site. Open Homeroom itself and try again.")
      }
    }
    if case .free = endpoint.cost {} else { trace.signed = try await caller(incoming, endpoint, trace) }
    try await limit(endpoint, client.address, &trace)
    try admit(endpoint, trace.signed)
    let body = endpoint.method == .get ? [] : try await incoming.body(endpoint.cost.bodyLimit)
    let parameters = try parameters(of: incoming, for: endpoint)
    var call = Call(
      incoming: incoming, signed: trace.signed, id: trace.id, at: trace.at, client: client.address,
      isSecure: client.isSecure, site: site, variables: variables, parameters: parameters, body: body)
    if endpoint.needsVersion { _ = try call.version() }
    call.unread = await unread(for: endpoint, trace.signed)
    return try await answerOnce(call, endpoint)
  }

  /// How many new messages the frame of a page tells of.
  private func unread(for endpoint: Endpoint, _ signed: Signed?) async -> Int? {
    guard endpoint.method == .get, !endpoint.isAPI, let inbox = site.inbox, let signed else { return nil }
    return try? await inbox.unread(signed.actor)  // A page is worth more than its badge.
  }

  private func find(_ incoming: Incoming, _ trace: inout Trace) throws -> (Endpoint, [String: String]) {
    guard let match = routes.match(incoming.path) else { throw Problem.notFound("page") }
    let method = incoming.method == "HEAD" ? "GET" : incoming.method
    guard let endpoint = match.endpoints[method] else {
      let allowed = match.endpoints.keys.sorted() + (match.endpoints["GET"] == nil ? [] : ["HEAD"])
      trace.headers.append(("Allow", allowed.joined(separator: ", ")))
      trace.endpoint = match.endpoints.values.first
      throw Problem(
        .methodNotAllowed, code: "METHOD_NOT_ALLOWED", title: "Not that way",
        detail: "This address takes \(allowed.joined(separator: ", ")).")
    }
    trace.endpoint = endpoint
    return (endpoint, match.variables)
  }

  /// Who it is. Where anybody may come in, a spent credential is as good as none: whoever asks for the next token sends
  /// the expired one along.
  private func caller(_ incoming: Incoming, _ endpoint: Endpoint, _ trace: Trace) async throws -> Signed? {
    do {
      return try await recognise(incoming, trace)
    } catch let error as any ProblemConvertible where error.problem.kind == .unauthenticated {
      if case .open = endpoint.access { return nil }
      throw error
    }
  }

  private func recognise(_ incoming: Incoming, _ trace: Trace) async throws -> Signed? {
    let credential: Credential
    if let header = incoming.headers["authorization"] {
      guard header.lowercased().hasPrefix("bearer ") else { throw Problem.unauthenticated }
      credential = .bearer(String(header.dropFirst(7)))
    } else if let cookie = incoming.cookie(SessionCookie.secureName) ?? incoming.cookie(SessionCookie.plainName) {
      credential = .cookie(cookie)
    } else {
      return nil
    }
    let signed = try await authenticator.signedIn(by: credential, request: trace.id, at: trace.at)
    if signed == nil, case .bearer = credential { throw Problem.unauthenticated }
    return signed
  }

  private func limit(_ endpoint: Endpoint, _ address: String, _ trace: inout Trace) async throws {
    let account = trace.signed?.actor.account
    guard settings.isLimited, let policy = RateLimiter.policy(of: endpoint.cost, signedIn: account != nil) else {
      return
    }
    let caller = account?.description ?? address
    let decision =
      limiter.isAlone
      ? limiter.take(policy, caller: caller, at: trace.at)
      : await limiter.takeTogether(policy, caller: caller, at: trace.at)
    trace.headers += decision.headers
    guard decision.isAllowed else {
      throw Problem(
        .limited(retryAfter: max(1, decision.reset)), code: "RATE_LIMIT_EXCEEDED", title: "Too many requests",
        detail: "Wait \(max(1, decision.reset)) seconds and try again.")
    }
  }

  private func admit(_ endpoint: Endpoint, _ signed: Signed?) throws {
    if case .open = endpoint.access { return }
    guard let signed else { throw Problem.unauthenticated }
    if signed.mustChangePassword, !site.passwordPaths.contains(endpoint.path) {
      throw Problem(
        .forbidden, code: "PASSWORD_CHANGE_REQUIRED", title: "Choose a new password",
        detail: "Choose a password of your own before anything else.")
    }
    switch endpoint.access {
    case .open, .signedIn: return
    case .needs(let permission): _ = try signed.actor.require(permission)
    case .needsAny(let permissions):
      guard permissions.contains(where: signed.actor.has) else {
        throw Problem.forbidden(permissions.map(\.name).joined(separator: "\" or \""))
      }
    }
  }

  private func parameters(of incoming: Incoming, for endpoint: Endpoint) throws -> [(name: String, value: String)] {
    guard let pairs = PercentCoding.pairs(incoming.query, limit: 400) else {
      throw Problem(
        .malformed, code: "BAD_QUERY", title: "The address cannot be read",
        detail: "The part after the question mark is damaged.")
    }
    var validation = Validation()
    for parameter in endpoint.query {
      for pair in pairs where pair.name == parameter.name && !(pair.value.isEmpty && !endpoint.isAPI) {
        if let fault = parameter.fault(pair.value) { validation.fail("?\(parameter.name)", "BAD_PARAMETER", fault) }
      }
    }
    try validation.finish()
    return pairs
  }

  /// Handles the call, or gives the answer that was kept for its `Idempotency-Key`.
  private func answerOnce(_ call: Call, _ endpoint: Endpoint) async throws -> Reply {
    guard endpoint.isAPI, endpoint.method != .get, let key = call.incoming.headers["idempotency-key"], let answers,
      let account = call.signed?.actor.account
    else { return try await endpoint.handler(call) }
    let route = "\(endpoint.method.rawValue) \(call.incoming.path)"
    guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Problem(
        .malformed, code: "BAD_IDEMPOTENCY_KEY", title: "Not a key",
        detail: "An Idempotency-Key has 1 to 128 visible ASCII characters.")
    }
    if let kept = try await answers.claim(key, route: route, body: call.bytes, by: account, at: call.at) {
      return Reply(kept)
    }
    do {
      let reply = try await endpoint.handler(call)
      if let kept = KeptAnswer(reply) { try await answers.keep(kept, for: key, route: route, by: account) }
      return reply
    } catch {
      try await answers.release(key, route: route, by: account)
      throw error
    }
  }
}

extension Reply {
  fileprivate init(_ kept: KeptAnswer) {
    var headers: [(name: String, value: String)] = [("Idempotency-Replayed", "true")]
    if !kept.body.isEmpty { headers.append(("Content-Type", "application/json")) }
    if let location = kept.location { headers.append(("Location", location)) }
    if let etag = kept.etag { headers.append(("ETag", etag)) }
    self.init(status: kept.status, headers: headers, body: .bytes(kept.body))
  }
}

extension KeptAnswer {
  fileprivate init?(_ reply: Reply) {
    guard case .bytes(let bytes) = reply.body else { return nil }
    self.init(
      status: reply.status, location: reply.headers.first { $0.name == "Location" }?.value,
      etag: reply.headers.first { $0.name == "ETag" }?.value, body: bytes)
  }
}

/// The names of the session cookie.
public enum SessionCookie {
  /// Behind TLS: the prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`.
  public static let secureName = "__Host-homeroom"
  /// On a plain connection, such as a laptop's own.
  public static let plainName = "homeroom"
}
