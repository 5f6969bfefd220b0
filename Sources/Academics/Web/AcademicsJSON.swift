import Kernel
import Web

private let sampleID = (high: UInt64(0x19A1_0000_0000_7000), low: UInt64(0x8000_0000_0000_0000))

/// A course as the API shows it.
struct CourseJSON: Sendable {
  var id: CourseID
  var org: OrgID
  var code: String
  var title: String
  var credits: Decimal4
  var subject: String?
  var version: Int

  static let shape = Shape(
    "Course",
    sample: CourseJSON(
      Course(
        id: CourseID(high: sampleID.high, low: sampleID.low | 1), org: OrgID(high: sampleID.high, low: sampleID.low),
        code: "MATH9", title: "Mathematics 9", credits: Decimal4(tenThousandths: 35_000), subject: "Mathematics"))
  ) { visit, it in
    visit("id", &it.id, .id(), "The course's identifier.")
    visit("orgId", &it.org, .id(), "The school or district that offers it.")
    visit("code", &it.code, .line(40), "Its short name, unique there.")
    visit("title", &it.title, .line(200), "Its name in full.")
    visit("credits", &it.credits, .decimal, "What it counts for, 0 to 999.")
    visit("subject", &it.subject, .line(100), "Its subject.")
    visit("version", &it.version, .version, "How often it was saved.")
  }

  init(_ course: Course) {
    id = course.id
    org = course.org
    code = course.code
    title = course.title
    credits = course.credits
    subject = course.subject
    version = course.version
  }
}

/// A course to be made.
struct NewCourseJSON: Sendable {
  var org: OrgID
  var code: String
  var title: String
  var credits: Decimal4
  var subject: String?

  static let shape = Shape(
    "NewCourse",
    sample: NewCourseJSON(
      org: CourseJSON.shape.sample.org, code: "MATH9", title: "Mathematics 9",
      credits: Decimal4(tenThousandths: 35_000), subject: "Mathematics")
  ) { visit, it in
    visit("orgId", &it.org, .id(), "The school or district that offers it.")
    visit("code", &it.code, .line(40), "Its short name, unique there.")
    visit("title", &it.title, .line(200), "Its name in full.")
    visit("credits", &it.credits, .decimal, "What it counts for, 0 to 999.")
    visit("subject", &it.subject, .line(100), "Its subject.")
  }

  var draft: CourseDraft { CourseDraft(code: code, title: title, credits: credits, subject: subject) }
}

/// What changes of a course.
struct CoursePatchJSON: Sendable {
  var code: Patch<String> = .keep
  var title: Patch<String> = .keep
  var credits: Patch<Decimal4> = .keep
  var subject: Patch<String> = .keep

  static let shape = Shape("CoursePatch", sample: CoursePatchJSON(title: .set("Mathematics"))) { visit, it in
    visit("code", &it.code, .line(40), nullable: false, "Its short name.")
    visit("title", &it.title, .line(200), nullable: false, "Its name in full.")
    visit("credits", &it.credits, .decimal, nullable: false, "What it counts for, 0 to 999.")
    visit("subject", &it.subject, .line(100), "Its subject.")
  }

  func applied(to course: Course) -> CourseDraft {
    CourseDraft(
      code: code.applied(to: course.code), title: title.applied(to: course.title),
      credits: credits.applied(to: course.credits), subject: subject.applied(to: course.subject))
  }
}

/// A section as the API shows it.
struct SectionJSON: Sendable {
  var id: SectionID
  var school: OrgID
  var course: CourseID?
  var kind: Section.Kind
  var code: String
  var title: String
  var credits: Decimal4
  var capacity: Int?
  var room: String?
  var enrolled: Int
  var teacher: String?
  var version: Int

  static let shape = Shape(
    "Section",
    sample: SectionJSON(
      Section(
        id: SectionID(high: sampleID.high, low: sampleID.low | 2), school: CourseJSON.shape.sample.org,
        course: CourseJSON.shape.sample.id, code: "9B-MATH", title: "Mathematics 9",
        credits: Decimal4(tenThousandths: 35_000), capacity: 30, room: "204"), enrolled: 27, teacher: "Amara Okafor")
  ) { visit, it in
    visit("id", &it.id, .id(), "The section's identifier.")
    visit("schoolId", &it.school, .id(), "The school.")
    visit("courseId", &it.course, .id(), "The course it teaches; null for a homeroom.")
    visit("kind", &it.kind, .word, "Lessons of a course, or a homeroom.")
    visit("code", &it.code, .line(60), "Its short name.")
    visit("title", &it.title, .line(200), "Its name in full.")
    visit("credits", &it.credits, .decimal, "What it counts for, copied from the course.")
    visit("capacity", &it.capacity, .int(0...Section.maximumCapacity), "Its seats; null for no limit.")
    visit("room", &it.room, .line(60), "Its usual room.")
    visit("enrolled", &it.enrolled, .count, "How many sit in it.")
    visit("teacher", &it.teacher, .made, "Who answers for it, by name.")
    visit("version", &it.version, .version, "How often it was saved.")
  }

