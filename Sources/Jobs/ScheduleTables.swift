import Kernel
public import Persistence
public import Record

extension JobSchedule: RecordedRow, RowDecodable {
  /// Schedules, with their history.
  public static let table = RecordedTable<JobSchedule>(
    "job_schedule", "jobs_schedule",
    columns: [
      .text("key", \.key), .text("kind", \.kind), .text("cron", \.cron), .text("zone", \.zone),
      .text("missed", { $0.missed.rawValue }), .bool("is_on", \.isOn),
    ])

  /// The columns as rows are read, from `s`.
  public static let columns: SQL = "s.id, s.version, s.key, s.kind, s.cron, s.zone, s.missed, s.is_on"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), key: try row.next(), kind: try row.next(), cron: try row.next(),
      zone: try row.next(), missed: try row.next(), isOn: try row.next())
  }
}

extension PlannedRun: RowDecodable {
  /// The columns as rows are read, from `r`.
  public static let columns: SQL = "r.due_at, r.missed, r.job_id, r.skipped, r.noted_at"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      dueAt: try row.next(), missed: try row.next(), job: try row.next(), skipped: try row.next(),
      notedAt: try row.next())
  }
}
