import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Listing students` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `pages follow each other without gap or repeat, in every order`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      // Equal names test the cursor: only the id tells them apart.
      for index in 0..<7 { try await world.enrol("Ana", index < 4 ? "Same" : "Other\(index)", number: "N\(9 - index)") }
      for order in StudentOrder.allCases {
        let all = try await world.directory.students(sortedBy: order, page: PageRequest(limit: 50), for: world.office)
          .items
        var seen: [StudentID] = []
        var after: ID<AnyEntity>?
        repeat {
          let page = try await world.directory.students(
            sortedBy: order, page: PageRequest(limit: 2, after: after), for: world.office)
          seen += page.items.map(\.id)
          after = page.next
        } while after != nil
        #expect(seen == all.map(\.id), "\(order)")
        #expect(seen.count == 7)
      }
      #expect(
        try await world.directory.students(sortedBy: .number, for: world.office).items.map(\.number)
          == ["N3", "N4", "N5", "N6", "N7", "N8", "N9"])
      let offset = try await world.directory.students(page: PageRequest(limit: 3, offset: 5), for: world.office)
      #expect(offset.items.count == 2)
    }
  }

  @Test(arguments: engines) func `a page goes on after a row that was deleted meanwhile`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      for name in ["A", "B", "C"] { try await world.enrol("X", name) }
      let first = try await world.directory.students(page: PageRequest(limit: 2), for: world.office)
      _ = try await world.directory.delete(first.items[1].id, by: world.office)
      let second = try await world.directory.students(page: PageRequest(limit: 2, after: first.next), for: world.office)
      #expect(second.items.map(\.displayName) == ["X C"])
      let nowhere = PageRequest(limit: 2, after: .new(at: world.clock.now()))
      #expect(try await world.directory.students(page: nowhere, for: world.office).items.isEmpty)
    }
  }

  @Test(arguments: engines) func `filters narrow the list and the count`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("A", "A", grade: "9")
      let b = try await world.enrol("B", "B", grade: "10")
      try await world.enrol("C", "C", grade: "9", at: world.alder.id)
      _ = try await world.directory.changeStatus(
        of: b.student.id, to: .onLeave, because: nil, seen: b.version, by: world.office)
      #expect(try await world.names(StudentFilter(school: world.maple.id)) == ["A A", "B B"])
      #expect(try await world.names(StudentFilter(grade: "9")) == ["A A", "C C"])
      #expect(try await world.names(StudentFilter(status: .onLeave)) == ["B B"])
      #expect(try await world.names(StudentFilter(school: world.maple.id, grade: "9")) == ["A A"])
      #expect(try await world.directory.countStudents(for: world.office) == .exactly(3))
      #expect(try await world.directory.countStudents(StudentFilter(grade: "9"), for: world.office) == .exactly(2))
      #expect(try await world.directory.grades(of: world.maple.id, for: world.office) == ["10", "9"])
    }
  }

  @Test(arguments: engines) func `the primary guardian is shown to whoever may see guardians`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee")
      try await world.guardian("Bo", "Lee", of: child.student.id)
      try await world.guardian("Cy", "Lee", of: child.student.id, primary: true)
      let seen = try await world.directory.students(for: world.office).items
      #expect(seen.first?.firstGuardian?.displayName == "Cy Lee")
      let blind = world.actor([.viewStudents], at: world.maple.id)
      #expect(try await world.directory.students(for: blind).items.first?.firstGuardian == nil)
    }
  }

  @Test(arguments: engines) func `counting stops at ten thousand`(engine: TestDatabase.Engine) async throws {
    #expect(RowCount(counted: 10_000) == .exactly(10_000))
    #expect(RowCount(counted: 10_001) == .atLeast(10_000))
  }
}

@Suite struct `Searching students` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `the beginnings of words find, in any order and script`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("Łukasz", "Wiśniewski", number: "AB-20241330")
      try await world.enrol("Siobhán", "O'Brien")
      try await world.enrol("Xiaoming", "Wang", other: "王小明")
      try await world.enrol("Na", "Li")
      func found(_ text: String) async throws -> [String] { try await world.names(StudentFilter(search: text)) }
      #expect(try await found("wisn") == ["Łukasz Wiśniewski"])
      #expect(try await found("WIŚNIEWSKI luk") == ["Łukasz Wiśniewski"])
      #expect(try await found("niewski") == [])
      #expect(try await found("obri") == ["Siobhán O'Brien"])
      #expect(try await found("o'bri") == ["Siobhán O'Brien"])
      #expect(try await found("小明") == ["Xiaoming Wang"])
      #expect(try await found("王") == ["Xiaoming Wang"])
      #expect(try await found("20241330") == ["Łukasz Wiśniewski"])
      #expect(try await found("ab-2024") == ["Łukasz Wiśniewski"])
      #expect(try await found("ab20241330") == ["Łukasz Wiśniewski"])
      #expect(try await found("li") == ["Na Li"])
      #expect(try await found("li n") == ["Na Li"])
      #expect(try await found("wisn xiao") == [])
      #expect(try await found("  ").count == 4)
      #expect(try await found("* -").isEmpty)
    }
  }

  @Test(arguments: engines) func `nothing typed can break the query`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("Ada", "Lee")
      let hostile = [
        "\"", "'", "ada\" OR \"x", "ada*", "NEAR(ada lee)", "ada AND", "words:ada", "%' --", "\\", "ada:*", "!ada & |",
        "{ada}", "^ada", "+ada", "ада\u{301}", String(repeating: "a ", count: 500), "'ada':*",
      ]
      for text in hostile {
        _ = try await world.directory.students(StudentFilter(search: text), for: world.office)
      }
      #expect(try await world.names(StudentFilter(search: "'; DROP TABLE directory_student; --")) == [])
      #expect(try await world.names(StudentFilter(search: "ada")) == ["Ada Lee"])
    }
  }

  @Test(arguments: engines) func `a word of thousands finds the same, page by page`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.fill(4100) { index in ("Common", "Family\(index)") }
      try await world.enrol("Rare", "Zzz")
      let first = try await world.directory.students(
        StudentFilter(search: "comm"), page: PageRequest(limit: 200), for: world.office)
      #expect(first.items.count == 200)
      #expect(first.items.allSatisfy { $0.displayName.hasPrefix("Common") })
      #expect(
        try await world.directory.countStudents(StudentFilter(search: "comm"), for: world.office) == .exactly(4100))
      #expect(try await world.names(StudentFilter(search: "rare")) == ["Rare Zzz"])
      #expect(try await world.names(StudentFilter(search: "family77 comm")).contains("Common Family77"))
    }
  }

  @Test(arguments: engines) func `a changed name is found under both names, a deleted student under none`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Byron")
      var edit = StudentEdit(ada)
      edit.person = PersonDetails(givenName: "Ada", familyName: "Lovelace")
      let edited = try await world.directory.edit(ada.student.id, edit, seen: ada.version, by: world.office)
      #expect(edited.names.map(\.display) == ["Ada Byron"])
      #expect(try await world.names(StudentFilter(search: "lovel")) == ["Ada Lovelace"])
      #expect(try await world.names(StudentFilter(search: "byron")) == ["Ada Lovelace"])
      _ = try await world.directory.delete(ada.student.id, by: world.office)
      #expect(try await world.names(StudentFilter(search: "byron")) == [])
    }
  }
}

extension World {
  /// Many students of Maple Street at once.
  func fill(_ count: Int, _ name: @escaping @Sendable (Int) -> (given: String, family: String)) async throws {
    let roster = Roster(record: record)
    let change = Change(by: office, at: clock.now(), org: maple.id)
    let school = maple.id
    try await database.write { tx in
      let people = (0..<count).map { index in
        let name = name(index)
        return Person(id: .new(at: change.at), PersonDetails(givenName: name.given, familyName: name.family))
      }
      try roster.insert(people, change, in: tx)
      try roster.insert(
        people.enumerated().map { index, person in
          Student(id: .new(at: change.at), person: person.id, school: school, number: "F\(index)", grade: "8")
        }, change, in: tx)
    }
  }
}
