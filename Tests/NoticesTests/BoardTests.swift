import Audiences
import Directory
import Kernel
import Markup
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Notices

@Suite struct `The board` {
  /// Whom each audience means, told plainly.
  private static func readers(_ school: School) -> [(audience: Audience, names: Set<String>)] {
    let staff: Set = ["Tess", "Ben", "Pat", "Olive"]
    return [
      (.everyone, ["Tess", "Ben", "Stu", "Gil", "Sol", "Gus", "Pat", "Quinn", "Olive", "Ada"]),
      (.school(school.school, .students), ["Stu"]), (.school(school.school, .guardians), ["Gil"]),
      (.school(school.school, .staff), staff), (.school(school.school, .everyone), staff.union(["Stu", "Gil"])),
      (.school(school.district, .everyone), staff.union(["Stu", "Gil", "Sol", "Gus", "Quinn"])),
      (.school(school.elsewhere, .guardians), ["Gus"]), (.section(school.section), ["Tess", "Stu"]),
      (.guardiansOfSection(school.section), ["Gil"]), (.section(school.otherSection), ["Ben"]),
      (.guardiansOfSection(school.otherSection), []), (.department(school.school, "Science"), ["Tess"]),
      (.role(school.teacherRole, at: school.school), ["Tess", "Ben", "Ada"]),
      (.role(school.teacherRole, at: school.elsewhere), ["Ada"]),
    ]
  }

