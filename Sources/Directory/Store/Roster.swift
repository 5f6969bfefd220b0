public import Kernel
public import Persistence
public import Record

/// Rows of this slice by the hundred, in the caller's transaction: what imports and the demo school write with.
///
/// Permission is the caller's: whoever imports for a school was asked before. Every row still has its history.
public struct Roster: Sendable {
  let record: Record

  /// A roster that writes through `record`.
  public init(record: Record) { self.record = record }

  /// How rows that somebody wants to be so differ from what is there.
  public struct Comparison<Row: RosterRow>: Sendable {
    /// Rows that are not there.
    public internal(set) var created: [Row] = []
    /// Rows that are there and say something else, with the versions they have.
    public internal(set) var updated: [Row] = []
    /// What `updated` replaces, in the same order.
    public internal(set) var replaced: [Row] = []
    /// Rows that are there just so.
    public internal(set) var unchanged: [Row] = []
    /// Rows whose identity lies in the recycle bin: they need a new one, or to be brought back.
    public internal(set) var binned: [Row] = []
  }

  /// Compares rows with what is there, by their ids; changes nothing. Any number of rows.
  public func compare<Row: RosterRow>(_ rows: [Row], in tx: any Connection) throws -> Comparison<Row> {
    let live: [Row] = try inBatches(rows.map(\.id)) { batch in
      try tx.all(
        "SELECT \(Row.columns) FROM \(Row.live) WHERE \(Row.idColumn) IN \(list: batch) LIMIT \(batch.count)")
    }
    let found = Dictionary(live.map { ($0.id, $0) }) { first, _ in first }
    let missing = rows.filter { found[$0.id] == nil }
    let gone: [ID<Row.Identity>] = try inBatches(missing.map(\.id)) { batch in
      try tx.all("SELECT id FROM \(Row.table.name) WHERE id IN \(list: batch) LIMIT \(batch.count)") { row in
        try row.next()
      }
    }
    let binned = Set(gone)
    var comparison = Comparison<Row>()
    for row in rows {
      if let there = found[row.id] {
        if row.saysTheSame(as: there) {
          comparison.unchanged.append(there)
        } else {
          comparison.updated.append(row.with(version: there.version))
          comparison.replaced.append(there)
        }
      } else if binned.contains(row.id) {
        comparison.binned.append(row)
      } else {
        comparison.created.append(row)
      }
    }
    return comparison
  }

  /// Writes what a comparison found to be new or different. Rows in the recycle bin stay there.
  public func save<Row: RosterRow>(
    _ comparison: Comparison<Row>, _ change: Change, in tx: any Connection
  ) throws {
    try record.insert(comparison.created, into: Row.table, change, in: tx)
    for row in comparison.updated { try record.update(row, in: Row.table, change, in: tx) }
  }

  /// Writes people whose names may have changed: a name out of use is kept and still found.
  public func save(people comparison: Comparison<Person>, on today: SchoolDate, _ change: Change, in tx: any Connection)
    throws
  {
    try record.insert(comparison.created, into: Person.table, change, in: tx)
    let store = PersonStore()
    for (row, old) in zip(comparison.updated, comparison.replaced) {
      var names = try store.names(of: old.id, in: tx).map(\.display)
      if let former = old.formerName(after: row.details, id: .new(at: change.at), on: today) {
        try record.insert(former, into: DirectoryTables.personName, change, in: tx)
        names.append(former.display)
      }
      try record.update(row.with(row.details, also: names), in: Person.table, change, in: tx)
    }
  }

  /// Inserts rows that are known to be new.
  public func insert<Row: RosterRow>(_ rows: [Row], _ change: Change, in tx: any Connection) throws {
    try record.insert(rows, into: Row.table, change, in: tx)
  }

  /// Puts rows into the recycle bin as part of a deletion the caller began.
  public func delete<Row: RosterRow>(
    _ ids: [ID<Row.Identity>], _: Row.Type, as deletion: DeletionID, _ change: Change, in tx: any Connection
  ) throws {
    try record.delete(ids, from: Row.table, as: deletion, change, in: tx)
  }

  /// Our identities for what another system calls by these names; missing ones are not in the answer.
  public func lookUp<E>(
    _ externals: [String], source: String, kind: String, org: OrgID? = nil, as _: E.Type = E.self,
    in tx: any Connection
  ) throws -> [String: ID<E>] {
    try ExternalIDStore().internals(source: source, kind: kind, org: org, externals, in: tx)
  }

