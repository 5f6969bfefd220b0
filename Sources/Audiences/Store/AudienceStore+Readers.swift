public import Kernel
public import Persistence

extension AudienceStore {
  /// Everything by which things reach a reader on a day, in one query.
  public func keys(of reader: AudienceReader, on day: SchoolDate, in tx: any Connection) throws -> AudienceKeys {
    let ways = ways(to: reader, Ties(day: day, custody: custody))
    var keys = AudienceKeys()
    guard !ways.isEmpty else { return keys }
    try tx.each(SQL.joined(ways, separator: " UNION ")) { row in
      let tie: Tie = try row.next()
      let (one, other): (ID<AnyEntity>, ID<AnyEntity>) = (try row.next(), try row.next())
      keys.add(tie, one, other, word: try row.next())
    }
    return keys
  }

  /// A condition on the audience columns of `alias`: what of a list reaches the reader these keys are of.
  public func reaches(_ keys: AudienceKeys, _ alias: SQL) -> SQL {
    var ways: [SQL] = []
    func way(_ kind: Audience.Kind, _ condition: SQL) {
      ways.append("\(alias).audience_kind = \(kind) AND \(condition)")
    }
    if keys.isSomebody { way(.everyone, "TRUE") }
    for (group, orgs) in keys.places.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      way(
        .school,
        """
        \(alias).audience_word IN \(list: [Audience.Group.everyone, group])
        AND \(alias).audience_org_id IN \(list: orgs.sorted())
        """)
    }
    if !keys.sections.isEmpty { way(.section, "\(alias).audience_section_id IN \(list: keys.sections.sorted())") }
    if !keys.sectionsOfChildren.isEmpty {
      way(.guardiansOfSection, "\(alias).audience_section_id IN \(list: keys.sectionsOfChildren.sorted())")
    }
    for (name, orgs) in keys.departments.sorted(by: { $0.key < $1.key }) {
      way(
        .department,
        "\(alias).audience_word = \(name) AND \(alias).audience_org_id IN \(list: orgs.sorted())")
    }
    if !keys.rolesEverywhere.isEmpty {
      way(.role, "\(alias).audience_role_id IN \(list: keys.rolesEverywhere.sorted())")
    }
    for (role, orgs) in keys.roles.sorted(by: { $0.key < $1.key }) {
      way(
        .role,
        """
        \(alias).audience_role_id = \(role)
        AND (\(alias).audience_org_id IS NULL OR \(alias).audience_org_id IN \(list: orgs.sorted()))
        """)
    }
    if let person = keys.person { way(.person, "\(alias).audience_person_id = \(person)") }
    return SQL.any(ways)
  }

  /// The queries of all ties of a reader: the tie, two identifiers and a word.
  private func ways(to reader: AudienceReader, _ ties: Ties) -> [SQL] {
    var ways: [SQL] = []
    if let person = reader.person {
      ways += [
        "SELECT 'person' AS tie, id, id AS other_id, '' AS word FROM directory_person_live WHERE id = \(person)",
        places("'student'", "SELECT s.school_id AS place_id, '' AS word \(ties.students("s.person_id = \(person)"))"),
        places(
          "'guardian'", "SELECT s.school_id AS place_id, '' AS word \(ties.guardians("g.guardian_id = \(person)"))"),
        places(
          "'staff'",
          """
          SELECT e.org_id AS place_id, COALESCE(e.department, '') AS word \(ties.staff("t.person_id = \(person)"))
          """),
        "SELECT 'section', n.section_id, n.section_id, '' \(ties.sectionStudents("s.person_id = \(person)"))",
        "SELECT 'section', a.section_id, a.section_id, '' \(ties.sectionStaff("a.person_id = \(person)"))",
        "SELECT 'childsSection', n.section_id, n.section_id, '' \(ties.sectionGuardians("g.guardian_id = \(person)"))",
      ]
    }
    if let account = reader.account {
      let held: SQL = "r.account_id = \(account)"
      ways += [
        """
        SELECT 'roleEverywhere' AS tie, r.role_id AS id, r.role_id AS other_id, '' AS word
        \(ties.roles(SQL.all([held, "r.org_id IS NULL"])))
        """,
        """
        SELECT 'role', held.role_id, up.ancestor_id, ''
        FROM (SELECT r.role_id, r.org_id \(ties.roles(held))) AS held
        JOIN directory_org_within AS up ON up.org_id = held.org_id
        """,
        """
        SELECT 'role', held.role_id, below.org_id, ''
        FROM (SELECT r.role_id, r.org_id \(ties.roles(held))) AS held
        JOIN directory_org_within AS below ON below.ancestor_id = held.org_id
        """,
      ]
    }
    return ways
  }

  /// A tie to the organisations of a query, `place_id`, and to all above them.
  private func places(_ tie: SQL, _ query: SQL) -> SQL {
    """
    SELECT \(tie) AS tie, up.ancestor_id AS id, up.ancestor_id AS other_id, tied.word
    FROM (\(query)) AS tied JOIN directory_org_within AS up ON up.org_id = tied.place_id
    """
  }
}

extension AudienceKeys {
  /// Adds what one row of the query of ties says.
  fileprivate mutating func add(_ tie: Tie, _ one: ID<AnyEntity>, _ other: ID<AnyEntity>, word: String) {
    if tie != .person, tie != .section, tie != .childsSection { isSomebody = true }
    switch tie {
    case .person: person = one.retyped()
    case .student: places[.students, default: []].insert(one.retyped())
    case .guardian: places[.guardians, default: []].insert(one.retyped())
    case .staff:
      places[.staff, default: []].insert(one.retyped())
      if !word.isEmpty { departments[word, default: []].insert(one.retyped()) }
    case .section: sections.insert(one.retyped())
    case .childsSection: sectionsOfChildren.insert(one.retyped())
    case .roleEverywhere: rolesEverywhere.insert(one.retyped())
    case .role: roles[one.retyped(), default: []].insert(other.retyped())
    }
  }
}

/// What ties a reader to something, as the query of the keys says it.
private enum Tie: String, SQLBindable {
  case person, student, guardian, staff, section, childsSection, roleEverywhere, role
}
