import CSodium

/// SHA-256 (FIPS 180-4) of `bytes`: 32 bytes.
public func sha256(_ bytes: [UInt8]) -> [UInt8] {
  Sodium.start()
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
  return digest
}

/// BLAKE2b (RFC 7693) of `bytes` with an output of 32 bytes: the quick one, for what is only compared among ourselves.
public func blake2b(_ bytes: [UInt8]) -> [UInt8] {
  Sodium.start()
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
  return digest
}

/// HMAC-SHA-256 (RFC 2104) of `message` under a key of any length: 32 bytes.
public func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
  Sodium.start()
  var state = crypto_auth_hmacsha256_state()
  var code = [UInt8](repeating: 0, count: 32)
  crypto_auth_hmacsha256_init(&state, key, key.count)
  crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
  crypto_auth_hmacsha256_final(&state, &code)
  return code
}

/// Whether both are the same, in a time that depends on their length alone; different lengths are never the same.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && sodium_memcmp(left, right, left.count) == 0
}
