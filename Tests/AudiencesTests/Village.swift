import Academics
import Accounts
import Audiences
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport

/// A made-up village with its schools, drawn by chance, and who belongs to what by a plain reading of the rules: no
/// SQL, no cleverness. What the store says is held against it.
struct Village: Sendable {
  struct Somebody: Sendable {
    let id: PersonID
    var isDeleted = false
  }
  struct Pupil: Sendable {
    let id: StudentID
    let person: PersonID
    let school: OrgID
    let status: StudentStatus
    let isDeleted: Bool
  }
  struct Care: Sendable {
    let id: GuardianshipID
    let student: StudentID
    let guardian: PersonID
    let rights: [CustodyRight]
    let isDeleted: Bool
  }
  struct Work: Sendable {
    let staff: StaffID
    let person: PersonID
    let org: OrgID
    let department: String?
    let span: Span
    let isDeleted: Bool
  }
  struct Seat: Sendable {
    let section: SectionID
    let student: StudentID
    let isEnrolled: Bool
    let span: Span
  }
  struct Teaching: Sendable {
    let section: SectionID
    let person: PersonID
    let span: Span
  }
  struct Login: Sendable {
    let id: AccountID
    let person: PersonID?
    let isEnabled: Bool
    let isDeleted: Bool
  }
  struct Post: Sendable {
    let account: AccountID
    let role: RoleID
    let org: OrgID?
    let span: Span
  }
  struct Span: Sendable {
    let firstOn: SchoolDate?
    let lastOn: SchoolDate?

    func holds(_ day: SchoolDate) -> Bool { firstOn.map { $0 <= day } ?? true && lastOn.map { day <= $0 } ?? true }
  }

  let day = SchoolDate(days: 20_780)
  let custody: [Custody]
  /// Each with what it stands below.
  var orgs: [(id: OrgID, parent: OrgID?)] = []
  var sections: [SectionID] = []
  var goneSection: SectionID
  /// Each with whether its rights come from children.
  var roles: [(id: RoleID, isOfChildren: Bool)] = []
  var people: [Somebody] = []
  var pupils: [Pupil] = []
  var care: [Care] = []
  var work: [Work] = []
  var seats: [Seat] = []
  var teaching: [Teaching] = []
  var logins: [Login] = []
  var posts: [Post] = []

  static let departments = ["Science", "Arts"]

  // MARK: The rules, plainly

  func members(of audience: Audience) -> Set<ID<AnyEntity>> {
    switch audience {
    case .everyone:
      keys(students { _ in true } + guardians { _ in true } + staff { _ in true }).union(holders { _ in true })
    case .role(let role, let org):
      holders { post in
        guard post.role == role else { return false }
        guard let org, let place = post.org else { return true }
        return within(org).contains(place) || within(place).contains(org)
      }
    case .school(let org, .students): keys(students { within(org).contains($0.school) })
    case .school(let org, .guardians): keys(guardians { within(org).contains($0.school) })
    case .school(let org, .staff): keys(staff { within(org).contains($0.org) })
    case .school(let org, .everyone):
      members(of: .school(org, .students)).union(members(of: .school(org, .guardians)))
        .union(members(of: .school(org, .staff)))
    case .section(let section):
      section == goneSection
        ? []
        : keys(students { sits($0, in: section) })
          .union(keys(teaching.filter { $0.section == section && $0.span.holds(day) }.map(\.person)))
    case .guardiansOfSection(let section):
      section == goneSection ? [] : keys(guardians { sits($0, in: section) })
    case .department(let org, let name):
      keys(staff { $0.department == name && within(org).contains($0.org) })
    case .person(let person): keys([person])
    }
  }

  /// Through whom a guardian is meant.
  func about(_ person: PersonID, _ audience: Audience) -> [StudentID] {
    let concerned: [Pupil] =
      switch audience {
      case .everyone: pupils
      case .school(let org, .everyone), .school(let org, .guardians): pupils.filter { within(org).contains($0.school) }
      case .guardiansOfSection(let section): pupils.filter { sits($0, in: section) }
      default: []
      }
    return care.filter { $0.guardian == person && hears($0) }.map(\.student)
      .filter { student in concerned.contains { $0.id == student && isHere($0) } }.sorted()
  }

  func account(of person: PersonID) -> AccountID? {
    logins.first { $0.person == person && $0.isEnabled && !$0.isDeleted }?.id
  }

  private func students(_ wanted: (Pupil) -> Bool) -> [PersonID] {
    pupils.filter { isHere($0) && wanted($0) }.map(\.person)
  }

  private func guardians(_ wanted: (Pupil) -> Bool) -> [PersonID] {
    let wanted = Set(pupils.filter { isHere($0) && wanted($0) }.map(\.id))
    return care.filter { wanted.contains($0.student) && hears($0) }.map(\.guardian)
  }

  private func staff(_ wanted: (Work) -> Bool) -> [PersonID] {
    work.filter { !$0.isDeleted && $0.span.holds(day) && wanted($0) }.map(\.person)
  }

  private func holders(_ wanted: (Post) -> Bool) -> Set<ID<AnyEntity>> {
    var keys: Set<ID<AnyEntity>> = []
    let parents = Set(guardians { _ in true })
    for post in posts where post.span.holds(day) && wanted(post) {
      guard let login = logins.first(where: { $0.id == post.account }), login.isEnabled, !login.isDeleted else {
        continue
      }
      if roles.contains(where: { $0.id == post.role && $0.isOfChildren }) {
        guard let person = login.person, parents.contains(person) else { continue }
      }
      if let person = login.person {
        if isThere(person) { keys.insert(person.retyped()) }
      } else {
        keys.insert(login.id.retyped())
      }
    }
    return keys
  }

  private func isHere(_ pupil: Pupil) -> Bool {
    !pupil.isDeleted && pupil.status.isEnrolled && isThere(pupil.person)
  }

  private func sits(_ pupil: Pupil, in section: SectionID) -> Bool {
    seats.contains { $0.student == pupil.id && $0.section == section && $0.isEnrolled && $0.span.holds(day) }
  }

  private func hears(_ care: Care) -> Bool {
    !care.isDeleted && custody.allSatisfy { care.rights.allows($0, on: day) }
  }

  private func isThere(_ person: PersonID) -> Bool { people.contains { $0.id == person && !$0.isDeleted } }

  private func keys(_ people: [PersonID]) -> Set<ID<AnyEntity>> {
    Set(people.filter(isThere).map { $0.retyped() })
  }

  private func within(_ org: OrgID) -> Set<OrgID> {
    orgs.filter { $0.parent == org }.reduce(into: [org]) { found, below in found.formUnion(within(below.id)) }
  }

  /// Every audience that can be named here.
  var audiences: [Audience] {
    var audiences: [Audience] = [.everyone]
    for role in roles {
      audiences.append(.role(role.id, at: nil))
      for org in orgs { audiences.append(.role(role.id, at: org.id)) }
    }
    for org in orgs {
      for group in Audience.Group.allCases { audiences.append(.school(org.id, group)) }
      for name in Self.departments { audiences.append(.department(org.id, name)) }
    }
    for section in sections + [goneSection] { audiences += [.section(section), .guardiansOfSection(section)] }
    for person in people.prefix(6) { audiences.append(.person(person.id)) }
    return audiences
  }
}