  /// What another system calls these things; those it has no name for are not in the answer.
  public func externals<E>(
    of internals: [ID<E>], source: String, kind: String, in tx: any Connection
  ) throws -> [ID<E>: String] {
    try ExternalIDStore().externals(source: source, kind: kind, of: internals, in: tx)
  }

  /// Registers what another system calls our things; a name that is known refers to the new thing from now on.
  public func register<E>(
    _ names: [(name: ExternalName, internal: ID<E>)], source: String, by importing: ImportID? = nil,
    in tx: any Connection
  ) throws {
    try ExternalIDStore().register(names, source: source, by: importing, in: tx)
  }

  /// Forgets the names that an import brought, when it is undone.
  public func forgetNames(broughtBy importing: ImportID, in tx: any Connection) throws {
    try ExternalIDStore().forget(import: importing, in: tx)
  }

  /// Forgets what else is known of rows that go for good: other systems' names for them, and the words they are found
  /// by, which the database itself takes out when there are none any more.
  public static func forget(_ kind: String, _ ids: [ID<AnyEntity>], in tx: any Connection) throws {
    try ExternalIDStore().forget(internals: ids, in: tx)
    if kind == DirectoryTables.student.kind {
      try tx.run("UPDATE directory_student SET words = '' WHERE id IN \(list: ids)")
    } else if kind == DirectoryTables.person.kind {
      try tx.run("UPDATE directory_person SET search_name = '' WHERE id IN \(list: ids)")
    }
  }

  /// Which students of a school have these numbers.
  public func students(
    numbered numbers: [String], at school: OrgID, in tx: any Connection
  ) throws -> [String: StudentID] {
    try StudentStore().holders(of: numbers, at: school, in: tx)
  }

  /// The students with these ids, in no order.
  public func students(_ ids: [StudentID], in tx: any Connection) throws -> [Student] {
    try StudentStore().find(ids, where: .empty, in: tx)
  }

  /// The times at school that last, of many students.
  public func openEnrolments(of students: [StudentID], in tx: any Connection) throws -> [StudentID: SchoolEnrolment] {
    try StudentStore().openEnrolments(of: students, in: tx)
  }

  /// The people with these ids, in no order.
  public func people(_ ids: [PersonID], in tx: any Connection) throws -> [Person] {
    try PersonStore().find(ids, in: tx)
  }

  /// Who of these people is staff.
  public func staff(of people: [PersonID], in tx: any Connection) throws -> [PersonID: StaffID] {
    Dictionary(try StaffStore().staff(of: people, in: tx).map { ($0.person, $0.id) }) { first, _ in first }
  }

  /// The jobs of many members of staff.
  public func employments(of staff: [StaffID], in tx: any Connection) throws -> [StaffID: [Employment]] {
    try StaffStore().employments(of: staff, in: tx)
  }

  /// The guardianships of many students.
  public func guardianships(of students: [StudentID], in tx: any Connection) throws -> [Guardianship] {
    try GuardianshipStore().guardianships(of: students, in: tx)
  }

  /// The contact points of many people.
  public func contacts(of people: [PersonID], in tx: any Connection) throws -> [PersonID: [ContactPoint]] {
    try PersonStore().contacts(of: people, in: tx)
  }

  /// The organisation with a code.
  public func organisation(code: String, in tx: any Connection) throws -> Org? {
    try OrgStore().find(code: code, in: tx)
  }

  /// All organisations, by name.
  public func organisations(in tx: any Connection) throws -> [Org] { try OrgStore().all(in: tx) }

  /// The period with a code at an organisation.
  public func period(code: String, of org: OrgID, in tx: any Connection) throws -> Period? {
    try PeriodStore().find(code: code, of: org, in: tx)
  }

  /// Makes a period the current one of an organisation that has none yet.
  public func makeCurrent(_ period: PeriodID, ofNew org: OrgID, _ change: Change, in tx: any Connection) throws {
    guard try PeriodStore().current(of: org, in: tx) == nil else { return }
    try record.insert(
      CurrentPeriod(id: .new(at: change.at), version: 1, org: org, period: period),
      into: DirectoryTables.currentPeriod, change, in: tx)
  }
}
