import Audiences
import Kernel
import Outbox
import Persistence
import Rights
import TestSupport
import Testing

@testable import Messages

@Suite struct `An inbox` {
  @Test(arguments: TestDatabase.engines)
  func `lists what came, newest first, page by page, and counts what is new`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      for number in 1...5 {
        try await school.send(school.content(.section(school.section), "No. \(number)"))
        school.clock.advance(by: .seconds(60))
      }
      let ama = school.actor(.ama)
      let first = try await school.service.inbox(InboxFilter(), PageRequest(limit: 2), of: ama)
      #expect(first.items.map(\.subject) == ["No. 5", "No. 4"])
      let second = try await school.service.inbox(InboxFilter(), PageRequest(limit: 2, after: first.next), of: ama)
      #expect(second.items.map(\.subject) == ["No. 3", "No. 2"])
      #expect(try await school.service.unreadCount(of: ama) == 5)

      let read = try await school.service.read(first.items[0].id, by: ama)
      #expect(read.isRead)
      #expect(read.text.hasSuffix("Bring a raincoat."))
      #expect(try await school.service.unreadCount(of: ama) == 4)
      #expect(try await school.subjects(of: .ama, InboxFilter(isUnreadOnly: true)).count == 4)
      #expect(try await school.service.unreadCount(of: school.actor(.kofi)) == 5)

      #expect(try await school.service.readAll(by: ama) == 4)
      #expect(try await school.service.unreadCount(of: ama) == 0)
      #expect(try await school.service.readAll(by: ama) == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets go of what expired and what was put away, and of nothing else`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let end = school.clock.now().adding(.seconds(600))
      try await school.send(school.content(.section(school.section), "Short", expiresAt: end))
      let lasting = try await school.send(school.content(.section(school.section), "Lasting"))
      #expect(try await school.service.unreadCount(of: school.actor(.ama)) == 2)
      school.clock.advance(by: .seconds(600))
      #expect(try await school.subjects(of: .ama) == ["Lasting"])
      #expect(try await school.service.unreadCount(of: school.actor(.ama)) == 1)
      #expect(try await school.subjects(of: .ama, InboxFilter(hasExpired: true)).sorted() == ["Lasting", "Short"])

      try await school.service.hide(lasting.id, by: school.actor(.ama))
      #expect(try await school.subjects(of: .ama) == [])
      #expect(try await school.service.unreadCount(of: school.actor(.ama)) == 0)
      #expect(try await school.subjects(of: .teacher) == ["Lasting"])
      try await school.service.show(lasting.id, by: school.actor(.ama))
      #expect(try await school.subjects(of: .ama) == ["Lasting"])
      let stranger = school.actor(.father)
      #expect(await code { try await school.service.hide(lasting.id, by: stranger) } == "NOT_FOUND")
      #expect(await code { try await school.service.read(lasting.id, by: stranger) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of a person stays when an account comes later`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      try await school.send(school.content(.person(School.person(.kofi))))
      #expect(try await school.subjects(of: .kofi) == ["Trip on Friday"])
    }
  }
}