  init(_ section: Section, enrolled: Int, teacher: String?) {
    id = section.id
    school = section.school
    course = section.course
    kind = section.kind
    code = section.code
    title = section.title
    credits = section.credits
    capacity = section.capacity
    room = section.room
    self.enrolled = enrolled
    self.teacher = teacher
    version = section.version
  }

  init(_ line: SectionLine) { self.init(line.section, enrolled: line.enrolled, teacher: line.teacher) }

  init(_ detail: SectionDetail) {
    let primary = detail.staff.first { $0.assignment.isPrimary && $0.assignment.lastOn == nil }
    self.init(detail.section, enrolled: detail.enrolled, teacher: primary?.name)
  }
}

/// A section to be made.
struct NewSectionJSON: Sendable {
  var school: OrgID
  var kind: Section.Kind
  var course: CourseID?
  var code: String
  var title: String?
  var capacity: Int?
  var room: String?
  var periods: [PeriodID]?

  static let shape = Shape(
    "NewSection",
    sample: NewSectionJSON(
      school: SectionJSON.shape.sample.school, kind: .scheduled, course: SectionJSON.shape.sample.course,
      code: "9B-MATH", title: nil, capacity: 30, room: "204", periods: nil)
  ) { visit, it in
    visit("schoolId", &it.school, .id(), "The school.")
    visit("kind", &it.kind, .word, "Lessons of a course, or a homeroom.")
    visit("courseId", &it.course, .id(), "The course it teaches; lessons need one.")
    visit("code", &it.code, .line(60), "Its short name.")
    visit("title", &it.title, .line(200), "Its name in full; null takes the course's.")
    visit("capacity", &it.capacity, .int(0...Section.maximumCapacity), "Its seats; null for no limit.")
    visit("room", &it.room, .line(60), "Its usual room.")
    visit("periodIds", &it.periods, .list(of: .id(), max: 24), "The terms it is taught in.")
  }

  var draft: SectionDraft {
    SectionDraft(
      kind: kind, course: course, code: code, title: title, capacity: capacity, room: room, periods: periods ?? [])
  }
}

/// What changes of a section.
struct SectionPatchJSON: Sendable {
  var code: Patch<String> = .keep
  var title: Patch<String> = .keep
  var capacity: Patch<Int> = .keep
  var room: Patch<String> = .keep
  var periods: Patch<[PeriodID]> = .keep

  static let shape = Shape("SectionPatch", sample: SectionPatchJSON(capacity: .set(32))) { visit, it in
    visit("code", &it.code, .line(60), nullable: false, "Its short name.")
    visit("title", &it.title, .line(200), nullable: false, "Its name in full.")
    visit("capacity", &it.capacity, .int(0...Section.maximumCapacity), "Its seats; null for no limit.")
    visit("room", &it.room, .line(60), "Its usual room.")
    visit("periodIds", &it.periods, .list(of: .id(), max: 24), nullable: false, "The terms it is taught in.")
  }

  func applied(to detail: SectionDetail) -> SectionDraft {
    let section = detail.section
    let title: String = title.applied(to: section.title)
    return SectionDraft(
      kind: section.kind, course: section.course, code: code.applied(to: section.code),
      title: title, capacity: capacity.applied(to: section.capacity),
      room: room.applied(to: section.room), periods: periods.applied(to: detail.terms.map(\.id)))
  }
}

/// An enrolment as the API shows it.
struct EnrolmentJSON: Sendable {
  var id: EnrolmentID
  var section: SectionID
  var student: StudentID
  var name: String?
  var number: String?
  var status: Enrolment.Status
  var firstOn: SchoolDate
  var lastOn: SchoolDate?
  var reason: String?
  var version: Int

