/// The formats a roster may come in.
public enum RosterFormat: String, Sendable, CaseIterable {
  /// One CSV of students, columns in any order and under many names.
  case plainStudents = "plain-students"
  /// Microsoft School Data Sync, format V1: School.csv, Section.csv, Student.csv, ….
  case schoolDataSync1 = "sds-v1"
  /// Microsoft School Data Sync, format V2.1: orgs.csv, users.csv, roles.csv, ….
  case schoolDataSync2 = "sds-v2.1"
  /// 1EdTech OneRoster 1.2 or 1.1, bulk CSV with a manifest.
  case oneRoster = "oneroster"

  /// The name people know it by.
  public var title: String {
    switch self {
    case .plainStudents: "A student list"
    case .schoolDataSync1: "School Data Sync V1"
    case .schoolDataSync2: "School Data Sync V2.1"
    case .oneRoster: "OneRoster"
    }
  }

  /// Tells the format by the names of the files, and where those do not decide it, by their headers.
  public static func detect(_ files: RosterFiles) throws(RosterProblem) -> RosterFormat {
    if files["manifest.csv"] != nil { return .oneRoster }
    if files["Student.csv"] != nil && files["School.csv"] != nil { return .schoolDataSync1 }
    if let users = files["users.csv"], files["orgs.csv"] != nil {
      let header = try RosterTable.read(users, file: files.spelling(of: "users.csv")).header
      if header.contains("enabledUser") { throw .missingFile("manifest.csv", format: .oneRoster) }
      return .schoolDataSync2
    }
    if files.names.count == 1, let name = files.names.first, let bytes = files[name] {
      if ColumnMapping.guess(header: try RosterTable.read(bytes, file: name).header).isUsable { return .plainStudents }
    }
    throw .unknownFormat(files: files.names)
  }
}
