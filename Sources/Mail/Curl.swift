import CCurl
import Foundation

/// One libcurl handle with its connection, which the next transfer uses again. Only ever touched on the queue of
/// whoever owns it.
final class CurlHandle {
  private let handle: UnsafeMutableRawPointer
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// A handle; nil when there is no memory for one.
  init?() {
    guard Self.isReady, let handle = curl_easy_init() else { return nil }
    self.handle = handle
  }

  deinit { curl_easy_cleanup(handle) }

  /// Forgets all options, and keeps the connection.
  func reset() { curl_easy_reset(handle) }

  func set(_ option: CURLoption, _ value: Int) { homeroom_set_number(handle, option, value) }
  func set(_ option: CURLoption, _ value: String) { homeroom_set_text(handle, option, value) }

  /// A body to post, which libcurl copies.
  func setBody(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      _ = homeroom_set_bytes(handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), curl_off_t(buffer.count))
    }
  }

  /// Does the transfer with its callbacks, and lists of lines under their options; blocks until it is over.
  func perform(_ transfer: CurlTransfer, lists: [(option: CURLoption, lines: [String])]) -> CURLcode {
    let made = lists.map { (option: $0.option, list: Self.list($0.lines)) }
    defer { for (_, list) in made { curl_slist_free_all(list) } }
    for (option, list) in made { homeroom_set_list(handle, option, list) }
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    homeroom_set_callback(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return Int(CURL_READFUNC_ABORT) }
      let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
      return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().read(into: room)
    }
    homeroom_set_pointer(handle, CURLOPT_READDATA, context)
    homeroom_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
      Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().hear(line)
      return size * count
    }
    homeroom_set_pointer(handle, CURLOPT_HEADERDATA, context)
    // What a server answers beyond its status is not read: it may be of any size.
    homeroom_set_callback(handle, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
    return withExtendedLifetime(transfer) { curl_easy_perform(handle) }
  }

  /// The last status the server gave: of SMTP or of HTTP; 0 when it gave none.
  var status: Int { homeroom_response_code(handle) }

  private static func list(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) ?? list }
    return list
  }
}

/// What one transfer sends and hears. Only ever touched on the thread of the transfer.
final class CurlTransfer {
  private let bytes: [UInt8]
  private var sent = 0
  private let atEnd: () -> Bool
  /// Whether all was handed over, up to the mark by which the server knows that it has all.
  private(set) var isHandedOver = false
  /// The server's last line.
  private(set) var words = ""

  /// Sends `bytes`. Before the mark of their end `atEnd` is asked; `false` breaks the transfer off, and the server
  /// throws away what it has.
  init(_ bytes: [UInt8], atEnd: @escaping () -> Bool = { true }) {
    self.bytes = bytes
    self.atEnd = atEnd
  }

  func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, bytes.count - sent)
    guard count > 0 else {
      guard isHandedOver || atEnd() else { return Int(CURL_READFUNC_ABORT) }
      isHandedOver = true
      return 0
    }
    bytes.withUnsafeBytes { bytes in
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[sent..<sent + count]))
    }
    sent += count
    return count
  }

  /// Notes what the server says: one printable line, for people to read.
  func hear(_ line: UnsafeRawBufferPointer) {
    let text = String(decoding: line.prefix(500), as: UTF8.self).unicodeScalars.filter { !HeaderText.isControl($0) }
    let said = String(String.UnicodeScalarView(text))
    // The answer to our goodbye comes after the one that matters.
    if !said.isEmpty, !said.hasPrefix("221") { words = said }
  }
}

extension CURLcode {
  /// What went wrong, in libcurl's words.
  var words: String { String(cString: curl_easy_strerror(self)) }
}
