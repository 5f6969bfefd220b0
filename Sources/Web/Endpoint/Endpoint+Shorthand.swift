import Kernel

extension Endpoint.Input {
  /// A JSON body.
  public static func json<Value>(_ shape: Shape<Value>) -> Self {
    Self(
      mediaType: "application/json",
      schema: { schemas in
        shape.describe(into: &schemas)
        return shape.reference
      }, sample: shape.text(of: shape.sample))
  }

  /// A JSON merge patch; `application/json` is taken as well.
  public static func patch<Value>(_ shape: Shape<Value>) -> Self {
    Self(mediaType: "application/merge-patch+json", schema: json(shape).schema, sample: json(shape).sample)
  }

  /// A form with or without files; its fields are the page's own business.
  public static var form: Self {
    Self(
      mediaType: "application/x-www-form-urlencoded", schema: { _ in .object([("type", .string("object"))]) },
      sample: nil)
  }

  /// A form with files.
  public static var files: Self {
    Self(mediaType: "multipart/form-data", schema: { _ in .object([("type", .string("object"))]) }, sample: nil)
  }
}

extension Endpoint.Answer {
  /// One object in `data`.
  public static func one<Value>(_ shape: Shape<Value>) -> Self {
    .object(name: shape.name, schema: Format.object(shape).schema, sample: shape.text(of: shape.sample))
  }

  /// A list of objects in `data` with its `page`.
  public static func many<Value>(_ shape: Shape<Value>) -> Self {
    .list(name: shape.name, schema: Format.object(shape).schema, sample: shape.text(of: shape.sample))
  }

  /// An object without an envelope: the answers whose form somebody else has settled, such as sign-in tokens.
  public static func bare<Value>(_ shape: Shape<Value>) -> Self { .json(schema: Format.object(shape).schema) }
}

extension Endpoint {
  /// A page for people.
  public static func page(
    _ path: String, _ summary: String, _ access: Access, query: [QueryParameter] = [], cost: Cost = .read,
    _ handler: @escaping @Sendable (Call) async throws -> Reply
  ) -> Endpoint {
    Endpoint(.get, path, summary, access, cost: cost, query: query, answer: .page, handler: handler)
  }

  /// What a page's form posts to.
  public static func form(
    _ path: String, _ summary: String, _ access: Access, cost: Cost = .write, files: Bool = false,
    _ handler: @escaping @Sendable (Call) async throws -> Reply
  ) -> Endpoint {
    Endpoint(
      .post, path, summary, access, cost: cost, input: files ? .files : .form, answer: .page, status: 303,
      handler: handler)
  }

  /// The query parameters of every list of the API: `limit`, `after`, `offset` and `count`.
  public static let listQuery: [QueryParameter] = [
    .int("limit", 1...PageRequest.maximum, "Rows on the page; \(PageRequest.usual) when nobody says."),
    .id("after", "The `next` of the page before."),
    .int("offset", 0...10_000, "Rows to pass over, instead of `after`."),
    .bool("count", "Whether to count all rows; exact to 10,000."),
  ]
}
