import Audiences
import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Messages

@Suite struct `A message` {
  /// Every kind of audience, and whom it means here: written down by hand.
  private func expected(_ school: School) -> [(Audience, Set<School.Who>)] {
    let here: Set<School.Who> = [.ama, .kofi, .mother, .father, .teacher, .office, .locked]
    let there: Set<School.Who> = [.far, .farsMother, .farTeacher]
    return [
      (.everyone, here.union(there).union([.root])),
      (.school(school.district, .everyone), here.union(there)),
      (.school(school.maple, .everyone), here),
      (.school(school.alder, .everyone), there),
      (.school(school.maple, .students), [.ama, .kofi]),
      (.school(school.maple, .guardians), [.mother, .father]),
      (.school(school.maple, .staff), [.teacher, .office, .locked]),
      (.section(school.section), [.ama, .kofi, .teacher]),
      (.guardiansOfSection(school.section), [.mother, .father]),
      (.guardiansOfSection(school.farSection), [.farsMother]),
      (.department(school.maple, "Science"), [.teacher, .locked]),
      (.department(school.district, "Science"), [.teacher, .locked, .farTeacher]),
      (.role(school.teaching, at: nil), [.teacher, .farTeacher, .root]),
      (.role(school.teaching, at: school.maple), [.teacher, .root]),
      (.role(school.parenting, at: school.maple), [.mother, .father]),
      (.person(School.person(.kofi)), [.kofi]),
    ]
  }

  @Test(arguments: TestDatabase.engines)
  func `reaches exactly its audience and nobody else, over roles and custody`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      for (audience, readers) in expected(school) {
        let count = try await school.service.count(audience, by: school.root)
        #expect(count.people == readers.count, "\(audience)")
        let message = try await school.send(school.content(audience, "To \(audience)"))
        #expect(message.state == .sent)
        #expect(try await school.readers(of: message.id) == readers, "\(audience)")
        for who in School.Who.allCases {
          let hasIt = try await school.service.inbox(of: school.actor(who)).items.contains { $0.id == message.id }
          #expect(hasIt == readers.contains(who), "\(who) and \(audience)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells a guardian which children it is about, as far as he or she may see them`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let message = try await school.send(school.content(.guardiansOfSection(school.section)))
      let mother = try await school.service.received(message.id, by: school.actor(.mother))
      #expect(mother.children == ["ama", "kofi"])
      #expect(try await school.service.received(message.id, by: school.actor(.father)).children == ["ama"])
      #expect(await code { try await school.service.received(message.id, by: school.actor(.denied)) } == "NOT_FOUND")
      // Custody changes afterwards: the letter stays, the name goes.
      try await school.database.write { tx in
        try tx.run("UPDATE directory_custody_right SET last_on = NULL WHERE custody = 'see' AND allowed = FALSE")
      }
      #expect(try await school.service.received(message.id, by: school.actor(.father)).children == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is for whoever belongs to the audience when its time comes`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let later = school.clock.now().adding(.seconds(3600))
      let message = try await school.service.send(
        school.content(.section(school.section), publishAt: later), by: school.root)
      #expect(message.state == .queued)
      try await school.work()
      #expect(try await school.readers(of: message.id) == [])
      try await school.database.write { tx in
        try tx.run("UPDATE academics_enrolment SET status = 'dropped' WHERE student_id = \(School.student(.kofi))")
      }
      school.clock.advance(by: .seconds(3601))
      try await school.work()
      #expect(try await school.readers(of: message.id) == [.ama, .teacher])
      #expect(try await school.service.inbox(of: school.actor(.ama)).items.first?.publishedAt == later)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that was withdrawn before its time reaches nobody, and may be sent again`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let later = school.clock.now().adding(.seconds(3600))
      let content = school.content(.section(school.section), publishAt: later)
      let queued = try await school.service.send(content, by: school.office)
      #expect(
        await code { try await school.service.edit(queued.id, version: 2, content, by: school.office) }
          == "MESSAGE_ON_ITS_WAY")
      let withdrawn = try await school.service.withdraw(queued.id, version: queued.version, by: school.office)
      school.clock.advance(by: .seconds(7200))
      try await school.work()
      #expect(try await school.readers(of: queued.id) == [])

      let draft = try await school.service.edit(
        queued.id, version: withdrawn.version, school.content(.section(school.section), "Again"), by: school.office)
      #expect(draft.state == .draft)
      _ = try await school.service.send(draft.id, version: draft.version, by: school.office)
      try await school.work()
      #expect(try await school.readers(of: queued.id) == [.ama, .kofi, .teacher])
      let sent = try await school.service.message(queued.id, by: school.office).message
      #expect(
        await code { try await school.service.withdraw(sent.id, version: sent.version, by: school.office) }
          == "MESSAGE_ON_ITS_WAY")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `comes once, however often its delivery begins`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      // Two thousand more, so that delivery takes many steps.
      try await school.database.write { tx in
        for number in 0..<900 {
          let id = PersonID(high: 20, low: UInt64(number))
          try tx.run(
            """
            INSERT INTO directory_person (id, version, changed_at, display_name, sort_name, search_name)
            VALUES (\(id), 1, 0, 'One of many', 'one', 'one')
            """)
          try tx.run(
            """
            INSERT INTO directory_student (id, version, changed_at, person_id, school_id, number, status)
            VALUES (\(id), 1, 0, \(id), \(school.maple), \("N\(number)"), 'active')
            """)
        }
      }
      let message = try await school.service.send(
        school.content(.school(school.maple, .students), byMail: true), by: school.root)
      // The first worker dies in the middle: what it had done stays, and its job is taken up by another.
      try await school.stopInTheMiddle()
      let half = try await school.count("messages_copy")
      #expect(half > 0 && half < 902, "\(half) were delivered, so nothing was interrupted")
      try await school.work()
      #expect(try await school.count("messages_copy") == 902)
      #expect(try await school.count("messages_delivery") == 1804)
      let standing = try await school.service.message(message.id, by: school.root).message
      #expect(standing.state == .sent)

      // The same job once more, as when its worker was only thought dead.
      try await school.database.write { tx in
        try tx.run(
          "UPDATE jobs_job SET state = 'waiting', finished_at = NULL, run_after = 0 WHERE kind = 'messages.deliver'")
        try tx.run("UPDATE messages_message SET state = 'sending' WHERE id = \(message.id)")
      }
      try await school.work()
      #expect(try await school.count("messages_copy") == 902)
      #expect(try await school.count("messages_delivery") == 1804)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not delivered for somebody who may no longer write to its audience`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let message = try await school.service.send(school.content(.section(school.section)), by: school.teacher)
      try await school.work(school.actor(.teacher))
      #expect(try await school.readers(of: message.id) == [])
      let other = try await school.service.send(school.content(.section(school.section)), by: school.teacher)
      try await school.work(school.actor(.teacher, Reach(sectionsIn: [school.alder])))
      #expect(try await school.readers(of: other.id) == [])
    }
  }
}

extension School {
  /// Lets a worker deliver until about half is done, and takes it away.
  fileprivate func stopInTheMiddle() async throws {
    let (root, queue) = (root, queue)
    let worker = Worker(
      queue, handlers: [service.handler], settings: WorkerSettings(poll: .milliseconds(5), watch: .milliseconds(5)),
      actorOf: { _ in root })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await worker.run() }
      for _ in 0..<4000 {
        if try await count("messages_copy") >= 200 { break }
        try await Task.sleep(for: .milliseconds(1))
      }
      worker.stop()
    }
  }
}
