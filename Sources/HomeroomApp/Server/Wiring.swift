import Academics
import Accounts
import Attendance
import Directory
import Foundation
import Interop
import Jobs
import Kernel
import Logging
import Markup
import Messages
import Notices
import Operations
import Outbox
import Persistence
import PostgresDriver
import Record
import Rights
import Secrets
import ServiceLifecycle
import Web

/// Builds everything, top to bottom. A new colleague reads this first.
struct Wiring: Sendable {
  let settings: Settings
  let ground: Ground
  let zone: Zone
  let nodes: Nodes
  let accessLog: AccessLog
  let directory: DirectoryService
  let changes: BulkChanges
  let academics: AcademicsService
  let attendance: AttendanceService
  let accounts: AccountsService
  let jobs: JobQueue
  let scheduler: JobScheduler
  let outbox: OutboxService
  let mailTest: MailTest
  let messages: MessagesService
  let imports: ImportService
  let exports: ExportService
  let notices: NoticesService
  private let rosters: InteropModule
  let health: HealthService
  let metrics = Metrics(version: Homeroom.version)
  let endpoints: [Endpoint]
  let pipeline: Pipeline

  /// The schema of all slices.
  static let migrations: [Migration] =
    Record.migrations + JobsModule.migrations + DirectoryModule.migrations + AcademicsModule.migrations
    + AttendanceModule.migrations
    + AccountsModule.migrations + InteropModule.migrations + OutboxModule.migrations
    + NoticesModule.migrations + MessagesModule.migrations

  /// The rights of all slices: what roles can be made of.
  static let permissions: [Permission] =
    DirectoryModule.permissions + AcademicsModule.permissions + AttendanceModule.permissions
    + AccountsModule.permissions + JobsModule.permissions + OperationsModule.permissions
    + InteropModule.permissions + OutboxModule.permissions
    + NoticesModule.permissions + MessagesModule.permissions

  /// The versioned tables of all slices, in the order in which rows refer to each other.
  static let tables: [AnyRecordedTable] =
    DirectoryModule.tables + AcademicsModule.tables + AttendanceModule.tables + AccountsModule.tables
    + JobsModule.tables + OutboxModule.tables
    + NoticesModule.tables + MessagesModule.tables

  init(_ ground: Ground, isPreview: Bool = false, logsRequests: Bool = true) async throws {
    let settings = ground.settings
    let (database, clock, record) = (ground.database, ground.clock, Record())
    self.settings = settings
    self.ground = ground
    zone = .named(settings.zone)
    nodes = try Nodes(ground)
    accessLog = AccessLog(database: database)
    directory = Self.directory(ground, zone)
    academics = AcademicsService(
      database: database, record: record, clock: clock,
      scope: SectionScope(children: { person, day in DirectoryModule.childrenSeen(by: person, on: day) }),
      accessLog: accessLog)
    attendance = AttendanceService(
      database: database, record: record, clock: clock, academics: academics, accessLog: accessLog,
      counts: nodes.counts, zones: { name in Zone.named(name) })
    jobs = JobQueue(database: database, clock: clock)
    let masterKey = try settings.keyOfInstallation()
    let wayOut = WayOut(settings)
    outbox = Self.outbox(ground, record, jobs, wayOut, masterKey)
    mailTest = Self.mailTest(outbox, wayOut, zone)
    accounts = try await Self.accounts(
      ground, record, zone, directory, masterKey,
      AccountPost(outbox: outbox, queue: jobs, publicURL: settings.publicURL))
    scheduler = Self.scheduler(jobs, record, zone)
    changes = BulkChanges(directory, queue: jobs, tables: Self.tables)
    imports = ImportService(database: database, record: record, clock: clock, zone: zone, tables: Self.tables)
    exports = ExportService(
      database: database, clock: clock, directory: directory, academics: academics, accessLog: accessLog)
    rosters = InteropModule(imports, exports: exports, queue: jobs, zone: zone)
    health = Self.health(ground, jobs, outbox, nodes)
    notices = Self.notices(ground, accounts, zone)
    let board = Self.noticesModule(notices, zone)
    messages = Self.messages(ground, zone, jobs, outbox, nodes.bell)
    let site = Self.site(zone, messages)
    let teaching = Self.academicsModule(academics, zone, messages)
    let registers = AttendanceModule(service: attendance, zone: zone, studentPath: Self.studentPath)
    let slices: [[Endpoint]] = [
      Self.accountsModule(accounts, settings, accessLog).endpoints,
      Self.directoryModule(directory, changes, accessLog, Self.studentTabs(teaching.parts, registers.parts), messages)
        .endpoints,
      teaching.endpoints,
      registers.endpoints,
      rosters.endpoints,
      Self.outboxModule(outbox, mailTest, accessLog: accessLog, zone: zone).endpoints,
      MessagesModule(messages, zone: zone, isStopping: { [health] in health.isDraining }).endpoints,
      board.endpoints,
      TodayPages(directory: directory, academics: academics, attendance: attendance, notices: board.parts).endpoints,
      SearchPages(directory: directory, academics: academics, site: site).endpoints,
      Self.operations(
        ground, jobs: jobs, outbox: outbox, scheduler: scheduler, accounts: accounts, health: health, zone: zone,
        log: accessLog, check: Self.check(academics, attendance, notices)
      ).endpoints,
      Self.probes(settings, health, metrics, jobs, nodes),
      AssetPages(isPreview: isPreview).endpoints,
    ]
    endpoints = slices.flatMap { $0 }
    pipeline = Self.pipeline(
      endpoints, ground, site, accounts, nodes, RequestJournal(metrics: metrics, isVerbose: logsRequests))
  }

