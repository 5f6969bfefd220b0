import Academics
import Directory
public import Kernel
public import Persistence
public import Rights

extension AudienceStore {
  /// Whether somebody whose permission reaches this far may address an audience at all.
  ///
  /// The whole installation: everything. Organisations: what is within them. Own sections: those sections, the
  /// guardians of their students, and single people among these.
  public func reach(
    _ reach: Reach, of actor: Actor, includes audience: Audience, at now: Instant, on day: SchoolDate,
    in tx: any Connection
  ) throws -> Bool {
    if reach.isEverywhere { return true }
    switch audience {
    case .everyone, .role(_, nil): return false
    case .role(_, .some(let org)), .school(let org, _), .department(let org, _): return reach.covers(org)
    case .section(let section), .guardiansOfSection(let section):
      return try tx.exists(
        """
        SELECT 1 FROM academics_section_live AS section
        WHERE section.id = \(section) AND \(sections(within: reach, of: actor, at: now)) LIMIT 1
        """)
    case .person(let person):
      return try tx.exists("\(people(within: reach, of: actor, at: now, on: day, being: person)) LIMIT 1")
    }
  }

  /// The audiences of somebody whose permission reaches this far, as a page offers them.
  public func choices(
    within reach: Reach, of actor: Actor, at now: Instant, on day: SchoolDate, in tx: any Connection
  ) throws -> AudienceChoices {
    let sections: [(id: SectionID, code: String)] = try tx.all(
      """
      SELECT section.id, section.code FROM academics_section_live AS section
      WHERE \(self.sections(within: reach, of: actor, at: now)) AND (\(SectionScope.running(on: day)))
      ORDER BY section.code, section.id LIMIT \(Self.mostSections)
      """
    ) { row in (try row.next(), try row.next()) }
    let orgs = try orgs(within: reach, in: tx)
    func choice(_ audience: Audience, org: String? = nil, role: String? = nil, section: String? = nil)
      -> AudienceChoices.Choice
    { .init(audience, audience.words(org: org, role: role, section: section)) }
    let schools = orgs.flatMap { org in Audience.Group.allCases.map { choice(.school(org.id, $0), org: org.name) } }
    return AudienceChoices(groups: [
      .init(title: "Everyone", choices: reach.isEverywhere ? [choice(.everyone)] : []),
      .init(title: "Schools", choices: schools),
      .init(
        title: "Guardians of a section",
        choices: sections.map { choice(.guardiansOfSection($0.id), section: $0.code) }),
      .init(
        title: "Students and staff of a section", choices: sections.map { choice(.section($0.id), section: $0.code) }),
      .init(title: "Departments", choices: try departments(at: orgs, on: day, in: tx)),
      .init(title: "Roles", choices: try roles(at: orgs, everywhere: reach.isEverywhere, in: tx)),
    ])
  }

  private static let mostSections = 400
  private static let mostOrgs = 40

  /// A condition on `section`, an alias of the live sections.
  private func sections(within reach: Reach, of actor: Actor, at now: Instant) -> SQL {
    let scope = SectionScope { person, day in DirectoryModule.childrenSeen(by: person, on: day) }
    let teaching = Reach(isEverywhere: reach.isEverywhere, orgs: reach.orgs, sectionsIn: reach.sectionsIn)
    return scope.sections(within: teaching, of: actor, at: now)
  }

  /// A query of one row where the person is among those that the reach takes in.
  private func people(
    within reach: Reach, of actor: Actor, at now: Instant, on day: SchoolDate, being person: PersonID
  ) -> SQL {
    let ties = Ties(day: day, custody: custody)
    let orgs: SQL = "org.id IN \(list: reach.orgs.sorted())"
    let taught = sections(within: reach, of: actor, at: now)
    return SQL.joined(
      [
        "SELECT 1 AS one \(ties.students(SQL.all(["s.person_id = \(person)", orgs])))",
        "SELECT 1 \(ties.guardians(SQL.all(["g.guardian_id = \(person)", orgs])))",
        "SELECT 1 \(ties.staff(SQL.all(["t.person_id = \(person)", orgs])))",
        "SELECT 1 \(ties.sectionStudents(SQL.all(["s.person_id = \(person)", taught])))",
        "SELECT 1 \(ties.sectionGuardians(SQL.all(["g.guardian_id = \(person)", taught])))",
      ], separator: " UNION ALL ")
  }

  private func orgs(within reach: Reach, in tx: any Connection) throws -> [(id: OrgID, name: String)] {
    let reached: SQL = reach.isEverywhere ? "TRUE" : "id IN \(list: reach.orgs.sorted())"
    return try tx.all(
      "SELECT id, name FROM directory_org_live WHERE \(reached) ORDER BY name, id LIMIT \(Self.mostOrgs)"
    ) { row in (try row.next(), try row.next()) }
  }

  private func departments(
    at orgs: [(id: OrgID, name: String)], on day: SchoolDate, in tx: any Connection
  ) throws -> [AudienceChoices.Choice] {
    let names = Dictionary(uniqueKeysWithValues: orgs.map { ($0.id, $0.name) })
    return try tx.all(
      """
      SELECT DISTINCT e.org_id, e.department
      \(Ties(day: day, custody: custody).staff("e.department IS NOT NULL AND e.org_id IN \(list: orgs.map(\.id))"))
      ORDER BY e.department, e.org_id LIMIT 200
      """
    ) { row in
      let (org, name): (OrgID, String) = (try row.next(), try row.next())
      let audience = Audience.department(org, name)
      return AudienceChoices.Choice(audience, audience.words(org: names[org]))
    }
  }

  private func roles(
    at orgs: [(id: OrgID, name: String)], everywhere: Bool, in tx: any Connection
  ) throws -> [AudienceChoices.Choice] {
    let roles: [(id: RoleID, name: String)] = try tx.all(
      "SELECT id, name FROM accounts_role_live ORDER BY folded, id LIMIT 60"
    ) { row in (try row.next(), try row.next()) }
    return roles.flatMap { role -> [AudienceChoices.Choice] in
      let all = Audience.role(role.id, at: nil)
      // With many organisations the list would be endless; those who reach everything address a role everywhere.
      let places = everywhere && orgs.count > 6 ? [] : orgs
      return (everywhere ? [.init(all, all.words(role: role.name))] : [])
        + places.map { org in
          let audience = Audience.role(role.id, at: org.id)
          return .init(audience, audience.words(org: org.name, role: role.name))
        }
    }
  }
}
