public import Kernel
public import Rights

/// One address of Homeroom: a page or a JSON endpoint, with what it needs, takes and gives.
///
/// A slice declares each of its addresses once, as a value. From the one table of all of them come the router, the
/// API's description, its reference page, and the sweep that calls every address as every role. What is not in the
/// table does not exist, and a route without an `Access` does not compile.
public struct Endpoint: Sendable {
  /// What a method may do.
  public enum Method: String, Sendable, CaseIterable {
    /// Looks, changes nothing.
    case get = "GET"
    /// Makes something, or acts.
    case post = "POST"
    /// Puts a whole thing in its place.
    case put = "PUT"
    /// Changes parts of a thing.
    case patch = "PATCH"
    /// Takes a thing away.
    case delete = "DELETE"
  }

  /// Who may come in at all. Whether a particular record may be seen is for the service.
  public enum Access: Sendable {
    /// Anybody, and the reason why.
    case open(because: StaticString)
    /// Whoever has signed in.
    case signedIn
    /// Whoever has this right, in any scope.
    case needs(Permission)
    /// Whoever has one of these rights, in any scope.
    case needsAny([Permission])
  }

  /// How much of the request budget a call takes, and how large its body may be.
  public enum Cost: Sendable {
    /// A look.
    case read
    /// A change.
    case write
    /// Guessing a secret: counted exactly by the accounts themselves as well.
    case signIn
    /// A file of at most so many bytes.
    case upload(Int)
    /// Probes and assets: never limited.
    case free

    /// The largest body in bytes.
    public var bodyLimit: Int {
      if case .upload(let bytes) = self { return bytes }
      return 1_000_000
    }
  }

  /// What the API's description says of an answer.
  public enum Answer: Sendable {
    /// A page for people.
    case page
    /// One object in `data`.
    case object(name: String, schema: @Sendable (inout [String: JSON]) -> JSON, sample: String)
    /// A list in `data` with its `page`.
    case list(name: String, schema: @Sendable (inout [String: JSON]) -> JSON, sample: String)
    /// JSON of a form of its own.
    case json(schema: @Sendable (inout [String: JSON]) -> JSON)
    /// Text or a file of a media type.
    case file(String)
    /// Nothing.
    case nothing
  }

  /// What the API's description says of a body.
  public struct Input: Sendable {
    let mediaType: String
    let schema: @Sendable (inout [String: JSON]) -> JSON
    /// A believable body, as JSON text; nil for forms.
    public let sample: String?
  }

  /// The method.
  public let method: Method
  /// The path with its variables in braces: `/api/v1/students/{id}`.
  public let path: String
  /// One sentence for the reference.
  public let summary: String
  /// Who may come in.
  public let access: Access
  /// Its share of the request budget.
  public let cost: Cost
  /// The query parameters it knows.
  public let query: [QueryParameter]
  /// Its body.
  public let input: Input?
  /// Its answer.
  public let answer: Answer
  /// The status of success.
  public let status: Int
  /// The status of success where the work goes on as a job: 202, or nil where it never does.
  public let laterStatus: Int?
  /// Whether a change must name the version it read (`If-Match`).
  public let needsVersion: Bool
  /// Codes of refusals it documents beside the general ones, by status.
  public let refusals: [Int]
  /// Other paths that answer the same; kept out of the reference.
  public let aliases: [String]
  let handler: @Sendable (Call) async throws -> Reply

  /// Whether it is part of the JSON API: such addresses answer problems as JSON and take no form.
  public var isAPI: Bool {
    if case .page = answer { return false }
    return true
  }

  /// Declares an endpoint; the shorthands of `Endpoint+Shorthand` read better.
  public init(
    _ method: Method, _ path: String, _ summary: String, _ access: Access, cost: Cost? = nil,
    query: [QueryParameter] = [], input: Input? = nil, answer: Answer, status: Int = 200, laterStatus: Int? = nil,
    needsVersion: Bool = false, refusals: [Int] = [], aliases: [String] = [],
    handler: @escaping @Sendable (Call) async throws -> Reply
  ) {
    precondition(path.hasPrefix("/"), "the path \(path) must begin with a slash")
    self.method = method
    self.path = path
    self.summary = summary
    self.access = access
    self.cost = cost ?? (method == .get ? .read : .write)
    self.query = query
    self.input = input
    self.answer = answer
    self.status = status
    self.laterStatus = laterStatus
    self.needsVersion = needsVersion
    self.refusals = refusals
    self.aliases = aliases
    self.handler = handler
  }
}
