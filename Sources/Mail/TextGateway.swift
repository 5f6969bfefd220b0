import CCurl
import Foundation
import Kernel

/// A gateway for text messages: any web service that takes `{"id","to","text"}` as JSON by POST.
///
/// `Idempotency-Key` is the identity of the message, the same again when it is sent again. `@unchecked`, because the
/// handle belongs to the queue alone.
public final class TextGateway: @unchecked Sendable {
  private let url: String
  private let token: String?
  private let queue = DispatchQueue(label: "homeroom.sms")
  private var handle: CurlHandle?
  private let patience: Duration

  /// A gateway at an address, which knows us by a bearer token.
  public init(url: String, token: String?, patience: Duration = .seconds(30)) {
    self.url = url
    self.token = token
    self.patience = patience
  }

  /// Hands a text message over; `beforeEnd` runs before anything of it is sent. When it throws, nothing is.
  public func send(
    id: String, to number: String, text: String, beforeEnd: @Sendable () async throws -> Void
  ) async throws -> Delivery {
    let body = JSON.object([("id", .string(id)), ("to", .string(number)), ("text", .string(text))])
    try await beforeEnd()
    return await post(Array(body.text.utf8), key: id)
  }

  private func post(_ body: [UInt8], key: String) async -> Delivery {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.perform(body, key)) }
    }
  }

  private func perform(_ body: [UInt8], _ key: String) -> Delivery {
    guard let handle = handle ?? CurlHandle() else { return .putOff(words: "There is no memory to connect with.") }
    handle.reset()
    handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    handle.set(CURLOPT_URL, url)
    handle.set(CURLOPT_NOSIGNAL, 1)
    handle.set(CURLOPT_CONNECTTIMEOUT, 10)
    handle.set(CURLOPT_TIMEOUT, Int(patience.components.seconds))
    // On a connection that was used before, libcurl posts a second time by itself when the gateway hangs up.
    handle.set(CURLOPT_FRESH_CONNECT, 1)
    handle.setBody(body)
    let transfer = CurlTransfer([])
    var headers = ["Content-Type: application/json", "Idempotency-Key: \(key)", "Expect:"]
    if let token { headers.append("Authorization: Bearer \(token)") }
    let code = handle.perform(transfer, lists: [(CURLOPT_HTTPHEADER, headers)])
    self.handle = code == CURLE_OK ? handle : nil
    return Self.delivery(code, status: handle.status)
  }

  static func delivery(_ code: CURLcode, status: Int) -> Delivery {
    // Before there is a connection nothing can have been taken.
    let never = [
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
      CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL,
    ]
    guard code == CURLE_OK else {
      return never.contains(code) ? .putOff(words: code.words) : .unknown(words: code.words)
    }
    let words = "The gateway answers \(status)."
    return switch status {
    case 200..<300: .taken(words: words)
    case 408, 425, 429, 500..<600: .putOff(words: words)
    default: .refused(words: words)
    }
  }
}
