public import Kernel

extension Problem {
  /// The status code of the kind.
  public var status: Int {
    switch kind {
    case .malformed: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .conflict: 409
    case .stale: 412
    case .tooLarge: 413
    case .unsupportedMedia: 415
    case .invalid: 422
    case .versionRequired: 428
    case .limited: 429
    case .bug: 500
    case .unavailable: 503
    }
  }

  /// Seconds after which to try again, where that is known.
  var retryAfter: Int? {
    switch kind {
    case .limited(let seconds), .unavailable(let seconds): seconds
    default: nil
    }
  }

  /// The problem as `application/problem+json` (RFC 9457); `instance` is the request.
  func json(request: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.key("type")
    writer.string("/problems/" + code.lowercased().replacing("_", with: "-"))
    writer.key("title")
    writer.string(title)
    writer.key("status")
    writer.int(status)
    writer.key("detail")
    writer.string(detail)
    writer.key("instance")
    writer.string("urn:uuid:\(request)")
    writer.key("code")
    writer.string(code)
    if !errors.isEmpty {
      writer.key("errors")
      writer.beginArray()
      for error in errors {
        writer.beginObject()
        writer.key("pointer")
        writer.string(error.pointer)
        writer.key("code")
        writer.string(error.code)
        writer.key("detail")
        writer.string(error.detail)
        writer.endObject()
      }
      writer.endArray()
    }
    if let current {
      writer.key("current")
      writer.embed(current)
    }
    writer.endObject()
    return writer.bytes
  }

  /// The JSON Schema of the above.
  static let schema: JSON = {
    let text = JSON.object([("type", .string("string"))])
    return .object([
      ("type", .string("object")),
      (
        "properties",
        .object([
          ("type", text), ("title", text), ("status", .object([("type", .string("integer"))])), ("detail", text),
          ("instance", text), ("code", text),
          (
            "errors",
            .object([
              ("type", .string("array")),
              (
                "items",
                .object([
                  ("type", .string("object")),
                  ("properties", .object([("pointer", text), ("code", text), ("detail", text)])),
                ])
              ),
            ])
          ),
          ("current", .object([("description", .string("The record as it stands now."))])),
        ])
      ),
      ("required", .array(["type", "title", "status", "detail", "instance", "code"].map(JSON.string))),
    ])
  }()

  /// Any error as it may be told. What nobody foresaw becomes a 500 that says nothing but whom to ask.
  static func telling(_ error: any Error) -> Problem {
    if let convertible = error as? any ProblemConvertible { return convertible.problem }
    return Problem(
      .bug, code: "INTERNAL_ERROR", title: "Our fault",
      detail: "Something went wrong here. Nothing was saved. If it happens again, tell us the number of this request.")
  }
}
