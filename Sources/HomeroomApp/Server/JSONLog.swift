import Foundation
import Kernel
import Logging
import Operations
import Web

/// Writes the log: one JSON object a line on standard output, with the time in UTC.
struct JSONLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  private let label: String

  init(label: String, level: Logger.Level) {
    self.label = label
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.key("at")
    writer.string(SystemClock().now().description)
    writer.key("level")
    writer.string(event.level.rawValue)
    writer.key("label")
    writer.string(label)
    writer.key("message")
    writer.string("\(event.message)")
    for (name, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
      $0.key < $1.key
    }) {
      writer.name(name)
      writer.string("\(value)")
    }
    writer.endObject()
    JSONLog.write(writer.bytes)
  }

  /// One write per line, so that lines of several threads never mix.
  static func write(_ bytes: [UInt8]) {
    let line = bytes + [0x0A]
    line.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Foundation.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
      }
    }
  }
}

/// Writes a line for every request and counts it. Nothing personal gets in: see `RequestLine`.
struct RequestJournal: RequestLog {
  let metrics: Metrics
  let isVerbose: Bool

  func answered(_ line: RequestLine) {
    metrics.note(
      route: line.route, method: line.method, status: line.status, microseconds: line.microseconds)
    guard isVerbose || line.status >= 500 else { return }
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.key("at")
    writer.string(SystemClock().now().description)
    writer.key("level")
    writer.string(line.status >= 500 ? "error" : "info")
    writer.key("request")
    writer.string(line.request)
    writer.key("method")
    writer.string(String(line.method.prefix(16)))
    writer.key("route")
    writer.string(line.route)
    writer.key("status")
    writer.int(line.status)
    writer.key("us")
    writer.int(line.microseconds)
    if let account = line.account {
      writer.key("account")
      writer.id(account)
    }
    if let code = line.code {
      writer.key("code")
      writer.string(code)
    }
    if let fault = line.fault {
      writer.key("fault")
      writer.string(String(fault.prefix(1000)))
    }
    writer.endObject()
    JSONLog.write(writer.bytes)
  }
}
