import HTTPTypes
public import Hummingbird
import Kernel
import NIOCore

/// Hands the requests of Hummingbird's HTTP server to the pipeline, and its answers back.
public struct Responder: HTTPResponder {
  private let pipeline: Pipeline

  /// What is known of a connection.
  public struct Context: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let peer: String

    public init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      peer = source.channel.remoteAddress?.ipAddress ?? "unix"
    }
  }

  /// A responder over a pipeline.
  public init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  public func respond(to request: Request, context: Context) async throws -> Response {
    let outgoing = await pipeline.respond(to: incoming(request, context))
    var fields = HTTPFields()
    fields.reserveCapacity(outgoing.headers.count + 3)  // The server adds a date and a length.
    for (name, value) in outgoing.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let body: ResponseBody =
      switch outgoing.body {
      case .bytes(let bytes): bytes.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes))
      case .stream(let stream):
        .init(asyncSequence: stream.map { ByteBuffer(bytes: $0) })
      }
    return Response(status: .init(code: outgoing.status), headers: fields, body: body)
  }

  private func incoming(_ request: Request, _ context: Context) -> Incoming {
    let target = request.head.path ?? "/"
    let mark = target.firstIndex(of: "?")
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      if let before = headers[name] {
        headers[name] = before + (name == "cookie" ? "; " : ", ") + field.value
      } else {
        headers[name] = field.value
      }
    }
    if let host = request.head.authority { headers["host"] = host }
    return Incoming(
      method: request.method.rawValue, path: String(target[..<(mark ?? target.endIndex)]),
      query: mark.map { String(target[target.index(after: $0)...]) } ?? "", headers: headers, peer: context.peer,
      isSecure: request.head.scheme == "https",
      body: { limit in try await Self.collect(request.body, limit: limit) })
  }

  private static func collect(_ body: RequestBody, limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in body {
      guard bytes.count + piece.readableBytes <= limit else {
        throw Problem(
          .tooLarge, code: "BODY_TOO_LARGE", title: "Too large",
          detail: "At most \(limit / 1_000_000) MB can be sent here.")
      }
      bytes.append(contentsOf: piece.readableBytesView)
    }
    return bytes
  }
}
