import Jobs
import Kernel
import Markup

/// The addresses of history, recycle bin, jobs and system.
enum OperationsPaths {
  static let audit: Path = "/audit"
  static let trash: Path = "/trash"
  static let access: Path = "/access"
  static let accessFile: Path = "/access.csv"
  static let auditFile: Path = "/audit.csv"
  static let trashFile: Path = "/trash.csv"
  static let jobs: Path = "/jobs"
  static let jobsFile: Path = "/jobs.csv"
  static let schedules: Path = "/jobs/schedules"
  static let doctor: Path = "/admin/doctor"
  static let system: Path = "/admin/system"

  static func undo(_ id: AuditID) -> Path { "/audit/\(id)/undo" }
  static func restoration(_ id: DeletionID) -> Path { "/trash/\(id)/restoration" }
  static func job(_ id: JobID) -> Path { "/jobs/\(id)" }
  static func cancellation(_ id: JobID) -> Path { "/jobs/\(id)/cancellation" }
  static func schedule(_ id: ID<JobSchedule.Identity>) -> Path { "/jobs/schedules/\(id)" }
  static func runs(of id: ID<JobSchedule.Identity>) -> Path { "/jobs/schedules/\(id)/runs" }
  static func retry(_ id: JobID) -> Path { "/jobs/\(id)/retry" }
  static func events(_ id: JobID) -> Path { "/api/v1/jobs/\(id)/events" }

  /// Who looked at one record.
  static func looks(at object: ID<AnyEntity>) -> Path { access.query(["object": object.description]) }

  /// The history of one record.
  static func history(_ object: ID<AnyEntity>) -> Path { audit.query(["object": object.description]) }
}
