import Jobs
import Kernel
import Mail
import Outbox
import Persistence
import Record
import Rights
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Accounts

/// The letters that accounts have written, read where they would have been handed over.
@Suite struct `Letters of accounts` {
  @Test(arguments: TestDatabase.engines)
  func `a forgotten password is answered by a link that works once, for 15 minutes`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      try await post.account("ada@school.example")
      try await post.service.requestReset(" ADA@school.example ", from: "192.0.2.1")
      let letter = try #require(try await post.letters().last)
      #expect(letter.to == "ada@school.example")
      let token = try #require(letter.token)
      try await post.service.setPassword("nine purple bicycles", byLink: token)
      await #expect(throws: AccountsProblem.linkSpent) {
        try await post.service.setPassword("ten purple bicycles", byLink: token)
      }
      #expect(try await post.letters().last?.subject == "Your password was changed")

      post.clock.advance(by: .seconds(120))
      try await post.service.requestReset("ada@school.example", from: "192.0.2.1")
      let late = try #require(try await post.letters().last?.token)
      post.clock.advance(by: .seconds(15 * 60))
      await #expect(throws: AccountsProblem.linkSpent) {
        try await post.service.setPassword("ten purple bicycles", byLink: late)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `for whoever is not there, is switched off or has no address nothing is written, and nobody is told`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      try await post.service.createFirstAdministrator(
        name: "Grace", email: "grace@school.example", password: World.password)
      let off = try await post.account("off@school.example")
      try await post.service.update(off, version: 2, isEnabled: false, actor: .system("test"))
      try await post.account(nil, userName: "s1234")
      let names = [
        "nobody@school.example", "off@school.example", "s1234", "", String(repeating: "x", count: 5000), "\u{7}",
      ]
      for name in names {
        try await post.service.requestReset(name, from: "192.0.2.1")
      }
      #expect(try await post.letters().isEmpty)
      let jobs = try await post.queue.page(by: .system("test")).items
      #expect(jobs.count == 6 && jobs.allSatisfy { $0.state == .done && $0.result?.text == "{}" })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whoever asks again and again is slowed down, known or not, and one link is on its way at a time`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      try await post.account("ada@school.example")
      for name in ["ada@school.example", "nobody@school.example"] {
        for _ in 0..<10 { try await post.service.requestReset(name, from: "192.0.2.1") }
        await #expect(throws: AccountsProblem.tooManyAttempts(retryAfter: 30)) {
          try await post.service.requestReset(name, from: "192.0.2.1")
        }
      }
      #expect(try await post.letters().count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an invitation is mailed, again in place of the first, and its use confirms the address`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      let service = post.service
      let admin = Actor.system("test")
      let link = try await service.create(
        NewAccount(name: "Ada", email: "ada@school.example"), byMail: true, actor: admin)
      #expect(link.mailedTo == "ada@school.example")
      let first = try #require(try await post.letters().last)
      #expect(first.subject == "Your account at school.example")
      #expect(first.token == link.token.text)
      #expect(try await service.confirmation(of: link.account.id, actor: admin)?.since == nil)

      _ = try await service.startReset(of: link.account.id, byMail: true, actor: admin)
      let second = try #require(try await post.letters().last?.token)
      await #expect(throws: AccountsProblem.linkSpent) {
        try await service.setPassword("nine purple bicycles", byLink: try #require(first.token))
      }
      try await service.setPassword("nine purple bicycles", byLink: second)
      #expect(try await service.confirmation(of: link.account.id, actor: admin)?.since == post.clock.now())
      // Nobody is told that the first password was chosen.
      #expect(try await post.letters().count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a link that was handed over confirms nothing, and where there is no address none is mailed`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      let admin = Actor.system("test")
      let link = try await post.service.create(NewAccount(name: "Ada", email: "ada@school.example"), actor: admin)
      try await post.service.setPassword("nine purple bicycles", byLink: link.token.text)
      #expect(try await post.service.confirmation(of: link.account.id, actor: admin)?.since == nil)
      #expect(try await post.letters().isEmpty)
      await #expect(throws: AccountsProblem.noAddress) {
        _ = try await post.service.create(NewAccount(name: "Ben", userName: "ben"), byMail: true, actor: admin)
      }
      await #expect(throws: AccountsProblem.wrongCredentials) { try await post.signIn("ben") }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a device that is new is told of, but not the first one, and not twice`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Correspondence.with(engine) { post in
      try await post.account("ada@school.example")
      let laptop = try await post.signIn("ada@school.example").device
      #expect(try await post.letters().isEmpty)
      try await post.signIn("ada@school.example", on: laptop, from: "203.0.113.9")
      #expect(try await post.letters().isEmpty)
      let phone = try await post.signIn("ada@school.example").device
      let letter = try #require(try await post.letters().last)
      #expect(letter.subject == "A new device signed in")
      #expect(letter.text.contains("Firefox on Linux") && letter.text.contains("192.0.2.1"))
      try await post.signIn("ada@school.example", on: phone)
      #expect(try await post.letters().count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a letter is in the language its reader likes`(engine: TestDatabase.Engine) async throws {
    try await Correspondence.with(engine) { post in
      let id = try await post.account("ada@school.example")
      let ada = Actor(account: id, name: "Ada", reaches: [:])
      try await post.service.setPreferences(AccountPreferences(language: "ar"), actor: ada)
      try await post.service.requestReset("ada@school.example", from: "192.0.2.1")
      let letter = try #require(try await post.letters().last)
      #expect(letter.subject == "اختر كلمة مرور جديدة")
      #expect(letter.html.contains("dir=\"rtl\""))
    }
  }
}

