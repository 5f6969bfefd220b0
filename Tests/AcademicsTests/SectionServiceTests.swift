import Academics
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Sections and courses` {
  @Test(arguments: TestDatabase.engines)
  func `a section copies title and credits of its course and keeps them`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let course = try #require(section.course)
      _ = try await school.academics.updateCourse(
        course, version: 1, CourseDraft(code: "M10", title: "Harder", credits: Decimal4(tenThousandths: 1)),
        actor: school.office)
      let detail = try await school.academics.section(section.id, actor: school.office)
      #expect(detail.section.title == "Mathematics")
      #expect(detail.section.credits.description == "3.5")
      #expect(detail.terms.map(\.id) == [school.term])
      #expect(detail.staff.map(\.name) == ["Amara Okafor"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who reaches a section sees it, for all others it is not there`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.enrol(school.students[0], in: section.id, actor: school.office)
      for reader in [school.office, school.amara, school.grace, .system("test")] {
        #expect(try await school.academics.section(section.id, actor: reader).enrolled == 1)
        #expect(try await school.academics.sections(actor: reader).items.map(\.section.id) == [section.id])
      }
      for reader in [school.ben, school.officeElsewhere] {
        #expect(await code { try await school.academics.section(section.id, actor: reader) } == "NOT_FOUND")
        #expect(try await school.academics.sections(actor: reader).items.isEmpty)
      }
      let nobody = Actor(account: nil, name: "Nobody", reaches: [:])
      #expect(await code { try await school.academics.section(section.id, actor: nobody) } == "FORBIDDEN")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a teacher sees a section but changes nothing of it`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let draft = SectionDraft(code: "NEW")
      let editing = school.actor(Reach(sectionsIn: [school.school]), person: school.teacher)
      #expect(
        await code { try await school.academics.updateSection(section.id, version: 1, draft, actor: editing) }
          == "FORBIDDEN")
      #expect(
        await code {
          try await school.academics.updateSection(section.id, version: 1, draft, actor: school.officeElsewhere)
        } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a guardian sees of a roster only the own child`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.enrol(
        school.students, in: section.id, mode: .allOrNothing, actor: school.office)
      let names = try await school.academics.roster(of: section.id, actor: school.amara).map(\.name)
      #expect(names == ["Student 1000", "Student 1001", "Student 1002"])
      #expect(try await school.academics.roster(of: section.id, actor: school.grace).map(\.name) == ["Student 1000"])
      #expect(
        try await school.academics.sections(of: school.students[0], actor: school.grace).map(\.code) == ["9B-MATH"])
      #expect(
        await code { try await school.academics.sections(of: school.students[1], actor: school.grace) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a deleted section is gone with its enrolments, and its roster too`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.enrol(school.students[0], in: section.id, actor: school.office)
      #expect(
        await code { try await school.academics.deleteSection(section.id, version: 2, actor: school.office) }
          == "VERSION_STALE")
      try await school.academics.deleteSection(section.id, version: 1, actor: school.office)
      for reader in [school.office, school.amara, school.grace] {
        #expect(await code { try await school.academics.section(section.id, actor: reader) } == "NOT_FOUND")
        #expect(await code { try await school.academics.roster(of: section.id, actor: reader) } == "NOT_FOUND")
      }
      #expect(try await school.academics.sections(of: school.students[0], actor: school.office).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the list pages by code, searches folded words and filters`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      for code in ["9A", "9B", "9C"] { _ = try await school.section(code: code) }
      _ = try await school.section(code: "HR", kind: .homeroom)
      let first = try await school.academics.sections(page: PageRequest(limit: 2), actor: school.office)
      #expect(first.items.map(\.section.code) == ["9A", "9B"])
      let second = try await school.academics.sections(
        page: PageRequest(limit: 2, after: first.next), actor: school.office)
      #expect(second.items.map(\.section.code) == ["9C", "HR"])
      #expect(second.next == nil)
      let found = { (filter: SectionFilter) in
        try await school.academics.sections(filter, actor: school.office).items.map(\.section.code)
      }
      #expect(try await found(SectionFilter(search: "MÁTHEM")) == ["9A", "9B", "9C"])
      #expect(try await found(SectionFilter(search: "100%")).isEmpty)
      #expect(try await found(SectionFilter(kind: .homeroom)) == ["HR"])
      #expect(try await found(SectionFilter(period: school.closedTerm)).isEmpty)
      #expect(try await found(SectionFilter(teacher: school.teacher)).count == 4)
      #expect(try await school.academics.sectionCount(actor: school.office) == 4)
      #expect(try await school.academics.sectionsTaught(on: school.today, actor: school.amara).count == 4)
      let holiday = school.today.adding(days: 31)
      #expect(try await school.academics.sectionsTaught(on: holiday, actor: school.amara).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a part that has ended no longer opens the section`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let part = try await school.academics.section(section.id, actor: school.office).staff[0].assignment
      _ = try await school.academics.endAssignment(
        part.id, in: section.id, version: part.version, lastOn: school.today, actor: school.office)
      #expect(try await school.academics.section(section.id, actor: school.amara).section.id == section.id)
      school.clock.advance(by: .seconds(2 * 86_400))
      #expect(await code { try await school.academics.section(section.id, actor: school.amara) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a new primary takes the place of the one before`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.assign(school.colleague, to: section.id, isPrimary: true, actor: school.office)
      let staff = try await school.academics.section(section.id, actor: school.office).staff
      #expect(staff.map(\.name) == ["Ben Lee", "Amara Okafor"])
      #expect(staff.map(\.assignment.isPrimary) == [true, false])
      #expect(
        await code { try await school.academics.assign(school.teacher, to: section.id, actor: school.office) }
          == "ALREADY_ASSIGNED")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `course codes are unique in their organisation, and taught courses stay`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let course = try await school.course("M9")
      #expect(await code { try await school.course("M9") } == "COURSE_CODE_TAKEN")
      let other = try await school.course("M10")
      #expect(
        await code {
          try await school.academics.updateCourse(
            other.id, version: 1, CourseDraft(code: "M9", title: "x", credits: other.credits), actor: school.office)
        } == "COURSE_CODE_TAKEN")
      try await school.academics.deleteCourse(course.id, version: 1, actor: school.office)
      _ = try await school.course("M9")
      let taught = try #require(try await school.section().course)
      #expect(
        await code { try await school.academics.deleteCourse(taught, version: 1, actor: school.office) }
          == "COURSE_IN_USE")
      #expect(
        await code {
          try await school.academics.updateCourse(
            other.id, version: 9, CourseDraft(other), actor: school.office)
        } == "VERSION_STALE")
      #expect(try await school.academics.courses(search: "m1", actor: school.office).items.map(\.code) == ["M10"])
      #expect(try await school.academics.courses(actor: school.officeElsewhere).items.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `terms of a section change with it, and seats do not sink below its students`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.enrol(school.students, in: section.id, mode: .allOrNothing, actor: school.office)
      var draft = SectionDraft(code: "9B", title: "Mathematics", capacity: 2, periods: [school.closedTerm])
      #expect(
        await code { try await school.academics.updateSection(section.id, version: 1, draft, actor: school.office) }
          == "TOO_FEW_SEATS")
      draft.capacity = 3
      let saved = try await school.academics.updateSection(section.id, version: 1, draft, actor: school.office)
      #expect(saved.version == 2)
      let detail = try await school.academics.section(section.id, actor: school.office)
      #expect(detail.terms.map(\.id) == [school.closedTerm])
      #expect(detail.section.capacity == 3)
      draft.periods = [PeriodID(high: 1, low: 1)]
      #expect(
        await code { try await school.academics.updateSection(section.id, version: 2, draft, actor: school.office) }
          == "VALIDATION_ERROR")
    }
  }
}
