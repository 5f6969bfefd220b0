import Audiences
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Notices

@Suite struct `Notices between people` {
  @Test(arguments: TestDatabase.engines)
  func `go through a whole life between two people`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let (service, tess, pat) = (school.service, school.actor("Tess"), school.actor("Pat"))
      func take(_ step: NoticeStep, _ notice: Notice, _ reason: String? = nil, by actor: Actor) async throws -> Notice {
        school.clock.advance(by: .seconds(60))
        return try await service.take(step, of: notice.id, version: notice.version, because: reason, actor: actor)
          .notice
      }
      var notice = try await service.write(school.draft(), actor: tess)
      #expect(await code { try await service.notice(notice.id, actor: pat) } == "NOT_FOUND")
      notice = try await take(.ask, notice, by: tess)
      #expect(try await service.pending(actor: pat).items.map(\.notice.id) == [notice.id])
      notice = try await take(.reject, notice, "The date is missing.", by: pat)
      #expect(notice.reason == "The date is missing." && notice.reviewer == pat.account)
      var words = NoticeDraft(notice)
      words.text = "On Monday, at seven."
      notice = try await service.change(notice.id, version: notice.version, to: words, sending: true, actor: tess)
      #expect(notice.state == .review && notice.reason == nil)
      #expect(try await school.board(of: "Gil") == [])
      notice = try await take(.approve, notice, by: pat)
      #expect(try await school.board(of: "Gil") == ["Parents' evening"])
      #expect(try await school.board(of: "Gus") == [])
      notice = try await take(.askDeletion, notice, "It is over.", by: tess)
      #expect(try await school.board(of: "Gil") == [])
      notice = try await take(.keep, notice, by: pat)
      #expect(try await school.board(of: "Gil") == ["Parents' evening"])
      notice = try await take(.askDeletion, notice, by: tess)
      let story = try await service.notice(notice.id, actor: pat).story
      let deeds: [NoticeDeed] = [
        .deletionAsked, .kept, .deletionAsked, .approved, .sent, .changed, .rejected, .sent, .written,
      ]
      #expect(story.map(\.deed) == deeds)
      #expect(story.map(\.who) == ["Tess", "Pat", "Tess", "Pat", "Tess", "Tess", "Pat", "Tess", "Tess"])
      #expect(story.compactMap(\.reason) == ["It is over.", "The date is missing."])
      let taken = try await service.take(.delete, of: notice.id, version: notice.version, actor: pat)
      #expect(await code { try await service.notice(notice.id, actor: tess) } == "NOT_FOUND")
      let deletion = try #require(taken.deletion)
      try await school.restore(deletion, by: pat)
      let back = try await service.notice(notice.id, actor: pat)
      #expect(back.notice.state == .deletionAsked && back.notice.stateBefore == .approved)
      #expect(back.story.prefix(2).map(\.deed) == [.restored, .deleted])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are approved by somebody else, or by whoever decides everywhere`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let service = school.service
      for (name, audience, refusal) in [
        ("Pat", Audience.school(school.school, .staff), "NOTICE_OWN"), ("Ada", .everyone, nil),
        ("Tess", .section(school.section), "FORBIDDEN"), ("Olive", .school(school.school, .students), "FORBIDDEN"),
      ] as [(String, Audience, String?)] {
        let actor = school.actor(name)
        school.clock.advance(by: .seconds(1))
        let notice = try await service.write(school.draft(for: audience), sending: true, actor: actor)
        let found = await code { try await service.take(.approve, of: notice.id, version: 2, actor: actor) }
        #expect(found == (refusal == "FORBIDDEN" ? "NOTICE_NOT_YOURS" : refusal), "\(name)")
      }
      let own = try #require(try await service.own(.approved, actor: school.actor("Ada")).items.first)
      let story = try await service.notice(own.notice.id, actor: school.actor("Ada")).story
      #expect(story.first?.deed == .approved && story.first?.isByAuthor == true)
      // Quinn leads the other school and has nothing to do with this one.
      school.clock.advance(by: .seconds(1))
      let notice = try await service.write(school.draft(), sending: true, actor: school.actor("Tess"))
      let quinn = school.actor("Quinn")
      #expect(await code { try await service.take(.approve, of: notice.id, version: 2, actor: quinn) } == "NOT_FOUND")
      #expect(try await service.pending(actor: quinn).items.isEmpty)
      #expect(try await service.pending(actor: school.actor("Pat")).items.map(\.author) == ["Tess", "Olive", "Tess"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are written to audiences within reach`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let maple: [Audience] = [
        .school(school.school, .everyone), .department(school.school, "Science"),
        .role(school.teacherRole, at: school.school),
      ]
      let own: [Audience] = [.section(school.section), .guardiansOfSection(school.section)]
      let colleagues: [Audience] = [.section(school.otherSection), .guardiansOfSection(school.otherSection)]
      let beyond: [Audience] = [
        .everyone, .school(school.district, .staff), .school(school.elsewhere, .guardians),
        .role(school.teacherRole, at: nil),
      ]
      let allowed = [
        "Tess": own, "Ben": colleagues, "Olive": maple + own + colleagues, "Ada": maple + own + colleagues + beyond,
        "Quinn": [.school(school.elsewhere, .guardians)], "Gil": [],
      ]
      for (name, allowed) in allowed {
        for audience in maple + own + colleagues + beyond {
          let found = await code {
            try await school.service.write(school.draft(for: audience), actor: school.actor(name))
          }
          let expected =
            allowed.contains(audience)
            ? nil : name == "Gil" ? "FORBIDDEN" : "VALIDATION_ERROR /audience NOTICE_AUDIENCE"
          #expect(found == expected, "\(name) to \(audience)")
        }
      }
      let one = school.draft(for: .person(try #require(school.people["Gil"]?.person)))
      #expect(
        await code { try await school.service.write(one, actor: school.actor("Ada")) }
          == "VALIDATION_ERROR /audience NOTICE_AUDIENCE")
      let gone = school.draft(for: .section(SectionID.new(at: school.clock.now())))
      #expect(
        await code { try await school.service.write(gone, actor: school.actor("Ada")) }
          == "VALIDATION_ERROR /audience UNKNOWN_WORD")
      let offered = try await school.service.choices(actor: school.actor("Tess")).groups.flatMap(\.choices)
      #expect(Set(offered.map(\.audience)) == Set(own))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are saved over the version that was seen, and whole`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let (service, tess) = (school.service, school.actor("Tess"))
      let notice = try await service.write(school.draft(text: ""), actor: tess)
      #expect(
        await code { try await service.take(.ask, of: notice.id, version: 1, actor: tess) }
          == "VALIDATION_ERROR /text REQUIRED")
      _ = try await service.change(notice.id, version: 1, to: school.draft(), actor: tess)
      #expect(await code { try await service.take(.ask, of: notice.id, version: 1, actor: tess) } == "VERSION_STALE")
      #expect(
        await code { try await service.change(notice.id, version: 1, to: school.draft(), actor: tess) }
          == "VERSION_STALE")
      _ = try await service.take(.ask, of: notice.id, version: 2, actor: tess)
      #expect(
        await code {
          try await service.take(.reject, of: notice.id, version: 3, because: " ", actor: school.actor("Pat"))
        }
          == "VALIDATION_ERROR /reason REQUIRED")
      let now = school.clock.now()
      let over = school.draft(expiresAt: now.adding(.seconds(-1)))
      #expect(
        await code { try await service.write(over, sending: true, actor: tess) }
          == "VALIDATION_ERROR /expiresAt NOTICE_OVER")
      let turned = school.draft(publishAt: now, expiresAt: now)
      #expect(await code { try await service.write(turned, actor: tess) } == "VALIDATION_ERROR /expiresAt BEFORE_START")
      let long = school.draft(String(repeating: "t", count: 101), text: String(repeating: "t", count: 4001))
      #expect(await code { try await service.write(long, actor: tess) } == "VALIDATION_ERROR /title TOO_LONG")
      #expect(try await service.own(actor: tess).items.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `come off the board when their author changes them, whatever is asked`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let notice = try await school.approved(school.draft())
      let changed = try await school.service.change(
        notice.id, version: notice.version, to: school.draft("Other words"), actor: school.actor("Tess"))
      #expect(changed.state == .review)
      #expect(try await school.board(of: "Gil") == [])
      #expect(
        await code {
          try await school.service.change(
            notice.id, version: changed.version, to: school.draft("Pat's words"), actor: school.actor("Pat"))
        } == "NOTICE_NOT_YOURS")
      let story = try await school.service.notice(notice.id, actor: school.actor("Pat")).story
      #expect(story.first?.deed == .changedOnBoard)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `come back from the recycle bin for those who could have put them there`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let (service, tess, pat) = (school.service, school.actor("Tess"), school.actor("Pat"))
      let draft = try await service.write(school.draft("Mine alone"), actor: tess)
      let own = try #require(try await service.take(.delete, of: draft.id, version: 1, actor: tess).deletion)
      #expect(try await school.label(of: own) == "A draft of a notice")
      #expect(await code { try await school.restore(own, by: pat) } == "NOTICE_NOT_YOURS")
      try await school.restore(own, by: tess)
      #expect(try await service.own(actor: tess).items.map(\.notice.state) == [.draft])

      let notice = try await school.approved(school.draft())
      #expect(
        await code { try await service.take(.delete, of: notice.id, version: notice.version, actor: tess) }
          == "NOTICE_NOT_YOURS")
      let deletion = try #require(
        try await service.take(.delete, of: notice.id, version: notice.version, actor: pat).deletion)
      #expect(try await school.label(of: deletion) == "Parents' evening")
      for name in ["Tess", "Quinn", "Gil"] {
        #expect(
          await code { try await school.restore(deletion, by: school.actor(name)) } == "NOTICE_NOT_YOURS", "\(name)")
      }
      #expect(try await school.board(of: "Gil") == [])
      try await school.restore(deletion, by: pat)
      #expect(try await school.board(of: "Gil") == ["Parents' evening"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are not approved by undoing their rejection`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let (service, pat) = (school.service, school.actor("Pat"))
      let own = try await school.approved(
        school.draft(for: .school(school.school, .staff)), by: "Pat", approver: "Ada")
      _ = try await service.take(
        .reject, of: own.id, version: own.version, because: "Too early.", actor: school.actor("Ada"))
      #expect(await code { try await school.undo(own.id, version: 4, by: pat) } == "NOTICE_NOT_YOURS")
      #expect(await code { try await school.undo(own.id, version: 4, by: school.actor("Tess")) } == "NOTICE_NOT_YOURS")
      try await school.undo(own.id, version: 4, by: school.actor("Ada"))
      #expect(try await school.board(of: "Ben") == ["Parents' evening"])
      // To undo the sending would lay another's draft before Pat's eyes.
      let sent = try await service.write(school.draft(), sending: true, actor: school.actor("Tess"))
      #expect(await code { try await school.undo(sent.id, version: 2, by: pat) } == "NOTICE_NOT_YOURS")
    }
  }
}

extension School {
  private var tables: [AnyRecordedTable] { DirectoryModule.tables + NoticesModule.tables }

  func restore(_ deletion: DeletionID, by actor: Actor) async throws {
    let service = service
    try await RecycleBin(database: database, tables: tables).restore(
      deletion, within: .everywhere, Change(by: actor, at: clock.now())
    ) { takingBack, tx in try service.check(takingBack, in: tx) }
  }

  func undo(_ notice: NoticeID, version: Int, by actor: Actor) async throws {
    let (service, undo) = (service, Undo(database: database, tables: tables))
    let change = Change(by: actor, at: clock.now(), org: school)
    let kind = Notice.table.kind
    try await database.write { tx in
      try service.check(TakingBack(.undo, .before, of: kind, [notice.retyped()], by: actor), in: tx)
      try undo.undo(version: version, of: notice.retyped(), kind: kind, called: "Undo", change, in: tx)
      try service.check(TakingBack(.undo, .after, of: kind, [notice.retyped()], by: actor), in: tx)
    }
  }

  func label(of deletion: DeletionID) async throws -> String? {
    try await RecycleBin(database: database, tables: tables).find(deletion, within: .everywhere)?.label
  }
}