@Suite struct `Ways of delivery` {
  @Test(arguments: TestDatabase.engines)
  func `are those the author ticked and the reader wants, and the log says why not`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let audience = Audience.school(school.maple, .everyone)
      try await school.service.choose(ChannelChoices(byMail: false, bySMS: true), by: school.actor(.office))
      let count = try await school.service.count(audience, by: school.root)
      #expect(count == AudienceCount(people: 7, accounts: 5, mail: 2, sms: 1))
      let message = try await school.send(school.content(audience, byMail: true, bySMS: true))
      let log = try await school.service.deliveries(of: message.id, by: school.root).items
      func line(_ who: School.Who, _ channel: MessageChannel) -> Delivery? {
        log.first { $0.reader == School.key(who) && $0.channel == channel }
      }
      #expect(log.filter { $0.channel == .inbox && $0.state == .delivered }.count == 7)
      #expect(line(.mother, .mail)?.state == .handed)
      #expect(line(.mother, .mail)?.letter != nil)
      #expect(line(.mother, .sms)?.state == .handed)
      #expect(line(.father, .mail)?.reason == .badAddress)
      #expect(line(.office, .mail)?.reason == .unwanted)
      #expect(line(.ama, .mail)?.reason == .noAddress)
      #expect(line(.office, .sms)?.reason == .noAddress)
      let tally = try await school.service.tally(of: message.id, by: school.root)
      #expect(tally.people == 7 && tally.read == 0)
      #expect(
        tally.lines == [
          .init(channel: .inbox, reached: 7, skipped: 0), .init(channel: .mail, reached: 1, skipped: 6),
          .init(channel: .sms, reached: 1, skipped: 6),
        ])

      let urgent = try await school.send(school.content(audience, "Closed today", .urgent, byMail: true))
      let pressing = try await school.service.deliveries(of: urgent.id, .mail, by: school.root).items
      #expect(pressing.first { $0.reader == School.key(.office) }?.state == .handed)
      let letters = try await school.database.read { tx in
        try tx.all(
          "SELECT channel, recipient, subject, body FROM outbox_letter ORDER BY created_at, recipient"
        ) {
          row in
          [try row.next() as String, try row.next(), try row.next(), try row.next()]
        }
      }
      let mail = letters.first { $0[0] == "mail" && $0[1] == "mother@home.example" }
      #expect(mail?[2] == "Trip on Friday")
      #expect(mail?[3].contains("Bring a raincoat.") == true)
      #expect(mail?[3].contains("https://school.example/messages/\(message.id)") == true)
      #expect(letters.contains { $0[0] == "mail" && $0[1] == "office@school.example" && $0[2] == "Closed today" })
      let text = letters.first { $0[0] == "sms" }
      #expect(text?[3] == "Maple: Trip on Friday https://school.example/messages/\(message.id)")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `carry letters for the language of their readers, and the log follows how they fare`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      try await school.database.write { tx in
        try tx.run(
          """
          INSERT INTO accounts_preference (account_id, theme, density, has_shortcuts, language)
          VALUES (\(School.account(.mother)), 'system', 'compact', TRUE, 'de')
          """)
      }
      let message = try await school.send(school.content(.school(school.maple, .everyone), byMail: true))
      func log() async throws -> [School.Who: LetterState?] {
        let lines = try await school.service.deliveries(of: message.id, .mail, by: school.root).items
        return Dictionary(
          uniqueKeysWithValues: School.Who.allCases.compactMap { who in
            lines.first { $0.reader == School.key(who) && $0.letter != nil }.map { (who, $0.letterState) }
          })
      }
      #expect(try await log() == [.mother: .pending, .office: .pending])
      let languages: [String] = try await school.database.read { tx in
        try tx.all("SELECT language FROM outbox_letter ORDER BY recipient") { row in try row.next() }
      }
      #expect(languages == ["de", "en"])

      try await school.database.write { tx in
        try tx.run("UPDATE outbox_letter SET state = 'failed', next_at = NULL WHERE language = 'de'")
        try tx.run("DELETE FROM outbox_letter WHERE language = 'en'")
      }
      #expect(try await log() == [.mother: .failed, .office: nil])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are paged so that a reader's stay together`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let message = try await school.send(
        school.content(.school(school.maple, .everyone), byMail: true, bySMS: true))
      var seen: [Delivery] = []
      var after: ID<AnyEntity>?
      repeat {
        let page = try await school.service.deliveries(
          of: message.id, nil, PageRequest(limit: 2, after: after), by: school.root)
        #expect(Set(page.items.map(\.reader)).count <= 2)
        #expect(page.items.count % 3 == 0)
        seen += page.items
        after = page.next
      } while after != nil
      #expect(seen.count == 21)
      let skipped = try await school.service.deliveries(of: message.id, .mail, skippedOnly: true, by: school.root)
      #expect(skipped.items.allSatisfy { $0.channel == .mail && $0.state == .skipped })
    }
  }
}

