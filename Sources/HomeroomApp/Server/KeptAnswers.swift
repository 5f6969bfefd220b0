import Kernel
import Record
import Secrets
import Web

/// Keeps answers by `Idempotency-Key` in the database, so that every node gives the same one again.
struct KeptAnswers: AnswerKeeper {
  let store: Idempotency

  func claim(
    _ key: String, route: String, body: [UInt8], by account: AccountID, at now: Instant
  ) async throws -> KeptAnswer? {
    switch try await store.claim(account: account, route: route, key: key, bodyHash: sha256(body), now: now) {
    case .fresh: return nil
    case .replay(let answer):
      return KeptAnswer(status: answer.status, location: answer.location, etag: answer.etag, body: answer.body)
    case .inProgress:
      throw Problem(
        .conflict, code: "REQUEST_UNDER_WAY", title: "Still under way",
        detail:
          "The first request with this key has not been answered. Look whether it took effect before you repeat it.")
    case .mismatch:
      throw Problem(
        .invalid, code: "IDEMPOTENCY_KEY_REUSED", title: "The key was used",
        detail: "This Idempotency-Key came with another body before. Make a new key for a new request.")
    }
  }

  func keep(_ answer: KeptAnswer, for key: String, route: String, by account: AccountID) async throws {
    try await store.complete(
      account: account, route: route, key: key,
      answer: Idempotency.Answer(
        status: answer.status, location: answer.location, etag: answer.etag, body: answer.body))
  }

  func release(_ key: String, route: String, by account: AccountID) async throws {
    try await store.release(account: account, route: route, key: key)
  }
}
