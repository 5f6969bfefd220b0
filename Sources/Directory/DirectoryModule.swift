public import Kernel
public import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// People, the organisations they belong to and the times they are there: what the slice offers to the program.
///
/// Invariants: a person exists once, whatever he or she is here; names are copied to lists by the database alone; no
/// row changes without its history; a guardian who is denied sight of a child on a day never sees it that day.
public struct DirectoryModule: Sendable {
  /// The schema, oldest first.
  public static let migrations: [Migration] = DirectoryMigrations.all

  /// The rights the slice asks for.
  public static let permissions: [Permission] = [
    .viewStudents, .editStudents, .viewGuardians, .editGuardians, .viewStaff, .editStaff, .viewOrgs, .editOrgs,
    .editPeriods, .restoreRecords, .viewAudit,
  ]

  /// The tables that people edit, those that are referred to first.
  public static let tables: [AnyRecordedTable] = DirectoryTables.all

  /// The children a guardian may see on a day, as a subquery of student ids: for slices that list by child.
  public static func childrenSeen(by guardian: PersonID, on day: SchoolDate) -> SQL {
    StudentReach.childrenSeen(by: guardian, on: day)
  }

  /// A condition on `directory_guardianship_live AS g`: the guardian may do this for the child on that day.
  public static func guardianMay(_ custody: Custody, on day: SchoolDate) -> SQL {
    StudentReach.guardianMay(custody, on: day)
  }

  private let service: DirectoryService
  private let changes: BulkChanges
  private let looks: Looks
  private let tabs: [StudentTab]
  private let links: [PageLink<PersonID>]
  private let undo: @Sendable (DeletionID) -> Path?
  private let whoLooked: @Sendable (ID<AnyEntity>) -> Path?

  /// The slice over its services. `accessLog` hears of every look at a record; `tabs` are what other slices show on a
  /// student's page, and `links` lead from anybody's page into other slices; `undo` is where a deletion is taken back,
  /// `whoLooked` where the looks at a record are, if anywhere.
  public init(
    _ service: DirectoryService, changes: BulkChanges, accessLog: AccessLog, tabs: [StudentTab] = [],
    links: [PageLink<PersonID>] = [],
    undo: @escaping @Sendable (DeletionID) -> Path? = { _ in nil },
    whoLooked: @escaping @Sendable (ID<AnyEntity>) -> Path? = { _ in nil }
  ) {
    self.service = service
    self.changes = changes
    looks = Looks(log: accessLog)
    self.tabs = tabs
    self.links = links
    self.undo = undo
    self.whoLooked = whoLooked
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    StudentPages(
      service: service, changes: changes, looks: looks, tabs: tabs, links: links, undo: undo, whoLooked: whoLooked
    ).endpoints
      + DirectoryFiles(service: service, looks: looks).endpoints
      + BulkChangePages(changes: changes).endpoints + BulkChangeAPI(changes: changes).endpoints
      + StudentFormPages(service: service, undo: undo).endpoints
      + FamilyPages(service: service, looks: looks, undo: undo).endpoints
      + GuardianPages(service: service, looks: looks, links: links).endpoints
      + StaffPages(service: service, looks: looks, links: links, undo: undo).endpoints
      + OrgPages(service: service, undo: undo).endpoints + PeriodPages(service: service, undo: undo).endpoints
      + StudentAPI(service: service, looks: looks).endpoints + FamilyAPI(service: service, looks: looks).endpoints
      + StaffAPI(service: service, looks: looks).endpoints + OrgAPI(service: service).endpoints
  }
}

/// A part of a student's page that another slice contributes.
public struct StudentTab: Sendable {
  let key: String
  let label: String
  let needs: Permission
  let content: @Sendable (StudentID, Actor) async throws -> HTML

  /// A tab for whoever has a right; `key` stands in the address.
  public init(
    _ key: String, _ label: String, needs: Permission,
    content: @escaping @Sendable (StudentID, Actor) async throws -> HTML
  ) {
    self.key = key
    self.label = label
    self.needs = needs
    self.content = content
  }
}
