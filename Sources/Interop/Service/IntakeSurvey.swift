import Kernel

/// What has to be known of a whole roster before its first row is settled: which schools use which session, what number
/// a person has at which school, and which of several rows about one job or place at school is the latest.
///
/// Only formats that tell these things late, or of several schools at once, need it; it keeps identifiers, not rows.
struct IntakeSurvey: Sendable {
  /// A student number, and the school it is of.
  struct Hint: Sendable {
    let school: String?
    let number: String?
  }

  private(set) var hints: [String: Hint] = [:]
  /// Schools by session they use; a year is used by whoever uses a term of it.
  private(set) var users: [String: Set<String>] = [:]
  private var latest: [String: (id: String, lastOn: Int)] = [:]
  private var parents: [String: String] = [:]

  /// Nothing known: for formats in which rows that belong together stand together.
  init() {}

  /// Reads the roster once to its end.
  init(of source: RosterSource) throws {
    guard source.format == .schoolDataSync2 || source.format == .oneRoster else { return }
    let reading = try source.reading()
    while let batch = try reading.next() {
      for record in batch.records { note(record) }
    }
    for (session, parent) in parents {
      guard let schools = users[session] else { continue }
      // Trees of sessions are few levels deep; a circle was refused by the reader.
      var above: String? = parent
      for _ in 0..<50 {
        guard let session = above else { break }
        users[session, default: []].formUnion(schools)
        above = parents[session]
      }
    }
  }

  /// Whether a row about a student's place or a job is the one that counts: of several the latest does.
  func counts(_ student: RosterStudent) -> Bool { counts(Self.key(student), student.id) }

  /// Whether a row about a job is the one that counts.
  func counts(_ staff: RosterStaff) -> Bool { counts(Self.key(staff), staff.id) }

  private func counts(_ key: String, _ id: String) -> Bool { latest[key].map { $0.id == id } ?? true }

  private mutating func note(_ record: RosterRecord) {
    switch record {
    case .session(let session): if let parent = session.parent { parents[session.id] = parent }
    case .student(let student):
      if hints[student.person]?.number == nil {
        hints[student.person] = Hint(school: student.school, number: student.number)
      }
      use(student.session, student.school)
      note(Self.key(student), student.id, student.lastOn)
    case .staff(let staff):
      if hints[staff.person] == nil { hints[staff.person] = Hint(school: staff.org, number: nil) }
      use(staff.session, staff.org)
      note(Self.key(staff), staff.id, staff.lastOn)
    case .section(let section): for session in section.sessions { use(session, section.school) }
    case .org, .course, .person, .enrolment, .relationship: break
    }
  }

  private mutating func use(_ session: String?, _ school: String?) {
    if let session, let school { users[session, default: []].insert(school) }
  }

  private mutating func note(_ key: String, _ id: String, _ lastOn: SchoolDate?) {
    let last = lastOn?.days ?? .max
    if let known = latest[key], known.lastOn >= last { return }
    latest[key] = (id, last)
  }

  private static func key(_ student: RosterStudent) -> String { "s\u{0}\(student.person)\u{0}\(student.school ?? "")" }

  private static func key(_ staff: RosterStaff) -> String {
    "t\u{0}\(staff.person)\u{0}\(staff.org)\u{0}\(StaffJob.key(StaffJob.title(of: staff)))"
  }
}
