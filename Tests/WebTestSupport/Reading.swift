public import Kernel
import Testing
public import Web

extension Outgoing {
  /// The body as text. A stream has to be read as `wholeText`; this says so by failing the test.
  public var text: String {
    guard case .bytes(let bytes) = body else {
      Issue.record("the answer is a stream, which `wholeText` reads")
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The body as JSON; a test that asks for it and gets anything else fails.
  public var json: JSON {
    do { return try JSON(parsing: text) } catch {
      Issue.record(error, "no JSON: \(text.prefix(200))")
      return .null
    }
  }

  /// The body as text, of a stream to its end.
  public var wholeText: String {
    get async throws {
      guard case .stream(let stream) = body else { return text }
      var bytes: [UInt8] = []
      for try await piece in stream { bytes += piece }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
