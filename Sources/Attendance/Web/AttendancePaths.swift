public import Kernel
public import Markup

/// The addresses of attendance.
public enum AttendancePaths {
  /// The registers of a day, missing ones in bold.
  public static let day: Path = "/attendance/day"
  /// The same as a file.
  static let dayFile: Path = "/attendance/day.csv"
  /// The registers that the reader takes today.
  public static let registers: Path = "/attendance/registers"

  /// The registers of a certain day.
  public static func day(_ date: SchoolDate) -> Path { day.query(["on": date.description]) }

  /// The register of a section on a day.
  public static func register(_ key: RegisterKey) -> Path {
    let path: Path = "/attendance/register/\(key.section)/\(key.date)"
    return key.period == 0 ? path : path.query(["period": String(key.period)])
  }

  /// The same register in the API.
  static func api(_ key: RegisterKey) -> Path { "/api/v1/registers/\(key.section)/\(key.date)" }
}
