import Foundation

/// Reads `multipart/form-data` (RFC 7578).
enum Multipart {
  struct Part {
    let name: String
    let file: String?
    let bytes: ArraySlice<UInt8>
  }

  /// The boundary named in a content type; nil when there is none or it is longer than RFC 2046 allows.
  static func boundary(in contentType: String) -> [UInt8]? {
    for parameter in contentType.split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "boundary" else { continue }
      let boundary = parts[1].filter { $0 != "\"" && $0 != " " }
      return (1...70).contains(boundary.utf8.count) ? Array("--\(boundary)".utf8) : nil
    }
    return nil
  }

  /// The parts between boundaries; nil when the body is damaged.
  static func parts(of body: [UInt8], _ boundary: [UInt8]) -> [Part]? {
    guard body.starts(with: boundary) else { return nil }
    let separator = [0x0D, 0x0A] + boundary
    var parts: [Part] = []
    var start = boundary.count
    while true {
      if body[start...].starts(with: "--".utf8) { return parts }
      guard body[start...].starts(with: [0x0D, 0x0A]),
        let end = firstRange(of: separator, in: body, from: start),
        let part = part(in: body[(start + 2)..<max(end, start + 2)]), parts.count < FormFields.limit
      else { return nil }
      parts.append(part)
      start = end + separator.count
    }
  }

  private static func part(in bytes: ArraySlice<UInt8>) -> Part? {
    guard let gap = firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A], in: Array(bytes.prefix(4000)), from: 0),
      let head = String(validating: bytes.prefix(gap), as: UTF8.self)
    else { return nil }
    for line in head.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("content-disposition:") {
      guard let name = parameter("name", in: line) else { return nil }
      let file = parameter("filename", in: line)
        .map { String($0.split(whereSeparator: { "/\\".contains($0) }).last ?? "").filter { $0 != "\0" } }
      return Part(name: name, file: file, bytes: bytes.dropFirst(gap + 4))
    }
    return nil
  }

  /// A quoted parameter. Browsers write `"` in a name as `%22`, so the next quote ends it.
  private static func parameter(_ name: String, in line: Substring) -> String? {
    guard let start = line.range(of: "; \(name)=\"") else { return nil }
    let rest = line[start.upperBound...]
    return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
  }

  /// Where `pattern` begins at or after `from`.
  private static func firstRange(of pattern: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
      var index = from
      while index <= bytes.count - pattern.count {
        if bytes[index] == first, bytes[index..<index + pattern.count].elementsEqual(pattern) { return index }
        index += 1
      }
      return nil
    }
  }
}
