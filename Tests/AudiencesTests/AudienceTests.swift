import Academics
import Accounts
import Audiences
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `An audience` {
  @Test func `is spelt so that it can be read again`() throws {
    let village = Village(seed: 7)
    for audience in village.audiences { #expect(Audience(audience.description) == audience) }
    let org = village.orgs[0].id
    #expect(Audience("department:\(org):Arts: drama") == .department(org, "Arts: drama"))
    #expect(Audience("school:\(org):guardians") == .school(org, .guardians))
    for text in [
      "", "all", "everyone:", "role", "role:1", "role:\(org):x", "school:\(org)", "school:\(org):pupils", "section:",
      "department:\(org):", "department:\(org):\u{7}", "person:\(org):1", "section:\(org):\(org)",
    ] {
      #expect(Audience(text) == nil, "\(text)")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has words, and is refused when what it names is gone`(engine: TestDatabase.Engine) async throws {
    let village = Village(seed: 1)
    let store = AudienceStore()
    try await engine.with(`Who belongs to an audience`.migrations) { database in
      try await village.settle(in: database)
      let org = village.orgs[0].id
      let role = village.roles[0].id
      let section = village.sections[0]
      let words = try await database.read { tx in
        try store.words(
          for: [
            .everyone, .school(org, .guardians), .school(org, .everyone), .role(role, at: org), .section(section),
            .guardiansOfSection(village.goneSection), .department(org, "Arts"),
          ], in: tx)
      }
      #expect(words[.everyone] == "Everyone")
      #expect(words[.school(org, .guardians)] == "Guardians of Org 0")
      #expect(words[.school(org, .everyone)] == "Everyone at Org 0")
      #expect(words[.role(role, at: org)] == "Everyone with the role Role 0 at Org 0")
      #expect(words[.section(section)] == "Students and staff of 7A")
      #expect(words[.guardiansOfSection(village.goneSection)] == "Guardians of a section that is gone")
      #expect(words[.department(org, "Arts")] == "Department Arts of Org 0")

      try await database.read { tx in try store.check(.guardiansOfSection(section), in: tx) }
      await #expect(throws: Problem.self) {
        try await database.read { tx in try store.check(.section(village.goneSection), in: tx) }
      }
      await #expect(throws: Problem.self) {
        try await database.read { tx in try store.check(.school(OrgID(high: 1, low: 2), .staff), in: tx) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `may be addressed as far as a permission reaches, and the choices are just those`(
    engine: TestDatabase.Engine
  ) async throws {
    let village = Village(seed: 3)
    let store = AudienceStore()
    try await engine.with(`Who belongs to an audience`.migrations) { database in
      try await village.settle(in: database)
      let now = Instant(milliseconds: village.day.days * 86_400_000)
      let (alder, maple) = (village.orgs[1].id, village.orgs[2].id)
      let lesson = try #require(
        village.teaching.first { $0.section != village.goneSection && $0.span.holds(village.day) })
      let teacher = Actor(account: .new(at: now), person: lesson.person, name: "Teacher", reaches: [:])
      func may(_ reach: Reach, _ audience: Audience) async throws -> Bool {
        try await database.read { tx in
          try store.reach(reach, of: teacher, includes: audience, at: now, on: village.day, in: tx)
        }
      }
      let teaching = Reach(sectionsIn: [alder])
      #expect(try await may(teaching, .guardiansOfSection(lesson.section)))
      #expect(try await may(teaching, .section(lesson.section)))
      let untaught = village.sections.filter { section in
        !village.teaching.contains { $0.person == lesson.person && $0.section == section }
      }
      for section in untaught { #expect(try await !may(teaching, .section(section))) }
      #expect(!untaught.isEmpty)
      for audience in [Audience.everyone, .school(alder, .staff), .role(village.roles[0].id, at: alder)] {
        #expect(try await !may(teaching, audience))
        #expect(try await may(.everywhere, audience))
      }
      let office = Reach(orgs: [alder])
      #expect(try await may(office, .school(alder, .guardians)))
      #expect(try await !may(office, .school(maple, .guardians)))
      #expect(try await !may(office, .role(village.roles[0].id, at: nil)))
      #expect(try await may(office, .section(village.sections[0])))
      #expect(try await !may(Reach(orgs: [maple]), .section(village.sections[0])))
      for person in village.people {
        let isTheirs = village.members(of: .guardiansOfSection(lesson.section)).contains(person.id.retyped())
        if isTheirs { #expect(try await may(teaching, .person(person.id))) }
        let isAtAlder = village.members(of: .school(alder, .everyone)).contains(person.id.retyped())
        if isAtAlder { #expect(try await may(office, .person(person.id))) }
      }
      for reach in [teaching, office, Reach.everywhere, Reach(own: true)] {
        let choices = try await database.read { tx in
          try store.choices(within: reach, of: teacher, at: now, on: village.day, in: tx)
        }
        for choice in choices.groups.flatMap(\.choices) { #expect(try await may(reach, choice.audience), "\(choice)") }
        #expect(choices.isEmpty == (reach == Reach(own: true)))
      }
    }
  }
}
