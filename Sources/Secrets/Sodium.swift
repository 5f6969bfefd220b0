import CSodium

// Secrets: everything that must not be known. Random bytes and digests (Bytes), the master key and the ring of signing
// keys (Keys), passwords and their rules (Passwords), access tokens (AccessTokens).
//
// It is the one target that knows libsodium and jwt-kit. It stores nothing and logs nothing; what is secret prints as
// dots. Nothing here compares secrets with `==` on bytes, and no token chooses how it is checked.

/// libsodium wants to be woken once before anything else; then it finds out which vector instructions there are.
enum Sodium {
  private static let ready = sodium_init() >= 0

  static func start() { precondition(ready, "libsodium could not be started") }
}
