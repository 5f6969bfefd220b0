import Kernel
import Markup
import TestSupport
import Testing
import Web

@testable import Directory

@Suite struct `How students look` {
  let school = OrgID(high: 3, low: 3)
  let today = SchoolDate(days: 20_778)

  func id<E>(_ number: UInt64) -> ID<E> { ID(high: 1, low: number) }

  func summary(_ number: UInt64, _ name: String, other: String? = nil, status: StudentStatus = .active)
    -> StudentSummary
  {
    StudentSummary(
      id: id(number), person: id(number + 100), school: school, number: "AB-2024\(number)", displayName: name,
      otherName: other, otherLanguage: other.map { _ in "hi" }, grade: "9", status: status,
      birthOn: SchoolDate("2013-03-06"), version: 1,
      firstGuardian: GuardianSummary(person: id(200), displayName: "Rajesh Sharma", relation: .father))
  }

  /// One element a line, so that a difference is read at a glance.
  func text(_ view: some View) -> String {
    String(decoding: view.body.render(), as: UTF8.self).replacing("><", with: ">\n<")
      .replacing(/icons\.[0-9a-f]+\.svg/, with: "icons.svg") + "\n"
  }

  @Test func `a list of three, filtered by grade`() throws {
    var filter = StudentFilter()
    filter.grade = "9"
    let model = StudentListModel(
      Page(
        items: [
          summary(1, "Adaeze Nwosu"), summary(2, "Anika Sharma", other: "अनिका शर्मा"),
          summary(3, "Giulia Ferrante", status: .onLeave),
        ], next: id(3)),
      address: StudentListAddress(filter: filter, order: .name), isFirst: true,
      schools: [.init(id: school, name: "Alder Bay School", code: "AB")], grades: ["10", "9"], count: .exactly(184),
      mayCreate: true, mayEdit: true, showsGuardians: true)
    try Golden("html/directory-students.html").check(text(StudentListView(model: model)))
  }

  @Test func `a student with a custody note`() throws {
    let student = Student(id: id(1), person: id(101), school: school, number: "AB-20241200", grade: "9")
    let record = StudentRecord(
      student: student,
      person: Person(
        id: id(101), PersonDetails(givenName: "Anika", familyName: "Sharma", birthOn: SchoolDate("2013-03-06"))),
      schoolName: "Alder Bay School", names: [], contacts: [],
      enrolments: [SchoolEnrolment(id: id(5), student: student.id, grade: "9", firstOn: today)])
    var model = StudentModel(
      record, tab: "", tabs: [], today: today, mayEdit: true, mayEditGuardians: true, seesGuardians: true,
      seesLog: true)
    let guardianship = Guardianship(
      id: id(6), student: student.id, guardian: id(102),
      details: GuardianshipDetails(relation: .father, isPrimary: true))
    model.guardians = [
      StudentGuardian(
        guardianship: guardianship, displayName: "Rajesh Sharma",
        contacts: [ContactPoint(id: id(7), person: id(102), kind: .phone, value: "+91 98 0000 0000")],
        rights: [
          CustodyRight(
            id: id(8), guardianship: guardianship.id, custody: .collect, isAllowed: false, firstOn: today)
        ])
    ]
    try Golden("html/directory-student.html").check(text(StudentView(model: model, other: .empty)))
  }

  @Test func `ages are full years, the birthday included`() {
    let birth = SchoolDate(days: 0)
    #expect(DateWords.age(birth, on: SchoolDate("1982-12-31") ?? birth) == 12)
    #expect(DateWords.age(birth, on: SchoolDate("1983-01-01") ?? birth) == 13)
  }

  @Test func `counts are grouped and say where counting stopped`() {
    #expect(CountWords.figure(.exactly(999)) == "999")
    #expect(CountWords.figure(.exactly(1007)) == "1,007")
    #expect(CountWords.figure(.atLeast(2000)) == "2,000 or more")
  }
}
