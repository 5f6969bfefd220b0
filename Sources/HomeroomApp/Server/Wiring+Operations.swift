import Academics
import Accounts
import Attendance
import Directory
import Foundation
import Interop
import Jobs
import Kernel
import Markup
import Operations
import Outbox
import Persistence
import PostgresDriver
import Record
import Rights
import SQLiteDriver
import Web

/// How the slice that looks after the installation is put together: it knows all the others by words alone.
extension Wiring {
  /// The words for what is recorded, and the rights it takes to change it back.
  static let kinds: [RecordedKind] = [
    RecordedKind("org", "Organisation", rights: [.editOrgs]),
    RecordedKind("period", "Year or term", rights: [.editPeriods]),
    RecordedKind("current_period", "Current year or term", rights: [.editPeriods]),
    RecordedKind("person", "Person", rights: [.editStudents, .editGuardians, .editStaff]),
    RecordedKind("person_name", "Former name", rights: [.editStudents, .editGuardians, .editStaff]),
    RecordedKind("contact_point", "Contact", rights: [.editStudents, .editGuardians, .editStaff]),
    RecordedKind("student", "Student", rights: [.editStudents]),
    RecordedKind("school_enrolment", "Time at school", rights: [.editStudents]),
    RecordedKind("guardianship", "Guardian", rights: [.editGuardians]),
    RecordedKind("custody_right", "Custody right", rights: [.editGuardians]),
    RecordedKind("staff", "Member of staff", rights: [.editStaff]),
    RecordedKind("employment", "Employment", rights: [.editStaff]),
    RecordedKind("course", "Course", rights: [.editCourses]),
    RecordedKind("section", "Section", rights: [.editSections]),
    RecordedKind("section period", "Term of a section", rights: [.editSections]),
    RecordedKind("section staff", "Staff of a section", rights: [.editSections]),
    RecordedKind("enrolment", "Enrolment", rights: [.editEnrolments]),
    RecordedKind("attendance code", "Attendance code", rights: [.overrideAttendance]),
    RecordedKind("register", "Register", rights: [.overrideAttendance]),
    RecordedKind("mark", "Mark of a register", rights: [.overrideAttendance]),
    RecordedKind("account", "Account", rights: [.manageAccounts], onlyEverywhere: true),
    RecordedKind("login name", "Login name", rights: [.manageAccounts], onlyEverywhere: true),
    RecordedKind("role", "Role", rights: [.manageRoles], onlyEverywhere: true),
    RecordedKind("role assignment", "Role given", rights: [.manageAccounts], onlyEverywhere: true),
    RecordedKind("job_schedule", "Schedule", rights: [.manageSchedules], onlyEverywhere: true),
    RecordedKind("letter_template", "Template of a letter", rights: [.editMail], onlyEverywhere: true),
    RecordedKind(shownOnly: "message", "Message"),
    // Who may take a notice back depends on the notice: the slice says so itself.
    RecordedKind("notice", "Notice", rights: []),
    RecordedKind(shownOnly: "session", "Session"),
    RecordedKind(shownOnly: "signing key", "Signing key"),
    RecordedKind(shownOnly: "recovery link", "Password link"),
  ]

  /// The slice, over services that are there already.
  static func operations(
    _ ground: Ground, jobs: JobQueue, outbox: OutboxService, scheduler: JobScheduler, accounts: AccountsService,
    health: HealthService,
    zone: Zone, log: AccessLog,
    check: @escaping TakingBack.Check
  ) -> OperationsModule {
    let names: @Sendable (Set<AccountID>) async throws -> [AccountID: String] = { ids in
      try await accounts.names(of: ids)
    }
    let history = HistoryService(
      database: ground.database, record: Record(), clock: ground.clock, tables: tables, kinds: kinds,
      rights: HistoryRights(audit: .viewAudit, restore: .restoreRecords), log: log, check: check,
      names: names)
    return OperationsModule(
      history: history, jobs: .init(jobs, scheduler: scheduler, kinds: jobWords, names: names),
      system: .init(
        doctor: Doctor(checks(ground, jobs, outbox, isQuick: true)), health: health, version: Homeroom.version,
        facts: { try await facts(ground) }),
      zone: zone,
      recordPath: { kind, id in
        switch kind {
        case "student": Path("/people/students/\(id)")
        case "section": Path("/sections/\(id)")
        case "staff": Path("/people/staff/\(id)")
        case "notice": Path("/notices/\(id)")
        default: nil
        }
      })
  }

