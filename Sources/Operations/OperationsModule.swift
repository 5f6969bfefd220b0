public import Jobs
public import Kernel
public import Markup
public import Rights
public import Web

/// Looking after an installation: its history and recycle bin, its jobs, its health.
///
/// Invariants: nobody takes back what they could not have changed, nobody sees a job or an entry beyond their reach,
/// and looking never alters anything but the access log.
public struct OperationsModule: Sendable {
  /// The rights it declares.
  public static let permissions: [Permission] = [.viewSystem]

  private let history: HistoryService
  private let jobs: Jobs
  private let system: System
  private let zone: Zone
  private let recordPath: @Sendable (_ kind: String, _ id: ID<AnyEntity>) -> Path?

  /// What the pages of jobs need.
  public struct Jobs: Sendable {
    let queue: JobQueue
    let scheduler: JobScheduler
    let kinds: [JobWords]
    let names: @Sendable (Set<AccountID>) async throws -> [AccountID: String]

    /// The queue and its schedules, words for the kinds of job there are, and the names of those who ask for them.
    public init(
      _ queue: JobQueue, scheduler: JobScheduler, kinds: [JobWords],
      names: @escaping @Sendable (Set<AccountID>) async throws -> [AccountID: String]
    ) {
      self.queue = queue
      self.scheduler = scheduler
      self.kinds = kinds
      self.names = names
    }
  }

  /// What the pages of the system need.
  public struct System: Sendable {
    let doctor: Doctor
    let health: HealthService
    let version: String
    let facts: @Sendable () async throws -> [(name: String, value: String)]

    /// The doctor, the health, the program's version, and figures worth knowing.
    public init(
      doctor: Doctor, health: HealthService, version: String,
      facts: @escaping @Sendable () async throws -> [(name: String, value: String)]
    ) {
      self.doctor = doctor
      self.health = health
      self.version = version
      self.facts = facts
    }
  }

  /// The slice over its services; `recordPath` is the page of a record, where it has one.
  public init(
    history: HistoryService, jobs: Jobs, system: System, zone: Zone,
    recordPath: @escaping @Sendable (_ kind: String, _ id: ID<AnyEntity>) -> Path?
  ) {
    self.history = history
    self.jobs = jobs
    self.system = system
    self.zone = zone
    self.recordPath = recordPath
  }

  /// Every address of the slice; the probes are apart, for they have no account.
  public var endpoints: [Endpoint] {
    let health = system.health
    let kinds = Dictionary(uniqueKeysWithValues: jobs.kinds.map { ($0.kind, $0) })
    return HistoryPages(service: history, zone: zone, path: recordPath).endpoints
      + HistoryAPI(service: history, zone: zone).endpoints + HistoryFiles(service: history, zone: zone).endpoints
      + LookPages(service: history, zone: zone).endpoints
      + JobPages(queue: jobs.queue, kinds: kinds, zone: zone, names: jobs.names).endpoints
      + SchedulePages(scheduler: jobs.scheduler, kinds: kinds, zone: zone).endpoints
      + CanaryAPI(queue: jobs.queue).endpoints
      + ScheduleAPI(queue: jobs.queue, scheduler: jobs.scheduler).endpoints
      + JobAPI(queue: jobs.queue, isStopping: { health.isDraining }).endpoints
      + SystemPages(
        doctor: system.doctor, health: health, version: system.version, zone: zone, facts: system.facts
      ).endpoints
  }

  /// The places within administration, for whoever has the rights to them.
  public static func places(_ rights: HistoryRights) -> [Site.Within] {
    [
      Site.Within("Recycle bin", path: OperationsPaths.trash, needs: [rights.restore]),
      Site.Within("Audit", path: OperationsPaths.audit, needs: [rights.audit]),
      Site.Within("Who looked", path: OperationsPaths.access, needs: [rights.audit]),
      Site.Within("Jobs", path: OperationsPaths.jobs, needs: [.manageJobs]),
      Site.Within("Schedules", path: OperationsPaths.schedules, needs: [.manageSchedules]),
      Site.Within("System", path: OperationsPaths.system, needs: [.viewSystem]),
      Site.Within("Doctor", path: OperationsPaths.doctor, needs: [.viewSystem]),
    ]
  }

  /// The page of a job: where whoever asked for it is sent.
  public static func path(ofJob job: JobID) -> Path { OperationsPaths.job(job) }

  /// Who looked at a record: for the link beside its history.
  public static func looks(at object: ID<AnyEntity>) -> Path { OperationsPaths.looks(at: object) }

  /// Where a deletion is taken back: for the button beside "Deleted".
  public static func restoration(of deletion: DeletionID) -> Path { OperationsPaths.restoration(deletion) }
}

extension Permission {
  /// See settings, health and what the doctor finds.
  public static let viewSystem = Permission("settings.view", "See the system's health and settings", scopes: [.all])
}
