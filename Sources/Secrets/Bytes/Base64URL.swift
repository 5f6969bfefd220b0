import CSodium

/// Base64 with `-` and `_` and without padding (RFC 4648 §5), as in tokens and links.
///
/// Reading is strict: every value has exactly one text, so a token cannot be spelt in a second way.
public enum Base64URL {
  /// The text of `bytes`.
  public static func encode(_ bytes: [UInt8]) -> String {
    // One place more than the text, for the zero that ends a string of C.
    var text = [CChar](
      repeating: 0, count: sodium_base64_encoded_len(bytes.count, sodium_base64_VARIANT_URLSAFE_NO_PADDING))
    sodium_bin2base64(&text, text.count, bytes, bytes.count, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
    return String(decoding: text.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The bytes of `text`; nil for padding, for foreign characters and for stray bits at the end.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    Encoding.decode(String(text), variant: sodium_base64_VARIANT_URLSAFE_NO_PADDING)
  }
}

/// The readings of key material that people paste into settings.
enum Encoding {
  /// Bytes from hexadecimal digits, in either case.
  static func hexadecimal(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: text.utf8.count / 2 + 1)
    var count = 0
    guard sodium_hex2bin(&bytes, bytes.count, text, text.utf8.count, nil, &count, nil) == 0 else { return nil }
    return Array(bytes.prefix(count))
  }

  /// Bytes from base64 of either alphabet, with or without padding.
  static func base64(_ text: String) -> [UInt8]? {
    let variants = [
      sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING, sodium_base64_VARIANT_URLSAFE,
      sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    ]
    for variant in variants {
      if let bytes = decode(text, variant: variant) { return bytes }
    }
    return nil
  }

  /// The digits of `bytes`, in lower case.
  static func hexadecimal(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  fileprivate static func decode(_ text: String, variant: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: text.utf8.count * 3 / 4 + 1)
    var count = 0
    guard sodium_base642bin(&bytes, bytes.count, text, text.utf8.count, nil, &count, nil, variant) == 0 else {
      return nil
    }
    return Array(bytes.prefix(count))
  }
}