  /// What people read of the jobs there are, and where their results are.
  private static let jobWords = [
    JobWords("import", "Import of a roster") { job in
      job.result?["importId"]?.string.flatMap(ImportID.init).map(InteropPaths.one)
    },
    JobWords(BulkChanges.jobKind, "Change of many students") { job in
      BulkChanges.change(of: job).map(DirectoryPaths.change)
    },
    JobWords(Care.kind, "Care: what is over is forgotten"),
    JobWords(Canary.kind, "Canary"),
    JobWords(OutboxService.jobKind, "A letter on its way"),
    JobWords(AccountsService.resetKind, "Answer to a forgotten password"),
    messageJobs,
  ]

  /// What is done again and again, until somebody changes it.
  static let regularJobs = [RegularJob("care", kind: Care.kind, cron: "17 * * * *")]

  /// What `doctor` looks at; `isQuick` leaves out what reads the whole database file.
  static func checks(_ ground: Ground, _ jobs: JobQueue, _ outbox: OutboxService, isQuick: Bool) -> [DoctorCheck] {
    let (settings, database, clock) = (ground.settings, ground.database, ground.clock)
    var checks: [DoctorCheck] = [
      .settings(concerns(ground)),
      .privacy("data.folder", "The data folder is private", path: settings.data, mode: 0o700),
      .privacy(
        "data.key", "The master key is private", path: settings.data + "/master.key", mode: 0o600,
        optionally: settings.masterKey == nil ? nil : "It is given by HOMEROOM_MASTER_KEY."),
      .diskSpace(settings.data),
    ]
    if let sqlite = database as? SQLiteDatabase {
      checks.append(.sqlite { try await sqlite.pragmaReport() })
      checks.append(.integrity { isQuick ? try await sqlite.quickCheck() : try await sqlite.integrityCheck() })
    }
    if !isQuick { checks.append(.canary(jobs, settings)) }
    return checks + [
      .migrations(ground.migrator),
      .clock(clock) { try await database.read { tx in try History().newestEntryAt(in: tx) } },
      .references(database, among: tables),
      .accounts { try await database.read { tx in try AccountsModule.accountsWithoutRole(in: tx) } },
      .jobs(jobs, clock: clock), mailCheck(outbox), .redis(settings),
      .accessLog(database, personal: ["student", "person", "guardianship"], clock: clock),
    ]
  }

  /// What the settings have that is allowed and yet worth a second look.
  private static func concerns(_ ground: Ground) -> [(what: String, cure: String)] {
    let settings = ground.settings
    let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains(where: settings.publicURL.hasPrefix)
    var concerns: [(what: String, cure: String)] = []
    if !settings.isLimited {
      concerns.append(("RATE_LIMIT is off, so requests are not counted.", "Take it out: it is for load tests only."))
    }
    if settings.publicURL.hasPrefix("http://"), !isLocal {
      concerns.append(("PUBLIC_URL is not encrypted.", "Put a server with TLS in front; give its https:// address."))
    }
    for word in ground.ignored {
      concerns.append(("DATABASE_URL has \(word), which is not used here.", "Take \(word) out of it."))
    }
    return concerns
  }

  private static func facts(_ ground: Ground) async throws -> [(name: String, value: String)] {
    let memory = residentMemory().map { "\($0 / 1_000_000) MB" } ?? "unknown"
    return [
      ("Version", Homeroom.version), ("Database", ground.database.dialect.rawValue), ("Memory", memory),
      ("Data folder", ground.settings.data),
    ]
  }
}