/// Accounts with an outbox, and a server that keeps what it gets.
struct Correspondence: Sendable {
  /// A letter as it arrived.
  struct Received: Sendable {
    let to: String
    let subject: String
    let text: String
    let html: String

    /// The last part of the link in it.
    var token: String? { text.firstMatch(of: /\/recover\/(\S+)/).map { String($0.output.1) } }
  }

  final class Server: Sendable {
    let received = Mutex<[Received]>([])
  }

  let clock: TestClock
  let queue: JobQueue
  let service: AccountsService
  private let outbox: OutboxService
  private let server = Server()

  static func with(_ engine: TestDatabase.Engine, _ body: (Correspondence) async throws -> Void) async throws {
    try await engine.with(World.migrations + JobsModule.migrations + OutboxModule.migrations) { database in
      try await body(try await Correspondence(database))
    }
  }

  private init(_ database: any Database) async throws {
    let server = server
    clock = TestClock()
    queue = JobQueue(database: database, clock: clock)
    let from = try #require(MailAddress("office@school.example"))
    outbox = OutboxService(
      database: database, record: Record(), clock: clock, queue: queue,
      transports: Transports(
        mail: (
          from,
          { mail, beforeEnd in
            try await beforeEnd()
            server.received.withLock {
              $0.append(Received(to: mail.to.text, subject: mail.subject, text: mail.text, html: mail.html ?? ""))
            }
            return .taken(words: "250 OK")
          }
        )),
      seal: LetterSeal(
        seal: { text, _ in Array(text.utf8) }, open: { sealed, _ in String(decoding: sealed, as: UTF8.self) }),
      site: "school.example")
    service = try await World.service(
      database, clock, MasterKey(), AccountSettings(),
      post: AccountPost(outbox: outbox, queue: queue, publicURL: "https://school.example/"))
    try await service.prepare()
  }

  @discardableResult
  func account(_ email: String?, userName: String? = nil) async throws -> AccountID {
    let link = try await service.create(
      NewAccount(name: "Ada", email: email, userName: userName), actor: .system("test"))
    try await service.setPassword(World.password, byLink: link.token.text)
    return link.account.id
  }

  @discardableResult
  func signIn(
    _ name: String, on device: Token? = nil, from address: String = "192.0.2.1"
  ) async throws -> SignedInBrowser {
    try await service.signIn(
      SignInAttempt(
        name: name, password: World.password, address: address, agent: "Mozilla/5.0 (X11; Linux) Firefox/130",
        device: device))
  }

  /// What has arrived once every job is done.
  func letters() async throws -> [Received] {
    let worker = Worker(
      queue, handlers: [outbox.handler, service.resetHandler],
      settings: WorkerSettings(poll: .milliseconds(10), watch: .milliseconds(10)), actorOf: { _ in .system("test") })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await worker.run() }
      for _ in 0..<2000 {
        let standing = try await queue.standing()
        if standing.waiting == 0, standing.running == 0 { break }
        try await Task.sleep(for: .milliseconds(10))
      }
      worker.stop()
      try await group.waitForAll()
    }
    return server.received.withLock { $0 }
  }
}
