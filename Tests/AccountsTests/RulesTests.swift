import Kernel
import Rights
import Testing

@testable import Accounts

@Suite struct `Login names` {
  @Test(arguments: ["ada@school.example", " Ada.Byron@school ", "jürgen@schule.example"])
  func `an address has one at sign with something on each side`(_ text: String) {
    var validation = Validation()
    #expect(LoginName.read(text, as: .email, at: "/email", &validation)?.kind == .email)
    #expect(validation.errors.isEmpty)
  }

  @Test(arguments: [
    "@school", "ada", "ada@", "a@b@c", "a da@school", "ada@.example", "ada@example.", "a,b@c", "\"a\"@b",
  ])
  func `what only looks like an address is refused`(_ text: String) {
    var validation = Validation()
    #expect(LoginName.read(text, as: .email, at: "/email", &validation) == nil)
    #expect(validation.errors.map(\.code) == ["BAD_EMAIL"])
  }

  @Test(arguments: ["ab", "2026-0042", "ada.byron", "李小龙", String(repeating: "a", count: 64)])
  func `a user name is a word of letters and digits`(_ text: String) {
    var validation = Validation()
    #expect(LoginName.read(text, as: .userName, at: "/userName", &validation)?.kind == .userName)
  }

  @Test(arguments: ["a", "-ab", "ab.", "a b", "a/b", "ada@school", String(repeating: "a", count: 65)])
  func `other user names are refused`(_ text: String) {
    var validation = Validation()
    #expect(LoginName.read(text, as: .userName, at: "/userName", &validation) == nil)
    #expect(validation.errors.map(\.code) == ["BAD_USER_NAME"])
  }

  @Test func `nothing, and more than an address may have, are refused`() {
    var validation = Validation()
    _ = LoginName.read("  ", as: .email, at: "/email", &validation)
    _ = LoginName.read(String(repeating: "a", count: 250) + "@b.example", as: .email, at: "/email", &validation)
    #expect(validation.errors.map(\.code) == ["BAD_EMAIL", "TOO_LONG"])
  }

  @Test func `case and width do not matter, accents do`() {
    #expect(LoginName.folded(" Ada@School ") == "ada@school")
    #expect(LoginName.folded("ＡＤＡ") == "ada")
    #expect(LoginName.folded("JOSE\u{301}") == LoginName.folded("josé"))
    #expect(LoginName.folded("José") != LoginName.folded("Jose"))
  }
}

@Suite struct `Roles given for a time` {
  private let day = SchoolDate(days: 20_697)
  private let account = AccountID.new(at: Instant(milliseconds: 1))
  private let role = RoleID.new(at: Instant(milliseconds: 1))

  private func given(_ first: SchoolDate?, _ last: SchoolDate?) -> RoleAssignment {
    RoleAssignment(
      id: .new(at: Instant(milliseconds: 1)), account: account, role: role, org: nil, firstOn: first, lastOn: last)
  }

  @Test func `both ends count, the days beside them do not`() {
    let given = given(day, day.adding(days: 2))
    #expect(!given.counts(on: day.adding(days: -1)))
    #expect(given.counts(on: day))
    #expect(given.counts(on: day.adding(days: 2)))
    #expect(!given.counts(on: day.adding(days: 3)))
    #expect(self.given(nil, nil).counts(on: day))
  }

  @Test func `two of the same must not share a day`() {
    let term = given(day, day.adding(days: 9))
    #expect(term.overlaps(given(day.adding(days: 9), nil)))
    #expect(!term.overlaps(given(day.adding(days: 10), nil)))
    #expect(term.overlaps(given(nil, day)))
    #expect(!term.overlaps(given(nil, day.adding(days: -1))))
    #expect(given(nil, nil).overlaps(term))
  }

  @Test func `what a role may do survives being stored`() throws {
    for preset in RolePreset.all {
      let role = Role(id: role, name: preset.name, grants: preset.grants)
      #expect(try Role.grants(from: role.grantsText) == preset.grants)
    }
    #expect(throws: Bug.self) { try Role.grants(from: "students.view:everywhere") }
  }

