import CPQ
import Foundation
import Persistence
import Synchronization

extension PostgresDatabase {
  /// What others `NOTIFY` on a channel, on a connection of its own, until the stream is dropped or the database closed.
  ///
  /// An empty text comes each time the connection was made, the first time included: from here on nothing is missed,
  /// but something may have been before. When nobody reads, the newest 1,024 are kept. To send, run
  /// `SELECT pg_notify('channel', …)` in a write; it goes out with the commit.
  public func listen(channel: StaticString) -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1024))
    let dropped = StopSign()
    continuation.onTermination = { _ in dropped.set() }
    let words = words
    let stop = stop
    startDriverThread("postgres-listen", in: listeners) {
      let listener = PostgresListener(words: words, channel: channel.description) { continuation.yield($0) }
      var wait = 0.05
      while !stop.isSet && !dropped.isSet {
        if listener.listen(until: { stop.isSet || dropped.isSet }) { wait = 0.05 }
        if stop.isSet || dropped.isSet { break }
        Thread.sleep(forTimeInterval: wait)
        wait = min(wait * 2, 2)
      }
      continuation.finish()
    }
    return stream
  }

  /// Tells whoever listens on a channel. Each message has fewer than 8,000 bytes; that they went out is not durable, so
  /// nothing is waited for but the server.
  public func notify(channel: StaticString, _ messages: [String]) async throws {
    guard !messages.isEmpty else { return }
    try await write(.readCommitted) { tx in
      try tx.run("SELECT set_config('synchronous_commit', 'off', true)")
      for message in messages { try tx.run("SELECT pg_notify(\(channel.description), \(message))") }
    }
  }
}

/// Says "enough" from one thread to another.
final class StopSign: Sendable {
  private let sign = Atomic(false)

  var isSet: Bool { sign.load(ordering: .relaxed) }

  func set() { sign.store(true, ordering: .relaxed) }
}

/// Waits on one connection for notifications.
private struct PostgresListener {
  let words: [(name: String, value: String)]
  let channel: String
  let tell: (String) -> Void

  /// Listens until told to stop, or the connection goes; answers whether there was one.
  func listen(until isEnough: () -> Bool) -> Bool {
    let settings = words.map { "\($0.name)='\(quoted($0.value))'" }.joined(separator: " ")
    guard let handle = PQconnectdb(settings) else { return false }
    defer { PQfinish(handle) }
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    guard PQstatus(handle) == CONNECTION_OK, let name = PQescapeIdentifier(handle, channel, channel.utf8.count) else {
      return false
    }
    defer { PQfreemem(name) }
    let answer = PQexec(handle, "LISTEN " + String(cString: name))
    defer { PQclear(answer) }
    guard PQresultStatus(answer) == PGRES_COMMAND_OK else { return false }
    tell("")
    while !isEnough() {
      var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      guard poll(&socket, 1, 250) >= 0 || errno == EINTR, PQconsumeInput(handle) == 1 else { return true }
      while let notification = PQnotifies(handle) {
        tell(notification.pointee.extra.map { String(cString: $0) } ?? "")
        PQfreemem(notification)
      }
    }
    return true
  }

  /// A value within quotes in libpq's own format.
  private func quoted(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "'" || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }
}
