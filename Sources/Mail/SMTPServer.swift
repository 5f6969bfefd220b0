import CCurl
import Foundation
import Synchronization

/// Hands mail to a server by SMTP (RFC 5321), through libcurl: one connection, used again as long as it holds.
///
/// libcurl blocks, so it runs on a queue of its own; `@unchecked`, because the handle belongs to that queue alone.
public final class SMTPServer: @unchecked Sendable {
  /// How the server is reached.
  public let settings: SMTPSettings
  private let queue = DispatchQueue(label: "homeroom.smtp")
  private var handle: CurlHandle?

  /// A server; nothing is connected yet.
  public init(_ settings: SMTPSettings) { self.settings = settings }

  /// Hands a mail over.
  ///
  /// `beforeEnd` runs when all is sent but the mark of its end: until then the server has nothing, and after that only
  /// the server knows what it has. When it throws, the mail is broken off and the error passed on.
  public func send(
    _ message: MailMessage, beforeEnd: @escaping @Sendable () async throws -> Void = {}
  ) async throws -> Delivery {
    let bytes = try message.bytes()
    let (from, to) = (settings.from.text, message.to.text)
    let gate = Gate()
    return try await withThrowingTaskGroup(of: Delivery?.self) { group in
      group.addTask {
        defer { gate.leave() }
        return await self.run { handle in
          handle.set(CURLOPT_UPLOAD, 1)
          handle.set(CURLOPT_MAIL_FROM, "<\(from)>")
          let transfer = CurlTransfer(bytes, atEnd: gate.ask)
          let code = handle.perform(transfer, lists: [(CURLOPT_MAIL_RCPT, ["<\(to)>"])])
          return Self.delivery(code, status: handle.status, transfer)
        }
      }
      group.addTask {
        guard await gate.isAsked() else { return nil }
        do {
          try await beforeEnd()
          gate.answer(true)
          return nil
        } catch {
          gate.answer(false)
          throw error
        }
      }
      var delivery: Delivery?
      while let one = try await group.next() { delivery = one ?? delivery }
      guard let delivery else { throw CancellationError() }
      return delivery
    }
  }

  /// Goes all the way up to a mail, and sends none: finds the server, encrypts, signs in, and says goodbye.
  public func greet() async -> Delivery {
    await run { handle in
      handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
      handle.set(CURLOPT_FRESH_CONNECT, 1)
      let transfer = CurlTransfer([])
      let code = handle.perform(transfer, lists: [])
      return Self.delivery(code, status: handle.status, transfer)
    }
  }

  private func run(_ work: @escaping @Sendable (CurlHandle) -> Delivery) async -> Delivery {
    await withCheckedContinuation { continuation in
      queue.async {
        guard let handle = self.handle ?? CurlHandle() else {
          return continuation.resume(returning: .putOff(words: "There is no memory to connect with."))
        }
        self.prepare(handle)
        let delivery = work(handle)
        // After a fault nobody knows in what state the talk is: the next mail begins a new one.
        if case .taken = delivery { self.handle = handle } else { self.handle = nil }
        continuation.resume(returning: delivery)
      }
    }
  }

  private func prepare(_ handle: CurlHandle) {
    let patience = Int(settings.patience.components.seconds)
    handle.reset()
    handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    handle.set(CURLOPT_URL, settings.url)
    handle.set(CURLOPT_NOSIGNAL, 1)
    handle.set(
      CURLOPT_USE_SSL, settings.security == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
    handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let authorities = settings.authorities { handle.set(CURLOPT_CAINFO, authorities) }
    if let user = settings.user, let password = settings.password {
      handle.set(CURLOPT_USERNAME, user)
      handle.set(CURLOPT_PASSWORD, password)
    }
    handle.set(CURLOPT_CONNECTTIMEOUT, min(patience, 10))
    handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, patience)
    handle.set(CURLOPT_TIMEOUT, patience * 2)
  }

  /// A refusal of the mail itself is the server's word for good; all else is between the server and us, and may pass.
  static func delivery(_ code: CURLcode, status: Int, _ transfer: CurlTransfer) -> Delivery {
    let said = transfer.words.isEmpty ? code.words : "\(transfer.words)"
    if code == CURLE_OK { return .taken(words: said) }
    let isAboutTheMail = code == CURLE_SEND_ERROR || transfer.isHandedOver
    switch status {
    case 500..<600 where isAboutTheMail: return .refused(words: said)
    case 400..<600: return .putOff(words: said)
    default: return transfer.isHandedOver ? .unknown(words: code.words) : .putOff(words: code.words)
    }
  }
}

/// Where the thread that sends waits for the one that writes down that it is about to.
private final class Gate: Sendable {
  private let asked: AsyncStream<Void>
  private let asking: AsyncStream<Void>.Continuation
  private let answered = DispatchSemaphore(value: 0)
  private let isOpen = Mutex(false)

  init() { (asked, asking) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  /// On the thread that sends: may the mail end?
  func ask() -> Bool {
    asking.yield()
    answered.wait()
    return isOpen.withLock { $0 }
  }

  /// The transfer is over, asked or not.
  func leave() { asking.finish() }

  /// Whether the question comes; false when the transfer ends without it.
  func isAsked() async -> Bool {
    for await _ in asked { return true }
    return false
  }

  func answer(_ isOpen: Bool) {
    self.isOpen.withLock { $0 = isOpen }
    answered.signal()
  }
}