  @Test func `the presets carry the role names of all five systems`() {
    let codes = Set(RolePreset.all.map(\.code))
    #expect(
      codes.isSuperset(of: [
        "administrator", "principal", "registrar", "teacher", "student", "guardian", "accountant", "librarian",
        "faculty", "exam_cell", "finance", "coordinator", "office_assistant",
      ]))
    #expect(Set(RolePreset.all.map(\.name)).count == RolePreset.all.count)
    #expect(RolePreset.find("teacher")?.grants["attendance.take"] == .sections)
    #expect(RolePreset.find("principal")?.grants["students.view"] == .school)
  }
}

@Suite struct `What roles amount to` {
  private let district = OrgID.new(at: Instant(milliseconds: 1))
  private let north = OrgID.new(at: Instant(milliseconds: 2))
  private let south = OrgID.new(at: Instant(milliseconds: 3))
  private var tree: OrgTree {
    OrgTree([
      (district, district), (district, north), (district, south), (north, north), (south, south),
    ])
  }

  private func role(_ grants: [String: Scope], isAdministrator: Bool = false) -> Role {
    Role(
      id: .new(at: Instant(milliseconds: 1)), name: "Some", isAdministrator: isAdministrator, grants: grants)
  }

  private func reaches(_ given: [(role: Role, org: OrgID?)]) -> [Permission: Reach] {
    RightsOfRoles.reaches(of: given, permissions: World.permissions, tree: tree)
  }

  @Test func `a school is reached with all below it`() {
    let reach = reaches([(role(["students.view": .school]), district)])[World.viewStudents]
    #expect(reach == Reach(orgs: [district, north, south]))
    #expect(reaches([(role(["students.view": .school]), nil)])[World.viewStudents] == .everywhere)
  }

  @Test func `several roles unite`() {
    let reach = reaches([
      (role(["students.view": .sections]), north), (role(["students.view": .children]), nil),
      (role(["students.view": .school]), south), (role(["students.view": .own]), south),
    ])[World.viewStudents]
    #expect(reach == Reach(orgs: [south], sectionsIn: [north], children: true, own: true))
  }

  @Test func `own sections of a role given everywhere are those of every school`() {
    let reach = reaches([(role(["attendance.take": .sections]), nil)])[World.takeAttendance]
    #expect(reach == Reach(sectionsIn: [district, north, south]))
  }

  @Test func `a scope the permission does not know is worth nothing`() {
    #expect(reaches([(role(["students.edit": .sections]), north)]).isEmpty)
    #expect(reaches([(role(["unheard.of": .all]), nil)]).isEmpty)
  }

  @Test func `a role at a school that has gone is worth nothing`() {
    let gone = OrgID.new(at: Instant(milliseconds: 4))
    #expect(reaches([(role(["students.view": .school, "attendance.take": .sections]), gone)]).isEmpty)
  }

  @Test func `an administrator may do everything, and one of a school everything there`() {
    let all = reaches([(role([:], isAdministrator: true), nil)])
    #expect(World.permissions.allSatisfy { all[$0] == .everywhere })
    let one = reaches([(role([:], isAdministrator: true), north)])
    #expect(one[World.editStudents] == Reach(orgs: [north]))
    #expect(one[.manageRoles] == nil)
  }

  @Test func `nobody gives more than they have`() {
    let head = Actor(
      account: .new(at: Instant(milliseconds: 1)), name: "Head",
      reaches: [World.viewStudents: Reach(orgs: [north]), World.takeAttendance: Reach(sectionsIn: [north])])
    func may(_ grants: [String: Scope], at org: OrgID?) -> Bool {
      RightsOfRoles.actor(head, hasAllOf: role(grants), at: org, permissions: World.permissions)
    }
    #expect(may(["students.view": .school], at: north))
    #expect(!may(["students.view": .school], at: south))
    #expect(!may(["students.view": .school], at: nil))
    #expect(!may(["students.view": .all], at: north))
    #expect(may(["students.view": .own], at: north))
    #expect(may(["attendance.take": .sections], at: north))
    #expect(!may(["attendance.take": .school], at: north))
    #expect(!may(["students.edit": .school], at: north))
    let administrator = role([:], isAdministrator: true)
    #expect(!RightsOfRoles.actor(head, hasAllOf: administrator, at: north, permissions: World.permissions))
    #expect(RightsOfRoles.actor(.system("test"), hasAllOf: administrator, at: nil, permissions: World.permissions))
  }
}