@Suite struct `Whoever writes` {
  @Test(arguments: TestDatabase.engines)
  func `writes within his or her reach and no further`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      // What the pages offer is what is allowed.
      func answer(_ audience: Audience, _ actor: Actor) async -> String? {
        let said = await code { try await school.service.write(school.content(audience), by: actor) }
        let isOffered = try? await school.service.mayWrite(to: audience, by: actor)  // A fault is neither.
        #expect(isOffered == (said == nil), "\(audience)")
        return said
      }
      let ours: [Audience] = [.section(school.section), .guardiansOfSection(school.section)]
      let schools: [Audience] = [
        .school(school.maple, .everyone), .school(school.maple, .staff), .department(school.maple, "Science"),
        .role(school.teaching, at: school.maple),
      ]
      let beyond: [Audience] = [
        .everyone, .role(school.teaching, at: nil), .school(school.alder, .staff), .school(school.district, .staff),
        .section(school.farSection), .guardiansOfSection(school.farSection), .person(School.person(.far)),
      ]
      for audience in ours { #expect(await answer(audience, school.teacher) == nil) }
      for audience in schools + beyond {
        #expect(await answer(audience, school.teacher) == "NOT_FOUND", "\(audience)")
      }
      for audience in ours + schools { #expect(await answer(audience, school.office) == nil, "\(audience)") }
      for audience in beyond { #expect(await answer(audience, school.office) == "NOT_FOUND", "\(audience)") }
      for audience in ours + schools + beyond {
        #expect(await answer(audience, school.root) == nil)
        for who in [School.Who.mother, .ama] { #expect(await answer(audience, school.actor(who)) == "FORBIDDEN") }
        #expect(await code { try await school.service.count(audience, by: school.actor(.mother)) } == "FORBIDDEN")
      }
      #expect(await code { try await school.service.count(.everyone, by: school.office) } == "NOT_FOUND")
      #expect(await answer(.person(School.person(.father)), school.teacher) == nil)
      #expect(await answer(.person(School.person(.office)), school.teacher) == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has his or her own messages, and an administrator everybody's`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let draft = try await school.service.write(school.content(.section(school.section)), by: school.teacher)
      #expect(try await school.service.sent(by: school.teacher).items.map(\.message.id) == [draft.id])
      #expect(try await school.service.sent(by: school.teacher).items.first?.audience == "Students and staff of 7A")
      #expect(try await school.service.sent(by: school.office).items.isEmpty)
      #expect(await code { try await school.service.message(draft.id, by: school.office) } == "NOT_FOUND")
      #expect(await code { try await school.service.tally(of: draft.id, by: school.office) } == "NOT_FOUND")
      #expect(await code { try await school.service.send(draft.id, version: 1, by: school.office) } == "NOT_FOUND")
      #expect(try await school.service.sent(fromAnyone: true, by: school.root).items.count == 1)
      #expect(try await school.service.sent(by: school.root).items.isEmpty)
      #expect(await code { try await school.service.send(draft.id, version: 1, by: school.root) } == "FORBIDDEN")
      #expect(try await school.service.withdraw(draft.id, version: 1, by: school.root).state == .withdrawn)
      #expect(
        await code { try await school.service.withdraw(draft.id, version: 1, by: school.teacher) }
          == "MESSAGE_ON_ITS_WAY")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `hears what is wrong, of a version that is old, and of an audience of nobody`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let now = school.clock.now()
      var wrong = school.content(.section(school.section), " ", publishAt: now, expiresAt: now)
      wrong.text = "\n"
      do {
        _ = try await school.service.write(wrong, by: school.office)
        Issue.record("nothing was wrong")
      } catch let problem as Problem {
        #expect(Set(problem.errors.map(\.pointer)) == ["/subject", "/text", "/expiresAt"])
      }
      let draft = try await school.service.write(school.content(.section(school.section)), by: school.office)
      _ = try await school.service.edit(
        draft.id, version: 1, school.content(.section(school.section), "Two"), by: school.office)
      #expect(
        await code { try await school.service.edit(draft.id, version: 1, wrong.valid, by: school.office) }
          == "VERSION_STALE")
      #expect(await code { try await school.service.send(draft.id, version: 1, by: school.office) } == "VERSION_STALE")
      let nobody = school.content(.department(school.maple, "Alchemy"))
      #expect(await code { try await school.service.send(nobody, by: school.office) } == "AUDIENCE_EMPTY")
      let past = school.content(.section(school.section), expiresAt: now.adding(.seconds(-1)))
      #expect(await code { try await school.service.send(past, by: school.office) } == "VALIDATION_ERROR")
    }
  }
}

extension MessageContent {
  fileprivate var valid: MessageContent {
    var valid = self
    (valid.subject, valid.text, valid.publishAt, valid.expiresAt) = ("Subject", "Text", nil, nil)
    return valid
  }
}
