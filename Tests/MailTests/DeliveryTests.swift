import CCurl
import Kernel
import Testing

@testable import Mail

/// What is made of what a server says. The talk itself is tried against real servers, from outside.
@Suite struct DeliveryTests {
  /// A transfer that went so far.
  private func transfer(isHandedOver: Bool) -> CurlTransfer {
    let transfer = CurlTransfer([])
    if isHandedOver { _ = transfer.read(into: UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
    return transfer
  }

  @Test(arguments: [
    (CURLE_OK, 250, true, "taken"), (CURLE_SEND_ERROR, 550, false, "refused"), (CURLE_SEND_ERROR, 450, false, "putOff"),
    (CURLE_WEIRD_SERVER_REPLY, 554, true, "refused"), (CURLE_WEIRD_SERVER_REPLY, 451, true, "putOff"),
    (CURLE_LOGIN_DENIED, 535, false, "putOff"), (CURLE_WEIRD_SERVER_REPLY, 554, false, "putOff"),
    (CURLE_COULDNT_CONNECT, 0, false, "putOff"), (CURLE_OPERATION_TIMEDOUT, 354, true, "unknown"),
    (CURLE_RECV_ERROR, 354, true, "unknown"), (CURLE_SEND_ERROR, 354, false, "putOff"),
    (CURLE_PEER_FAILED_VERIFICATION, 220, false, "putOff"),
  ])
  func `only what the server said of the mail itself is final, and only silence after the end is doubt`(
    code: CURLcode, status: Int, isHandedOver: Bool, meaning: String
  ) {
    let delivery = SMTPServer.delivery(code, status: status, transfer(isHandedOver: isHandedOver))
    #expect(name(of: delivery) == meaning)
  }

  @Test(arguments: [
    (CURLE_OK, 200, "taken"), (CURLE_OK, 202, "taken"), (CURLE_OK, 400, "refused"), (CURLE_OK, 401, "refused"),
    (CURLE_OK, 429, "putOff"), (CURLE_OK, 503, "putOff"), (CURLE_OK, 302, "refused"),
    (CURLE_COULDNT_CONNECT, 0, "putOff"), (CURLE_OPERATION_TIMEDOUT, 0, "unknown"), (CURLE_GOT_NOTHING, 0, "unknown"),
  ])
  func `a gateway is read by the same rule`(code: CURLcode, status: Int, meaning: String) {
    #expect(name(of: TextGateway.delivery(code, status: status)) == meaning)
  }

  @Test func `a server that is not there puts a mail off, and nothing was handed over`() async throws {
    let server = SMTPServer(
      SMTPSettings(
        host: "127.0.0.1", port: 1, security: .none, from: try #require(MailAddress("office@school.example")),
        patience: .seconds(2)))
    let delivery = try await server.send(try MailMessageTests.message()) { Issue.record("nothing was sent") }
    #expect(name(of: delivery) == "putOff")
    #expect(name(of: await server.greet()) == "putOff")
  }

  private func name(of delivery: Delivery) -> String {
    switch delivery {
    case .taken: "taken"
    case .refused: "refused"
    case .putOff: "putOff"
    case .unknown: "unknown"
    }
  }
}