  /// The way of every request to these endpoints, and to those that describe them.
  private static func pipeline(
    _ endpoints: [Endpoint], _ ground: Ground, _ site: Site, _ accounts: AccountsService, _ nodes: Nodes,
    _ log: RequestJournal
  ) -> Pipeline {
    let settings = ground.settings
    return Pipeline(
      endpoints + [DescriptionAPI(endpoints, server: settings.publicURL).endpoint]
        + ReferencePages(endpoints, server: settings.publicURL).endpoints, site: site,
      authenticator: AccountsAuthenticator(accounts),
      answers: KeptAnswers(store: Idempotency(database: ground.database)), limiter: nodes.limiter,
      noteChange: nodes.noteChange, clock: ground.clock, log: log,
      settings: .init(
        origins: settings.origins, trustedProxies: settings.trustedProxies, isLimited: settings.isLimited))
  }

  /// The directory, with what teaching tells it: whom a person teaches, and what goes with a student, and
  /// who stays.
  private static func directory(_ ground: Ground, _ zone: Zone) -> DirectoryService {
    let (clock, record) = (ground.clock, Record())
    return DirectoryService(
      database: ground.database, record: record, clock: clock, zone: zone,
      studentsTaught: { person in SectionScope.students(taughtBy: person, at: clock.now()) },
      followers: [
        { student, deletion, change, tx in
          try AttendanceService.deleteMarks(of: student, as: deletion, change, record: record, in: tx)
          try AcademicsService.deleteEnrolments(of: student, as: deletion, change, record: record, in: tx)
        }
      ],
      holders: [
        { person, tx in try AccountsModule.holds(person, in: tx) },
        { person, tx in try AcademicsService.holds(person, in: tx) },
        { person, tx in try AttendanceService.holds(person, in: tx) },
      ])
  }

  private static func academicsModule(
    _ academics: AcademicsService, _ zone: Zone, _ messages: MessagesService
  ) -> AcademicsModule {
    AcademicsModule(
      service: academics, zone: zone,
      links: [AttendanceModule.sectionLink, MessagesModule.sectionLink(messages)], studentPath: studentPath)
  }

  private static func directoryModule(
    _ directory: DirectoryService, _ changes: BulkChanges, _ accessLog: AccessLog, _ tabs: [StudentTab],
    _ messages: MessagesService
  ) -> DirectoryModule {
    DirectoryModule(
      directory, changes: changes, accessLog: accessLog, tabs: tabs, links: [MessagesModule.personLink(messages)],
      undo: { deletion in OperationsModule.restoration(of: deletion) },
      whoLooked: { record in OperationsModule.looks(at: record) })
  }

  private static func scheduler(_ jobs: JobQueue, _ record: Record, _ zone: Zone) -> JobScheduler {
    JobScheduler(jobs, record: record, regular: regularJobs, zone: zone, zones: { name in Zone.known(name) })
  }

  /// What teaching and attendance have to say when something of theirs is taken back.
  private static func check(
    _ academics: AcademicsService, _ attendance: AttendanceService, _ notices: NoticesService
  ) -> TakingBack.Check {
    { takingBack, tx in
      try academics.check(takingBack, in: tx)
      try attendance.check(takingBack, in: tx)
      try notices.check(takingBack, in: tx)
    }
  }

  /// What probes look at, by the names the runbooks use.
  private static func health(
    _ ground: Ground, _ jobs: JobQueue, _ outbox: OutboxService, _ nodes: Nodes
  ) -> HealthService {
    let data = ground.settings.data
    return HealthService(
      database: ground.database,
      parts: [
        nodes.health, .init("rq_queue") { await state(of: jobs) },
        .init("disk") { FileManager.default.isWritableFile(atPath: data) ? .ok : .down },
        .init("mail") { await mailState(outbox) },
      ], clock: ground.clock)
  }

  private static func probes(
    _ settings: Settings, _ health: HealthService, _ metrics: Metrics, _ jobs: JobQueue, _ nodes: Nodes
  ) -> [Endpoint] {
    ProbeAPI(
      health: health, metrics: metrics, metricsToken: settings.metricsToken, version: Homeroom.version,
      resident: residentMemory, gauges: { await gauges(jobs) + nodes.gauges }
    ).endpoints
  }