  @Test(arguments: TestDatabase.engines)
  func `shows what is approved to those it is for, within its times, and nothing else to anybody`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let now = school.clock.now()
      let (before, after) = (now.adding(.seconds(-60)), now.adding(.seconds(60)))
      var notices: [(notice: Notice, names: Set<String>, isShown: Bool)] = []
      for (audience, names) in Self.readers(school) {
        let org = try await school.home(of: audience)
        for state in NoticeState.kept {
          let times: [(shown: Instant, end: Instant?)] =
            state == .approved ? [(now, nil), (now, after), (before, now), (after, nil)] : [(before, after)]
          for (shown, end) in times {
            let notice = Notice(
              id: .new(at: now), org: org, title: "\(audience.kind) \(state)", text: "Text", audience: audience,
              expiresAt: end, author: school.people["Olive"]?.account, state: state,
              stateBefore: state == .deletionAsked ? .approved : nil, sentAt: before, shownFrom: shown)
            notices.append((notice, names, state == .approved && shown <= now && end.map { $0 > now } ?? true))
          }
        }
      }
      let rows = notices.map(\.notice)
      try await school.database.write { tx in
        try Record().insert(rows, into: Notice.table, Change(by: .system("test"), at: now), in: tx)
      }
      var seen = 0
      for name in School.names {
        let actor = school.actor(name)
        let board = Set(try await school.service.board(PageRequest(limit: 200), actor: actor).items.map(\.notice.id))
        let file = Set(try await school.service.newest(200, actor: actor).map(\.id))
        #expect(board == file)
        for (notice, names, isShown) in notices {
          let isRead = isShown && names.contains(name)
          #expect(board.contains(notice.id) == isRead, "\(name): \(notice.audience), \(notice.state)")
          let takesPart = takesPart(name, in: notice, school)
          let found = await code { try await school.service.notice(notice.id, actor: actor) }
          #expect((found == nil) == (isRead || takesPart), "\(name): \(notice.audience), \(notice.state)")
          if isRead { seen += 1 }
        }
      }
      #expect(seen == 2 * Self.readers(school).reduce(0) { $0 + $1.names.count })
    }
  }

  /// Olive wrote all of them; Pat decides at the first school, Quinn at the other, Ada everywhere: drafts are Olive's.
  private func takesPart(_ name: String, in notice: Notice, _ school: School) -> Bool {
    switch name {
    case "Olive": true
    case "Pat": notice.org == school.school && notice.state != .draft
    case "Quinn": notice.org == school.elsewhere && notice.state != .draft
    case "Ada": notice.state != .draft
    default: false
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `obeys custody from the day it changes`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let notice = try await school.approved(school.draft())
      #expect(try await school.board(of: "Gil") == ["Parents' evening"])
      #expect(try await school.board(of: "Gwen") == [])
      #expect(await code { try await school.service.notice(notice.id, actor: school.actor("Gwen")) } == "NOT_FOUND")
      let gil = try #require(school.people["Gil"]?.person)
      try await school.database.write { tx in
        let guardianship: GuardianshipID? = try tx.first(
          "SELECT id FROM directory_guardianship_live WHERE guardian_id = \(gil)"
        ) { row in try row.next() }
        try school.deny(
          try #require(guardianship), from: school.clock.now().utcDate.adding(days: 1), tx)
      }
      #expect(try await school.board(of: "Gil") == ["Parents' evening"])
      school.clock.advance(by: .seconds(86_400))
      #expect(try await school.board(of: "Gil") == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has the pinned first and then the newest, page by page`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let start = school.clock.now()
      for number in 1...7 {
        school.clock.advance(by: .seconds(60))
        // The fifth is approved early and shown late; the second and the sixth are pinned.
        _ = try await school.approved(
          school.draft(
            "\(number)", isPinned: [2, 6].contains(number),
            publishAt: number == 5 ? start.adding(.seconds(3600)) : nil))
      }
      #expect(try await school.board(of: "Gil") == ["6", "2", "7", "4", "3", "1"])
      school.clock.set(start.adding(.seconds(3600)))
      let whole = ["6", "2", "5", "7", "4", "3", "1"]
      #expect(try await school.board(of: "Gil") == whole)
      var (walked, after): ([String], ID<AnyEntity>?) = ([], nil)
      repeat {
        let page = try await school.service.board(PageRequest(limit: 2, after: after), actor: school.actor("Gil"))
        walked += page.items.map(\.notice.title)
        after = page.next
      } while after != nil
      #expect(walked == whole)
      #expect(try await school.service.newest(3, actor: school.actor("Gil")).map(\.title) == ["6", "2", "5"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `counts as two queries on the first page, and one more for those who decide`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      _ = try await school.approved(school.draft(for: .school(school.school, .everyone)), by: "Olive")
      _ = try await school.service.write(school.draft(), sending: true, actor: school.actor("Tess"))
      for (name, most) in [("Gil", 2), ("Pat", 3)] {
        let counter = QueryCounter(school.database)
        let parts = NoticeParts(service: school.service(on: counter), zone: .utc)
        let (tasks, board) = try await parts.today(for: school.actor(name))
        #expect(counter.count <= most, "\(name): \(counter.count) queries")
        #expect(!board.isEmpty && tasks.isEmpty == (name == "Gil"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is read along its index`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let store = NoticeStore(audiences: AudienceStore())
      let now = school.clock.now()
      var keys = AudienceKeys()
      keys.isSomebody = true
      let board = try await school.database.plan(of: store.boardQuery(PageRequest(limit: 20), for: keys, at: now))
      #expect(board.contains("notices_notice_board"), "\(board)")
      #expect(!board.contains("Sort") && !board.contains("TEMP B-TREE"), "\(board)")
      let reach = Reach(orgs: [school.school])
      let pending = try await school.database.plan(
        of: store.pendingQuery(PageRequest(), within: reach, for: school.actor("Pat").account))
      #expect(pending.contains("notices_notice_pending"), "\(pending)")
      #expect(!pending.contains("Sort") && !pending.contains("TEMP B-TREE"), "\(pending)")
    }
  }
}

extension School {
  fileprivate func home(of audience: Audience) async throws -> OrgID? {
    try await database.read { tx in try NoticeStore(audiences: AudienceStore()).home(of: audience, in: tx) }
  }
}
