public import Kernel
public import Persistence
public import Record
public import Rights

/// People, organisations and periods: finding, entering, changing and deleting them, each with its permission, its
/// transaction and its history.
///
/// Whoever may not see a row hears that it is not there; whoever sees it and may not change it hears which right is
/// missing.
public struct DirectoryService: Sendable {
  /// What goes into the recycle bin together with a student, because it hangs on the student in another slice.
  public typealias Follower = @Sendable (StudentID, DeletionID, Change, any Connection) throws -> Void
  /// Whether another slice still refers to a person: then the person stays when the last role here goes.
  public typealias Holder = @Sendable (PersonID, any Connection) throws -> Bool

  let database: any Database
  let record: Record
  let clock: any WallClock
  let zone: Zone
  let reaches: StudentReach
  let followers: [Follower]
  let holders: [Holder]
  let numbers: NumberDesk
  let students = StudentStore()
  let people = PersonStore()
  let guardianships = GuardianshipStore()
  let staff = StaffStore()
  let orgs = OrgStore()
  let periods = PeriodStore()

  /// A service on `database`. `zone` says which day it is; `studentsTaught` gives the students a person teaches as a
  /// subquery of their ids; `followers` put into the recycle bin what other slices hang on a student; `holders` say
  /// whom they still need.
  public init(
    database: any Database, record: Record, clock: any WallClock, zone: Zone = .utc,
    studentsTaught: @escaping @Sendable (PersonID) -> SQL, followers: [Follower] = [],
    holders: [Holder] = []
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.zone = zone
    self.followers = followers
    self.holders = holders
    reaches = StudentReach(studentsTaught: studentsTaught)
    numbers = NumberDesk(database: database)
  }

  /// The day it is.
  public var today: SchoolDate { zone.date(at: clock.now()) }

  /// The condition on `directory_student_live AS s` under which a student is in reach of the actor's permission;
  /// nothing when all are. Throws when the permission is missing altogether.
  public func studentsInReach(_ permission: Permission, of actor: Actor) throws -> SQL {
    reaches.condition(try actor.require(permission), of: actor.person, on: today)
  }

  /// The student, if the actor may see it; else not found. For other slices, in their own transaction.
  public func requireStudent(_ id: StudentID, visibleTo actor: Actor, in tx: any Connection) throws -> Student {
    try students.require(id, where: studentsInReach(.viewStudents, of: actor), in: tx)
  }

  /// The student, if the actor may change it: not found when it is not in sight, forbidden when only that.
  public func requireStudent(
    _ id: StudentID, for permission: Permission, of actor: Actor, in tx: any Connection
  ) throws -> Student {
    let student = try requireStudent(id, visibleTo: actor, in: tx)
    guard try actor.require(permission).covers(student.school) else { throw Problem.forbidden(permission.name) }
    return student
  }

  func change(
    by actor: Actor, at school: OrgID?, because reason: String? = nil, as cause: ID<AnyEntity>? = nil
  ) -> Change {
    Change(by: actor, at: clock.now(), org: school, reason: reason, cause: cause)
  }

  /// Refuses a version that is not the newest; nil is a caller who names none.
  func requireNewest(_ version: Int?, _ newest: Int, of what: String) throws(Problem) {
    if let version, version != newest { throw .stale(what, current: "{\"version\":\(newest)}") }
  }

  /// Whether a person is nothing here any more, and nothing elsewhere.
  func isNobody(_ person: PersonID, in tx: any Connection) throws -> Bool {
    if try people.hasRoles(person, in: tx) { return false }
    return try !holders.contains { isHeld in try isHeld(person, tx) }
  }

  /// A reason as it is kept: one paragraph, or nothing.
  func checked(reason: String?) throws(Problem) -> String? {
    var validation = Validation()
    let checked = validation.optionalText(reason, at: "/reason", "the reason", max: 500)
    try validation.finish()
    return checked
  }
}