  private static func state(of jobs: JobQueue) async -> ComponentState {
    do { return try await jobs.isMoving() ? .ok : .degraded } catch { return .down }
  }

  /// What the figures for Prometheus say of jobs; nothing while the database is away.
  private static func gauges(_ jobs: JobQueue) async -> [(name: String, help: String, value: Int)] {
    guard let standing = try? await jobs.standing() else { return [] }  // The scrape goes on; /health says why.
    return [
      ("homeroom_jobs_waiting", "Jobs that could begin now and have not.", standing.waiting),
      ("homeroom_jobs_running", "Jobs that a worker has.", standing.running),
      ("homeroom_jobs_failed", "Dead letters that are still kept.", standing.failed),
      ("homeroom_jobs_quarantined", "Jobs whose worker's process died three times.", standing.quarantined),
    ]
  }

  /// What other slices show on a student's page.
  private static func studentTabs(_ teaching: AcademicsParts, _ registers: AttendanceParts) -> [StudentTab] {
    [
      StudentTab("attendance", "Attendance", needs: .viewAttendance) { student, actor in
        try await registers.studentTab(student, actor: actor)
      },
      StudentTab("sections", "Sections", needs: .viewSections) { student, actor in
        try await teaching.studentTab(student, actor: actor)
      },
    ]
  }

  /// The address of a student's page, which several slices link to.
  private static let studentPath: @Sendable (StudentID) -> Path = { id in Path("/people/students/\(id)") }

  private static func accounts(
    _ ground: Ground, _ record: Record, _ zone: Zone, _ directory: DirectoryService, _ masterKey: MasterKey,
    _ post: AccountPost
  ) async throws -> AccountsService {
    let settings = ground.settings
    let configured = try settings.jwtSecret.map { [try SigningKey.configured($0)] } ?? []
    let keys = try await SigningKeys(
      database: ground.database, record: record, clock: ground.clock, masterKey: masterKey, configured: configured,
      policy: KeyPolicy(tokenLifetime: settings.accessLife))
    return AccountsService(
      database: ground.database, record: record, clock: ground.clock,
      settings: AccountSettings(
        sessionIdle: settings.sessionIdle, sessionMaximum: settings.sessionMax, refreshLifetime: settings.refreshLife,
        limitsAttempts: settings.isLimited, zone: zone),
      passwords: Passwords(), keys: keys, permissions: permissions,
      neighbours: Neighbours(
        person: { person, actor, tx in try directory.nameOfPerson(person, visibleTo: actor, in: tx) },
        orgs: { reach, tx in
          try directory.orgs(within: reach, in: tx).map { Neighbours.OrgName(id: $0.id, name: $0.name, code: $0.code) }
        }), post: post)
  }

  /// What has to be there before the first request: roles, signing keys, the administrator that the settings name.
  func prepare() async throws {
    await nodes.start()
    try await accounts.prepare()
    try await scheduler.prepare()
    try await outbox.release()
    if let email = settings.seedAdminEmail, let password = settings.seedAdminPassword {
      _ = try await accounts.seedAdministrator(email: email, password: password)
    }
  }

  /// What runs beside the server, or in `work` without one, until the program stops.
  func services(withWorker: Bool) -> [any Service] {
    let logger = Logger(label: "care")
    return (withWorker ? workers : []) + nodes.services + [
      AccessLogService(log: accessLog, logger: logger),
      DrainService(health: health),
    ]
  }

  /// The worker of this process and, where other processes put jobs in line too, what wakes it.
  private var workers: [any Service] {
    let accounts = accounts
    let logger = Logger(label: "jobs")
    let worker = Worker(
      jobs,
      handlers: rosters.handlers + [
        changes.handler, care.handler(logger), Canary.handler(clock: ground.clock), outbox.handler,
        accounts.resetHandler, messages.handler,
      ],
      settings: WorkerSettings(width: settings.workers.all, widths: settings.workers.kinds),
      actorOf: { account in
        guard let actor = try await accounts.actor(account) else { throw Problem.unauthenticated }
        return actor
      }, onEvent: { event in logger.note(event) })
    let services: [any Service] = [
      WorkerService(worker: worker), SchedulerService(scheduler: scheduler, logger: logger),
    ]
    guard let database = ground.database as? PostgresDatabase else { return services }
    return services + [BellService(database: database, jobs: jobs)]
  }

  /// Everything wired over an empty database in memory of no one: for commands that only describe.
  static func forDescription() async throws -> Wiring {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "homeroom-\(ID<AnyEntity>.new(at: SystemClock().now()))")
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover in the temporary folder harms nobody
    let settings = try Settings.load(arguments: ["HOMEROOM_DATA": folder.path], environment: [:])
    return try await Wiring(Ground.openMigrated(settings))
  }
}
