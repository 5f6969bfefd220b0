public import Directory
public import Kernel
public import Persistence

/// Turns audiences into people, and people into what reaches them. Both go by the same ties, so they agree.
///
/// Nothing in here asks who is asking: services do.
public struct AudienceStore: Sendable {
  /// Members in one batch when nobody says.
  public static let batch = 500
  let custody: [Custody]

  /// Audiences to which a guardian belongs on account of a child for whom all of `custody` is allowed: to see the child
  /// is the least of it, and letters want the right to get letters as well.
  public init(guardiansWhoMay custody: [Custody] = [.see]) { self.custody = custody }

  /// The next members of an audience on a day in the order of their keys: after the one of `key`, from the beginning
  /// where that is nil, and at most `limit`. Fewer than that, and nobody follows.
  public func members(
    of audience: Audience, on day: SchoolDate, after key: ID<AnyEntity>? = nil, limit: Int = AudienceStore.batch,
    in tx: any Connection
  ) throws -> [AudienceMember] {
    let rest: SQL = key.map { "WHERE member.id > \($0)" } ?? .empty
    let keys: [ID<AnyEntity>] = try tx.all(
      "SELECT member.id FROM (\(readers(of: audience, on: day))) AS member \(rest) ORDER BY member.id LIMIT \(limit)"
    ) { row in try row.next() }
    guard !keys.isEmpty else { return [] }
    let accounts = try accounts(of: keys, in: tx)
    let about = audience.hasGuardians ? try students(for: audience, among: keys, on: day, in: tx) : [:]
    return keys.map { key in
      let account = accounts[key]
      let person: PersonID? = account?.isNobodys == true ? nil : key.retyped()
      return AudienceMember(person: person, account: account?.id, about: about[key] ?? [])
    }
  }

  /// How many an audience has on a day.
  public func count(of audience: Audience, on day: SchoolDate, in tx: any Connection) throws -> Int {
    try tx.count("SELECT count(*) FROM (\(readers(of: audience, on: day))) AS member")
  }

  /// A query of the keys of all members, `id`, each once: the person, or the account that is nobody's.
  public func readers(of audience: Audience, on day: SchoolDate) -> SQL {
    let ties = Ties(day: day, custody: custody)
    switch audience {
    case .everyone:
      return people([.students, .guardians, .staff], "TRUE", ties) + " UNION " + holders(ties, "TRUE")
    case .role(let role, let org): return holders(ties, SQL.all(["r.role_id = \(role)", org.map(counts) ?? .empty]))
    case .school(let org, let group):
      let groups: [Audience.Group] = group == .everyone ? [.students, .guardians, .staff] : [group]
      return people(groups, "org.id IN \(Ties.within(org))", ties)
    case .section(let section):
      return """
        SELECT s.person_id AS id \(ties.sectionStudents("n.section_id = \(section)"))
        UNION SELECT a.person_id AS id \(ties.sectionStaff("a.section_id = \(section)"))
        """
    case .guardiansOfSection(let section):
      return "SELECT DISTINCT g.guardian_id AS id \(ties.sectionGuardians("n.section_id = \(section)"))"
    case .department(let org, let name):
      return """
        SELECT DISTINCT t.person_id AS id
        \(ties.staff("e.department = \(name) AND org.id IN \(Ties.within(org))"))
        """
    case .person(let person): return "SELECT id FROM directory_person_live WHERE id = \(person)"
    }
  }

  /// People tied to an organisation `org` that a condition narrows.
  private func people(_ groups: [Audience.Group], _ condition: SQL, _ ties: Ties) -> SQL {
    SQL.joined(
      groups.map { group in
        switch group {
        case .guardians: "SELECT g.guardian_id AS id \(ties.guardians(condition))"
        case .staff: "SELECT t.person_id AS id \(ties.staff(condition))"
        case .students, .everyone: "SELECT s.person_id AS id \(ties.students(condition))"
        }
      } + (groups.count == 1 ? [Self.nobody] : []), separator: " UNION ")
  }

  /// Makes a UNION of one query, in which everybody stands once.
  private static let nobody: SQL = "SELECT id FROM directory_person_live WHERE FALSE"

  private func holders(_ ties: Ties, _ condition: SQL) -> SQL {
    "SELECT DISTINCT COALESCE(account.person_id, account.id) AS id \(ties.roles(condition))"
  }

  /// That the role `r` counts in some part of an organisation that is there.
  private func counts(in org: OrgID) -> SQL {
    """
    EXISTS (SELECT 1 FROM directory_org_live AS named WHERE named.id = \(org))
    AND (r.org_id IS NULL OR r.org_id IN \(Ties.within(org))
      OR r.org_id IN (SELECT above.ancestor_id FROM directory_org_within AS above WHERE above.org_id = \(org)))
    """
  }

  // MARK: What goes with a member

  private func accounts(
    of keys: [ID<AnyEntity>], in tx: any Connection
  ) throws -> [ID<AnyEntity>: (id: AccountID, isNobodys: Bool)] {
    var accounts: [ID<AnyEntity>: (id: AccountID, isNobodys: Bool)] = [:]
    try tx.each(
      """
      SELECT id, person_id FROM accounts_account_live
      WHERE is_enabled = TRUE AND (person_id IN \(list: keys) OR (person_id IS NULL AND id IN \(list: keys)))
      """
    ) { row in
      let (id, person): (AccountID, PersonID?) = (try row.next(), try row.next())
      accounts[person?.retyped() ?? id.retyped()] = (id, person == nil)
    }
    return accounts
  }

  /// Through whom guardians among the keys are meant.
  private func students(
    for audience: Audience, among keys: [ID<AnyEntity>], on day: SchoolDate, in tx: any Connection
  ) throws -> [ID<AnyEntity>: [StudentID]] {
    let ties = Ties(day: day, custody: custody)
    let among: SQL = "g.guardian_id IN \(list: keys)"
    let tied: SQL =
      switch audience {
      case .guardiansOfSection(let section): ties.sectionGuardians("n.section_id = \(section) AND \(among)")
      case .school(let org, _): ties.guardians("org.id IN \(Ties.within(org)) AND \(among)")
      default: ties.guardians(among)
      }
    var students: [ID<AnyEntity>: [StudentID]] = [:]
    try tx.each("SELECT DISTINCT g.guardian_id, s.id \(tied) ORDER BY g.guardian_id, s.id") { row in
      students[try row.next(), default: []].append(try row.next())
    }
    return students
  }
}
