public import Persistence
public import Record

/// Registers made up or brought in by the thousand, inside a caller's transaction: the demo school and imports.
///
/// No permission is asked and no rule but the database's own holds here; every row gets its audit entry and its first
/// version.
public struct AttendanceIntake: Sendable {
  private let record: Record

  /// An intake that writes through `record`.
  public init(record: Record) { self.record = record }

  /// Writes the built-in codes down where they are not there yet; marks refer to them, so this comes first.
  public func insertPresets(_ change: Change, in tx: any Connection) throws {
    let known = try tx.all("SELECT id FROM attendance_code_live WHERE org_id IS NULL LIMIT 100") { row in
      try row.next() as AttendanceCodeID
    }
    try record.insert(
      AttendanceCode.presets.filter { !known.contains($0.id) }, into: AttendanceCode.table, change.at(nil), in: tx)
  }

  /// Inserts registers with their marks.
  public func insert(
    registers: [RegisterHeader], marks: [Mark], _ change: Change, in tx: any Connection
  ) throws {
    try record.insert(registers, into: RegisterHeader.table, change, in: tx)
    try record.insert(marks, into: Mark.table, change, in: tx)
  }
}
