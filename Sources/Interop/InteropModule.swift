public import Jobs
public import Kernel
public import Persistence
public import Rights
public import Web

/// Rosters in and out: student lists, School Data Sync and OneRoster.
///
/// Invariants: nothing is written before somebody has seen what would happen and says so; the same file twice changes
/// nothing; what an import wrote can be taken back for 30 days; passwords in a file are never kept.
public struct InteropModule: Sendable {
  /// The schema, oldest first.
  public static let migrations: [Migration] = InteropMigrations.all

  /// The rights the slice asks for.
  public static let permissions: [Permission] = [.manageImports, .makeExports]

  /// The place in the menu.
  public static let place = Site.Within("Imports", path: InteropPaths.imports, needs: [.manageImports])

  private let imports: ImportService
  private let exports: ExportService
  private let jobs: ImportJobs
  private let zone: Zone

  /// The slice over its services; imports are written by jobs of `queue`.
  public init(_ imports: ImportService, exports: ExportService, queue: JobQueue, zone: Zone = .utc) {
    self.imports = imports
    self.exports = exports
    jobs = ImportJobs(imports, queue: queue)
    self.zone = zone
  }

  /// All addresses of the slice.
  public var endpoints: [Endpoint] {
    ImportPages(imports: imports, jobs: jobs, exports: exports, zone: zone).endpoints
      + ImportAPI(imports: imports, jobs: jobs, exports: exports).endpoints
  }

  /// What does the slice's work in the background.
  public var handlers: [JobHandler] { [jobs.handler] }
}
