import CSodium

/// Bytes that nobody can foresee, from the operating system.
public enum Randomness {
  /// So many random bytes; a negative count gives none.
  public static func bytes(_ count: Int) -> [UInt8] {
    Sodium.start()
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      randombytes_buf(start, count)
      filled = count
    }
  }
}