  static let shape = Shape(
    "Enrolment",
    sample: EnrolmentJSON(
      Enrolment(
        id: EnrolmentID(high: sampleID.high, low: sampleID.low | 3), section: SectionJSON.shape.sample.id,
        student: StudentID(high: sampleID.high, low: sampleID.low | 4), kind: .scheduled,
        firstOn: SchoolDate(days: 20_700)), name: "Adaeze Nwosu", number: "S1001")
  ) { visit, it in
    visit("id", &it.id, .id(), "The enrolment's identifier.")
    visit("sectionId", &it.section, .id(), "The section.")
    visit("studentId", &it.student, .id(), "The student.")
    visit("name", &it.name, .made, "The student's name, in rosters.")
    visit("number", &it.number, .made, "The student's number at the school, in rosters.")
    visit("status", &it.status, .word, "Whether the student still sits there.")
    visit("firstOn", &it.firstOn, .date, "The first day.")
    visit("lastOn", &it.lastOn, .date, "The last day, inclusive; null while it lasts.")
    visit("reason", &it.reason, .line(500), "Why it ended.")
    visit("version", &it.version, .version, "How often it was saved.")
  }

  init(_ enrolment: Enrolment, name: String? = nil, number: String? = nil) {
    id = enrolment.id
    section = enrolment.section
    student = enrolment.student
    self.name = name
    self.number = number
    status = enrolment.status
    firstOn = enrolment.firstOn
    lastOn = enrolment.lastOn
    reason = enrolment.reason
    version = enrolment.version
  }
}

/// A student to be enrolled.
struct NewEnrolmentJSON: Sendable {
  var student: StudentID
  var firstOn: SchoolDate?

  static let shape = Shape(
    "NewEnrolment",
    sample: NewEnrolmentJSON(student: EnrolmentJSON.shape.sample.student, firstOn: SchoolDate(days: 20_700))
  ) { visit, it in
    visit("studentId", &it.student, .id(), "The student.")
    visit("firstOn", &it.firstOn, .date, "The first day; today when nobody says.")
  }
}

/// Many students to be enrolled.
struct BulkEnrolmentJSON: Sendable {
  var students: [StudentID]
  var firstOn: SchoolDate?
  var mode: BulkMode

  static let shape = Shape(
    "BulkEnrolment",
    sample: BulkEnrolmentJSON(students: [EnrolmentJSON.shape.sample.student], firstOn: nil, mode: .bestEffort)
  ) { visit, it in
    visit("studentIds", &it.students, .list(of: .id(), max: BulkEnrolment.limit), "The students.")
    visit("firstOn", &it.firstOn, .date, "The first day; today when nobody says.")
    visit("mode", &it.mode, .word, "All or nobody, or those who can be.")
  }
}

/// What came of enrolling many.
struct BulkOutcomeJSON: Sendable {
  var enrolled: [EnrolmentJSON]
  var refused: [RefusalJSON]

  static let shape = Shape(
    "BulkEnrolmentOutcome",
    sample: BulkOutcomeJSON(enrolled: [EnrolmentJSON.shape.sample], refused: [RefusalJSON.shape.sample])
  ) { visit, it in
    visit(
      "enrolled", &it.enrolled, .list(of: .object(EnrolmentJSON.shape), max: BulkEnrolment.limit),
      "Those who are enrolled now.")
    visit(
      "refused", &it.refused, .list(of: .object(RefusalJSON.shape), max: BulkEnrolment.limit),
      "Those who are not, each with the reason.")
  }
}

/// Why a student was not enrolled.
struct RefusalJSON: Sendable {
  var student: StudentID
  var code: String
  var detail: String

  static let shape = Shape(
    "EnrolmentRefusal",
    sample: RefusalJSON(
      student: EnrolmentJSON.shape.sample.student, code: "SECTION_FULL", detail: "All 30 seats of 9B are taken.")
  ) { visit, it in
    visit("studentId", &it.student, .id(), "The student.")
    visit("code", &it.code, .made, "The code of the refusal.")
    visit("detail", &it.detail, .made, "The refusal in words.")
  }
}

/// The end of an enrolment.
struct EnrolmentEndJSON: Sendable {
  var status: Ending
  var lastOn: SchoolDate?
  var reason: String?

  enum Ending: String, Sendable, CaseIterable {
    case dropped, completed
  }

  static let shape = Shape(
    "EnrolmentEnd", sample: EnrolmentEndJSON(status: .dropped, lastOn: nil, reason: "Moved away")
  ) { visit, it in
    visit("status", &it.status, .word, "Dropped before the end, or completed.")
    visit("lastOn", &it.lastOn, .date, "The last day, inclusive; today when nobody says.")
    visit("reason", &it.reason, .line(500), "Why it was dropped.")
  }
}
