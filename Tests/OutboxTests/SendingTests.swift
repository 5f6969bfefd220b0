import Jobs
import Kernel
import Mail
import Persistence
import Rights
import TestSupport
import Testing

@testable import Outbox

@Suite struct SendingTests {
  @Test(arguments: TestDatabase.engines)
  func `a letter is sent once, and says what the server said`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let id = try await office.add(PostOffice.note())
      #expect(try await office.letter(id).state == .pending)
      try await office.send()
      let letter = try await office.letter(id)
      #expect(letter.state == .sent)
      #expect(letter.words == "250 OK")
      #expect(letter.sentAt == office.clock.now())
      #expect(office.server.kept.map(\.id) == ["\(id)@school.example"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a letter of a transaction that fails was never there`(engine: TestDatabase.Engine) async throws {
    struct Change: Error {}
    try await PostOffice.with(engine) { office in
      await #expect(throws: Change.self) {
        try await office.database.write { tx in
          try office.service.add(PostOffice.note(), by: PostOffice.writer, in: tx)
          throw Change()
        }
      }
      let kept = try await office.service.page(by: PostOffice.keeper).items
      #expect(kept.isEmpty)
      let line = try await office.queue.standing()
      #expect(line.waiting == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of the letters with one key the first is taken`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let first = try await office.add(PostOffice.note("one", key: "report:7"))
      let second = try await office.add(PostOffice.note("two", key: "report:7"))
      #expect(first == second)
      #expect(try await office.service.page(by: PostOffice.keeper).items.map(\.text) == ["one"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a refusal is final, and says why`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.answer(.refused(words: "550 no such mailbox")))
      let id = try await office.add(PostOffice.note())
      try await office.send()
      let letter = try await office.letter(id)
      #expect(letter.state == .failed)
      #expect(letter.words == "550 no such mailbox")
      #expect(letter.nextAt == nil)
      #expect(try await office.queue.standing().waiting == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what passes is tried again after a pause, with the same identity`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.breakBefore(.putOff(words: "450 busy")), .answer(.putOff(words: "451 later")))
      let id = try await office.add(PostOffice.note())
      try await office.send()
      let waiting = try await office.letter(id)
      #expect(waiting.state == .pending)
      #expect(waiting.words == "450 busy")
      #expect(waiting.nextAt == office.clock.now().adding(.seconds(10)))
      office.clock.advance(by: .seconds(11))
      try await office.send()
      #expect(try await office.letter(id).isHanded == false)
      office.clock.advance(by: .seconds(61))
      try await office.send()
      #expect(try await office.letter(id).state == .sent)
      #expect(try await office.letter(id).attempts == 3)
      #expect(office.server.kept.map(\.id) == ["\(id)@school.example"])
    }
  }

  @Test func `tries go on for two days, and end`() {
    let now = Instant(milliseconds: 0)
    var at = now
    var attempt = 1
    while let next = OutboxService.outcome(of: .putOff(words: ""), attempt: attempt, at: at).next {
      #expect(next > at)
      (at, attempt) = (next, attempt + 1)
    }
    #expect(at > now.adding(.seconds(40 * 3600)) && at < now.adding(.seconds(60 * 3600)))
    #expect(OutboxService.outcome(of: .putOff(words: ""), attempt: attempt, at: at).0 == .failed)
  }

  @Test(arguments: TestDatabase.engines)
  func `a program that dies before the end of a mail sends it again, and there is one`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.die)
      let id = try await office.add(PostOffice.note())
      try await office.send()
      #expect(try await office.letter(id).state == .pending)
      office.clock.advance(by: .seconds(30))
      try await office.send()
      #expect(try await office.letter(id).state == .sent)
      #expect(office.server.kept.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a program that dies after the end of a mail leaves a doubt, and sends nothing twice`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.keepAndDie)
      let id = try await office.add(PostOffice.note())
      try await office.send()
      #expect(try await office.letter(id).isHanded)
      office.clock.advance(by: .seconds(30))
      try await office.send()
      #expect(try await office.letter(id).state == .doubtful)
      #expect(office.server.kept.count == 1)
      // A person who asked the reader may send it again.
      try await office.service.resend(id, by: PostOffice.keeper)
      try await office.send()
      #expect(try await office.letter(id).state == .sent)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `silence after the end is a doubt as well`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.answer(.unknown(words: "Timeout was reached")))
      let id = try await office.add(PostOffice.note())
      try await office.send()
      #expect(try await office.letter(id).state == .doubtful)
      #expect(try await office.service.release() == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a letter whose link is dead is not sent`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      var letter = PostOffice.note()
      letter.until = office.clock.now().adding(.seconds(60))
      let id = try await office.add(letter)
      office.clock.advance(by: .seconds(61))
      try await office.send()
      #expect(try await office.letter(id).state == .failed)
      #expect(office.server.kept.isEmpty)
      await #expect(throws: Problem.tooLate) { try await office.service.resend(id, by: PostOffice.keeper) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `without a server letters stay, and go once there is one, if they are fresh`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine, hasServer: false) { office in
      let old = try await office.add(PostOffice.note("old"))
      office.clock.advance(by: .seconds(4 * 86_400))
      let fresh = try await office.add(PostOffice.note("fresh"))
      #expect(try await office.queue.standing().waiting == 0)
      #expect(try await office.service.isMoving() == nil)
      await #expect(throws: Problem.noTransport(.mail)) {
        try await office.service.resend(old, by: PostOffice.keeper)
      }
      let service = try PostOffice.service(office.database, office.clock, office.queue, office.server)
      #expect(try await service.release() == 1)
      #expect(try await service.release() == 0)
      try await office.send(with: service)
      #expect(try await office.letter(fresh).state == .sent)
      #expect(try await office.letter(old).state == .pending)
      try await service.resend(old, by: PostOffice.keeper)
      try await office.send(with: service)
      #expect(try await office.letter(old).state == .sent)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a letter that waits too long makes the way out look bad`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      #expect(try await office.service.isMoving() == true)
      try await office.add(PostOffice.note())
      office.clock.advance(by: .seconds(901))
      #expect(try await office.service.isMoving() == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a text message goes by the gateway, without a subject`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let id = try await office.add(
        NewLetter(.sms, to: " +231 77-123 4567", .words(subject: "ignored", text: "Bring a coat.")))
      try await office.send()
      let letter = try await office.letter(id)
      #expect(letter.state == .sent)
      #expect(letter.recipient == "+231771234567")
      #expect(letter.subject.isEmpty)
      #expect(office.server.kept.map(\.id) == ["\(id)"])
    }
  }
}
