public import Kernel

/// What an import does, or would do, counted by sort of record, and what was found by cause.
public struct ImportCounts: Sendable, Equatable {
  /// The records of one sort.
  public struct Tally: Sendable, Equatable {
    /// They are new.
    public var create = 0
    /// They are here and say something else.
    public var update = 0
    /// They are here just so.
    public var unchanged = 0
    /// They cannot be brought in.
    public var error = 0

    /// All of them.
    public var total: Int { create + update + unchanged + error }
  }

  /// Findings of one cause.
  public struct Cause: Sendable, Equatable {
    /// How bad it is.
    public var severity: Finding.Severity
    /// How often it was found.
    public var count: Int
  }

  /// The records by sort.
  public internal(set) var kinds: [RosterKind: Tally] = [:]
  /// The findings by code.
  public internal(set) var causes: [String: Cause] = [:]
  /// Rows with at least one error; rows that could not be read as any record are among them.
  public internal(set) var errorRows = 0

  /// Nothing counted yet.
  public init() {}

  /// The records of a sort.
  public subscript(kind: RosterKind) -> Tally {
    get { kinds[kind] ?? Tally() }
    set { kinds[kind] = newValue }
  }

  /// All records together; `error` counts rows.
  public var sum: Tally {
    var sum = kinds.values.reduce(into: Tally()) { sum, tally in
      sum.create += tally.create
      sum.update += tally.update
      sum.unchanged += tally.unchanged
    }
    sum.error = errorRows
    return sum
  }

  /// Records of all sorts.
  public var records: Int { kinds.values.reduce(0) { $0 + $1.total } }
  /// How many records would change something, or did.
  public var changes: Int { sum.create + sum.update }
  /// How many records stand as the file has them, or would.
  public var good: Int { changes + sum.unchanged }
  /// Findings that are errors.
  public var errors: Int { causes.values.reduce(0) { $0 + ($1.severity == .error ? $1.count : 0) } }
  /// Findings that are warnings.
  public var warnings: Int { causes.values.reduce(0) { $0 + ($1.severity == .warning ? $1.count : 0) } }

  mutating func note(_ finding: Finding) {
    causes[finding.code, default: Cause(severity: finding.severity, count: 0)].count += 1
    if finding.severity == .error { causes[finding.code]?.severity = .error }
  }

  mutating func add(_ other: ImportCounts) {
    for (kind, tally) in other.kinds {
      self[kind].create += tally.create
      self[kind].update += tally.update
      self[kind].unchanged += tally.unchanged
      self[kind].error += tally.error
    }
    errorRows += other.errorRows
  }
}

extension ImportCounts {
  /// As it is kept and answered.
  public var json: JSON {
    .object([
      ("kinds", .object(RosterKind.allCases.compactMap { kind in kinds[kind].map { (kind.rawValue, $0.json) } })),
      (
        "causes",
        .object(
          causes.sorted { $0.key < $1.key }.map { code, cause in
            (code, .object([("severity", .string(cause.severity.rawValue)), ("count", .int(cause.count))]))
          })
      ), ("errorRows", .int(errorRows)),
    ])
  }

  init(_ json: JSON) {
    if case .object(let members)? = json["kinds"] {
      for (name, value) in members {
        guard let kind = RosterKind(rawValue: name) else { continue }
        kinds[kind] = Tally(
          create: value["create"]?.int ?? 0, update: value["update"]?.int ?? 0,
          unchanged: value["unchanged"]?.int ?? 0, error: value["error"]?.int ?? 0)
      }
    }
    if case .object(let members)? = json["causes"] {
      for (code, value) in members {
        guard let severity = (value["severity"]?.string).flatMap(Finding.Severity.init) else { continue }
        causes[code] = Cause(severity: severity, count: value["count"]?.int ?? 0)
      }
    }
    errorRows = json["errorRows"]?.int ?? 0
  }
}

extension ImportCounts.Tally {
  var json: JSON {
    .object([
      ("create", .int(create)), ("update", .int(update)), ("unchanged", .int(unchanged)), ("error", .int(error)),
    ])
  }
}

extension RosterKind {
  /// The sort in words, for more than one of it.
  public var plural: String {
    switch self {
    case .org: "schools"
    case .session: "years and terms"
    case .course: "courses"
    case .person: "people"
    case .student: "students"
    case .staff: "staff"
    case .section: "sections"
    case .enrolment: "enrolments"
    case .relationship: "guardians"
    }
  }
}

extension Finding {
  /// As it is answered: where it is, what stands there, and what to do.
  public var json: JSON {
    .object([
      ("severity", .string(severity.rawValue)), ("code", .string(code)), ("file", .string(file)),
      ("row", row.map(JSON.int) ?? .null), ("column", column.map(JSON.string) ?? .null),
      ("value", value.map(JSON.string) ?? .null), ("message", .string(message)),
    ])
  }
}
