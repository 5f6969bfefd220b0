import CSodium
import Kernel

/// Tokens that were verified, by their hash: bounded, and forgetful about what is not asked for.
///
/// Two halves: new entries go to the young one; when it is full it becomes the old one, and the former old one is
/// dropped. What is found in the old half moves to the young. Never more than `limit` entries, and never a sweep.
struct TokenCache: Sendable {
  private struct Entry {
    let claims: AccessClaims
    let until: Instant
  }

  private var young: [TokenHash: Entry] = [:]
  private var old: [TokenHash: Entry] = [:]
  private let half: Int

  init(limit: Int) { half = limit / 2 }

  /// How many tokens are remembered.
  var count: Int { young.count + old.count }

  /// What a token says, if it was verified and is still in force at `now`.
  mutating func find(_ hash: TokenHash, at now: Instant) -> AccessClaims? {
    if let entry = young[hash] {
      if now < entry.until { return entry.claims }
      young[hash] = nil
    } else if let entry = old.removeValue(forKey: hash), now < entry.until {
      insert(entry, as: hash)
      return entry.claims
    }
    return nil
  }

  /// Remembers what a verified token says, for as long as it is in force.
  mutating func remember(_ claims: AccessClaims, as hash: TokenHash, until: Instant) {
    insert(Entry(claims: claims, until: until), as: hash)
  }

  /// Forgets everything.
  mutating func forgetAll() {
    young = [:]
    old = [:]
  }

  private mutating func insert(_ entry: Entry, as hash: TokenHash) {
    guard half > 0 else { return }
    if young.count >= half {
      old = young
      young = [:]
    }
    young[hash] = entry
  }
}

/// BLAKE2b of a token's text in 32 bytes: the memory holds no token that could be used.
struct TokenHash: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(_ token: String) {
    Sodium.start()
    var token = token
    withUnsafeMutableBytes(of: &words) { digest in
      guard let start = digest.bindMemory(to: UInt8.self).baseAddress else { return }
      token.withUTF8 { text in
        _ = crypto_generichash(start, digest.count, text.baseAddress, UInt64(text.count), nil, 0)
      }
    }
  }

  static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}
