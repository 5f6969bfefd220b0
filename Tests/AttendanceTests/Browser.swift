import Academics
import Attendance
import Kernel
import Markup
import Rights
import Web

/// Who a name in a test signs in as.
struct NamedActors: Authenticator {
  let actors: [String: Actor]

  func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed? {
    guard case .bearer(let name) = credential, let actor = actors[name] else { return nil }
    return Signed(actor: actor.during(request: request))
  }
}

extension School {
  /// The pages and the API of teaching and attendance, without a server.
  var pipeline: Pipeline {
    let student: @Sendable (StudentID) -> Path = { "/people/students/\($0)" }
    let teaching = AcademicsModule(
      service: academics, zone: .utc, links: [AttendanceModule.sectionLink], studentPath: student)
    let registers = AttendanceModule(service: attendance, zone: .utc, studentPath: student)
    return Pipeline(
      teaching.endpoints + registers.endpoints, site: .bare,
      authenticator: NamedActors(actors: [
        "office": office, "amara": amara, "ben": ben, "grace": grace, "elsewhere": officeElsewhere,
      ]), clock: clock)
  }

  /// Sends a request as somebody; a body is JSON, or a form when `form` is given.
  func send(
    _ method: String, _ target: String, as who: String, json: String? = nil, form: [(String, String)]? = nil,
    version: Int? = nil
  ) async -> Outgoing {
    var headers = ["authorization": "Bearer \(who)", "sec-fetch-site": "same-origin"]
    var body = json
    if json != nil { headers["content-type"] = "application/json" }
    if let form {
      headers["content-type"] = "application/x-www-form-urlencoded"
      body = String(Path("/").query(form.map { ($0.0, $0.1) }).description.dropFirst(2))
    }
    if let version { headers["if-match"] = "\"\(version)\"" }
    let bytes = Array((body ?? "").utf8)
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return await pipeline.respond(
      to: Incoming(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers, body: { _ in bytes }))
  }
}

extension Outgoing {
  /// The body as text.
  var text: String {
    guard case .bytes(let bytes) = body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The body as JSON; `.null` for anything else.
  var json: JSON { (try? JSON(parsing: text)) ?? .null }  // a test that reads JSON from anything else fails on .null
}
