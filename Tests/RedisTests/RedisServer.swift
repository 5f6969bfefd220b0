import Foundation
import Synchronization
import Testing

@testable import Redis

/// The server that `bin/test-servers` started.
enum TestRedis {
  static let url = ProcessInfo.processInfo.environment["HOMEROOM_TEST_REDIS"] ?? ""
  static let isThere = !url.isEmpty

  /// A client of that server with keys of its own, and patience for a machine that has much else to do.
  static func client() async throws -> RedisClient {
    var patience = RedisPatience()
    patience.connect = .seconds(10)
    patience.command = .seconds(10)
    let prefix = "test:\(UInt64.random(in: 0 ... .max)):"
    let client = RedisClient(try RedisAddress(url), prefix: prefix, patience: patience)
    await client.start()
    return client
  }
}

/// A server of a test's own, to be killed, put to sleep and started again.
final class RedisServer: Sendable {
  let port: Int
  private let password: String?
  private let process = Mutex<Process?>(nil)

  init(password: String? = nil) throws {
    port = try freePort()
    self.password = password
  }

  deinit { kill() }

  /// Where it is, and the password.
  var url: String {
    let password = password?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    return "redis://\(password.map { ":\($0)@" } ?? "")127.0.0.1:\(port)"
  }

  /// Starts it and waits until it answers.
  func start() async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
      + (password.map { ["--requirepass", $0] } ?? [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process.withLock { $0 = process }
    try await eventually { self.answers }
  }

  func kill() { signal(SIGKILL)?.waitUntilExit() }

  /// It accepts connections from now on, and says nothing.
  func sleep() { signal(SIGSTOP) }

  func wake() { signal(SIGCONT) }

  @discardableResult
  private func signal(_ number: Int32) -> Process? {
    process.withLock { process in
      if let process, process.isRunning { _ = Foundation.kill(process.processIdentifier, number) }
      return process
    }
  }

  private var answers: Bool {
    guard let address = try? RedisAddress(url) else { return false }  // An address of ours can be read.
    // Not yet there is what is being waited for.
    return (try? RedisLink.open(address, RedisPatience()).insist([RedisCommand("PING")], within: .seconds(1))) != nil
  }
}

/// Accepts connections and says nothing, or says too little.
final class MuteServer: Sendable {
  let port: Int
  private let handle: Int32

  init() throws {
    (handle, port) = try listeningSocket()
  }

  deinit { close(handle) }
}

/// Waits until something is so; fails after twenty seconds.
func eventually(
  within longest: Duration = .seconds(20), _ isSo: () async throws -> Bool,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let end = ContinuousClock.now.advanced(by: longest)
  while ContinuousClock.now < end {
    if try await isSo() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record("it did not come to be so", sourceLocation: sourceLocation)
}

/// How long something takes.
func time(_ body: () async throws -> Void) async rethrows -> Duration {
  let begun = ContinuousClock.now
  try await body()
  return begun.duration(to: .now)
}

private func freePort() throws -> Int {
  let (handle, port) = try listeningSocket()
  close(handle)
  return port
}

private func listeningSocket() throws -> (handle: Int32, port: Int) {
  let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { address in
    address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      bind(handle, address, size) == 0 && listen(handle, 16) == 0 && getsockname(handle, address, &size) == 0
    }
  }
  try #require(isBound)
  return (handle, Int(UInt16(bigEndian: address.sin_port)))
}
