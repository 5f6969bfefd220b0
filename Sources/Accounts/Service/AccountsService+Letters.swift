public import Jobs
public import Kernel
public import Outbox
import Persistence
import Record
public import Rights
import Secrets

/// Takes what accounts have written to their owners.
public struct AccountPost: Sendable {
  let outbox: OutboxService
  let queue: JobQueue
  let publicURL: String

  /// The outbox, the jobs, and the address that links begin with.
  public init(outbox: OutboxService, queue: JobQueue, publicURL: String) {
    self.outbox = outbox
    self.queue = queue
    self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
  }

  func wake() { queue.wake() }
}

// What accounts write to their owners: links to choose a password with, and news of what happened to the account.
extension AccountsService {
  /// The kind of the job that answers a forgotten password.
  public static let resetKind = "accounts.reset"
  /// How long a link that was just mailed is left to arrive before another is.
  private static let resetPause = Duration.seconds(60)

  /// Has a link for a new password mailed, if there is such an account with an address: `name` is what one signs in
  /// with.
  ///
  /// Nobody learns whether there is: whatever the name, a job is put in line, and the job finds out. Throws
  /// `TOO_MANY_ATTEMPTS` for a name or a network that asks again and again.
  public func requestReset(_ name: String, from address: String) async throws {
    guard let post else { throw Bug("accounts have no post") }
    let attempt = SignInAttempt(name: name, password: "", address: address)
    try await count(ThrottleKey.reset(name: attempt.folded, network: Network(of: address)), at: clock.now())
    try await post.queue.enqueue(
      JobOrder(Self.resetKind, .object([("name", .string(attempt.folded))]), priority: 1), by: .system("door"))
  }

  /// Answers forgotten passwords.
  public var resetHandler: JobHandler {
    JobHandler(Self.resetKind) { run in
      guard let name = run.payload["name"]?.string else { throw Bug("a job names no account") }
      let now = clock.now()
      try await run.write { tx in try writeReset(name, at: now, in: tx) }
      post?.wake()
      return .object([])
    }
  }

  private func writeReset(_ name: String, at now: Instant, in tx: any Connection) throws {
    guard let account = try accounts.candidate(named: name, in: tx)?.account, account.isEnabled,
      try address(of: account.id, in: tx) != nil
    else { return }
    let recent = try links.usable(of: account.id, at: now, in: tx).contains { link in
      link.purpose == .recovery && link.expiresAt > now.adding(link.purpose.lifetime - Self.resetPause)
    }
    guard !recent else { return }
    let change = Change(by: .itself(account), at: now)
    _ = try mail(try link(for: account, .recovery, change, in: tx), by: .itself(account), change, in: tx)
  }

  /// Mails a link to its account's address; throws `NO_ADDRESS` where there is none.
  func mail(_ link: PasswordLink, by actor: Actor, _ change: Change, in tx: any Connection) throws -> PasswordLink {
    guard let login = try address(of: link.account.id, in: tx) else { throw AccountsProblem.noAddress }
    guard let post else { throw Bug("accounts have no post") }
    let words = MomentWords(zone: settings.zone)
    try write(
      link.purpose == .invitation ? "invitation" : "password-reset", to: link.account,
      ["login": login.name.text, "until": words.plain(link.expiresAt)],
      secret: post.publicURL + "/recover/\(link.token.text)", until: link.expiresAt, by: actor, in: tx)
    try mailed.note(link.id, to: login.id, in: tx)
    var link = link
    link.mailedTo = login.name.text
    return link
  }

  func writePasswordChanged(_ account: Account, _ change: Change, in tx: any Connection) throws {
    guard let post else { return }
    try write(
      "password-changed", to: account,
      ["time": MomentWords(zone: settings.zone).plain(change.at), "link": post.publicURL + "/forgotten-password"],
      by: .itself(account), in: tx)
  }

  func writeNewSignIn(_ account: Account, _ attempt: SignInAttempt, _ change: Change, in tx: any Connection) throws {
    guard let post else { return }
    try write(
      "new-sign-in", to: account,
      [
        "device": AgentName(attempt.agent).text, "address": attempt.address,
        "time": MomentWords(zone: settings.zone).plain(change.at), "link": post.publicURL + "/account",
      ], by: .itself(account), in: tx)
  }

  /// Writes to the owner of an account, in the language they like; nothing where they have no address.
  private func write(
    _ template: String, to account: Account, _ values: [String: String], secret: String? = nil,
    until: Instant? = nil, by actor: Actor, in tx: any Connection
  ) throws {
    guard let post, let login = try address(of: account.id, in: tx) else { return }
    var values = values
    values["name"] = account.name
    try post.outbox.add(
      NewLetter(
        .mail, to: login.name.text, name: account.name, .template(template, values: values, secret: secret),
        language: try accounts.preferences(of: account.id, in: tx).language, account: account.id, until: until),
      by: actor, in: tx)
  }

  /// Where mail reaches the owner of an account.
  func address(of account: AccountID, in tx: any Connection) throws -> LoginNameRow? {
    try accounts.loginNames(of: [account], in: tx)[account]?.first {
      $0.name.kind == .email && OutboxService.canMail($0.name.text)
    }
  }

  /// The address of an account, and since when it is known to reach its owner: since a link that was mailed there was
  /// used.
  public func confirmation(of id: AccountID, actor: Actor) async throws -> (address: String, since: Instant?)? {
    _ = try await account(id, actor: actor)
    return try await database.read { tx in
      try address(of: id, in: tx).map { ($0.name.text, try mailed.confirmedAt($0.id, in: tx)) }
    }
  }
}
