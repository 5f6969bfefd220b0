import Academics
import Kernel
import Testing

@Suite struct `Letting students into a section` {
  let now = Instant(milliseconds: 1_795_424_400_000)
  let school = OrgID(high: 1, low: 1)

  func door(capacity: Int? = nil, kind: Section.Kind = .scheduled, terms: [Term]? = nil, enrolled: Int = 0) -> Admission
  {
    let section = Section(
      id: .new(at: now), school: school, kind: kind, code: "9B", title: "Mathematics", capacity: capacity)
    return Admission(
      section: section, terms: terms ?? [term(open: true)],
      enrolled: Set((0..<enrolled).map { StudentID(high: 9, low: UInt64($0)) }))
  }

  func term(open: Bool, days: ClosedRange<Int> = -10...10) -> Term {
    Term(
      id: .new(at: now), title: "Term 1", firstOn: now.utcDate.adding(days: days.lowerBound),
      lastOn: now.utcDate.adding(days: days.upperBound), isOpen: open)
  }

  func applicant(school: OrgID? = nil, hasHomeroom: Bool = false) -> Applicant {
    Applicant(student: .new(at: now), school: school ?? self.school, hasHomeroom: hasHomeroom)
  }

  func refusal(_ door: Admission, _ applicant: Applicant, from day: Int = 0) -> AcademicsProblem? {
    var door = door
    do throws(AcademicsProblem) {
      _ = try door.admit(applicant, as: .new(at: now), from: now.utcDate.adding(days: day))
      return nil
    } catch { return error }
  }

  @Test func `the last seat is given and the one after it is not`() {
    #expect(refusal(door(capacity: 30, enrolled: 29), applicant()) == nil)
    #expect(refusal(door(capacity: 30, enrolled: 30), applicant()) == .sectionFull("9B", capacity: 30))
  }

  @Test func `a section with no seats takes nobody, one without a limit takes all`() {
    #expect(refusal(door(capacity: 0), applicant()) == .sectionFull("9B", capacity: 0))
    #expect(refusal(door(enrolled: 1999), applicant()) == nil)
  }

  @Test func `a seat that was given is taken`() throws {
    var door = door(capacity: 2)
    let first = applicant()
    _ = try door.admit(first, as: .new(at: now), from: now.utcDate)
    #expect(door.seatsLeft == 1)
    #expect(refusal(door, first) == .alreadyEnrolled("9B"))
    #expect(refusal(door, applicant()) == nil)
  }

  @Test func `a closed term refuses, one that is still open does not`() {
    #expect(refusal(door(terms: [term(open: false)]), applicant()) == .termClosed("Term 1"))
    #expect(refusal(door(terms: [term(open: false), term(open: true)]), applicant()) == nil)
    #expect(refusal(door(terms: []), applicant()) == nil)
  }

  @Test func `the first day may be the last of the term, and no later`() {
    #expect(refusal(door(), applicant(), from: 10) == nil)
    #expect(refusal(door(), applicant(), from: 11) == .beginsAfterTerm(lastOn: now.utcDate.adding(days: 10)))
  }

  @Test func `a student of another school gets no seat`() {
    #expect(refusal(door(), applicant(school: OrgID(high: 2, low: 2))) == .studentOfAnotherSchool)
  }

  @Test func `a second homeroom is refused, a second section is not`() {
    #expect(refusal(door(kind: .homeroom), applicant(hasHomeroom: true)) == .alreadyInHomeroom)
    #expect(refusal(door(kind: .homeroom), applicant()) == nil)
    #expect(refusal(door(), applicant(hasHomeroom: true)) == nil)
  }

  @Test func `an enrolment ends once, on a day that is not before its first`() throws {
    let enrolment = Enrolment(
      id: .new(at: now), section: .new(at: now), student: .new(at: now), kind: .scheduled, firstOn: now.utcDate)
    let dropped = try enrolment.dropped(lastOn: now.utcDate, reason: "moved")
    #expect(dropped.status == .dropped)
    #expect(dropped.reason == "moved")
    #expect(throws: AcademicsProblem.notEnrolled(now: .dropped)) { try dropped.completed(lastOn: now.utcDate) }
    #expect(throws: AcademicsProblem.endsBeforeItBegins(firstOn: now.utcDate)) {
      try enrolment.completed(lastOn: now.utcDate.adding(days: -1))
    }
  }

  @Test func `an enrolment covers its first and its last day`() throws {
    let enrolment = try Enrolment(
      id: .new(at: now), section: .new(at: now), student: .new(at: now), kind: .scheduled, firstOn: now.utcDate
    ).dropped(lastOn: now.utcDate.adding(days: 2), reason: nil)
    let covered = (-1...3).filter { enrolment.covers(now.utcDate.adding(days: $0)) }
    #expect(covered == [0, 1, 2])
  }

  @Test func `many are let in in their order until the seats are gone`() {
    let applicants = (0..<3).map { _ in applicant() }
    let byID = Dictionary(uniqueKeysWithValues: applicants.map { ($0.student, $0) })
    let asked = applicants.map(\.student) + [StudentID(high: 7, low: 7)]
    let best = BulkEnrolment(
      asked, applicants: byID, into: door(capacity: 2), from: now.utcDate, mode: .bestEffort, at: now)
    #expect(best.enrolled.map(\.student) == Array(asked.prefix(2)))
    #expect(best.refused.map(\.problem.code) == ["SECTION_FULL", "NOT_FOUND"])
    let all = BulkEnrolment(
      asked, applicants: byID, into: door(capacity: 2), from: now.utcDate, mode: .allOrNothing, at: now)
    #expect(all.enrolled.isEmpty)
    #expect(all.refused.count == 2)
  }

  @Test func `a course is told all its faults at once`() throws {
    let draft = CourseDraft(code: " ", title: "", credits: Decimal4(tenThousandths: 9_990_001))
    do {
      _ = try draft.checked()
      Issue.record("a course without code and title passed")
    } catch {
      #expect(error.errors.map(\.pointer) == ["/code", "/title", "/credits"])
    }
    let good = CourseDraft(code: " M9 ", title: "Maths", credits: Course.maximumCredits)
    #expect(try good.checked().code == "M9")
  }

  @Test func `lessons need a course, and a homeroom needs a title`() throws {
    #expect(throws: Problem.self) { try SectionDraft(code: "9B").checked() }
    #expect(throws: Problem.self) { try SectionDraft(kind: .homeroom, code: "9B").checked() }
    #expect(throws: Problem.self) {
      try SectionDraft(kind: .homeroom, code: "9B", title: "Nine", capacity: 2001).checked()
    }
    _ = try SectionDraft(kind: .homeroom, code: "9B", title: "Nine", capacity: 2000).checked()
  }
}
