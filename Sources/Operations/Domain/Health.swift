public import Kernel

/// How a part of the system is.
public enum ComponentState: String, Sendable, CaseIterable {
  /// It works.
  case ok
  /// It works, but not as well as it should.
  case degraded
  /// It does not work.
  case down
  /// It is not configured, and nothing is wrong with that.
  case unused
}

/// How the whole is, as of one check.
public struct Health: Sendable, Equatable {
  /// The parts by the names that the runbooks use.
  public let components: [(name: String, state: ComponentState)]
  /// When it was checked.
  public let at: Instant
  /// Seconds since the start of this process.
  public let uptime: Int

  /// `unhealthy` without a database or a disk to write to, `degraded` when something else is not as it should be.
  public var status: String {
    let essential = components.filter { ["database", "disk"].contains($0.name) }
    if essential.contains(where: { $0.state == .down }) { return "unhealthy" }
    return components.contains { $0.state == .down || $0.state == .degraded } ? "degraded" : "healthy"
  }

  /// What people call a part: what the runbooks know as `rq_queue` is the line of jobs.
  public static func title(of part: String) -> String {
    part == "rq_queue" ? "Jobs" : part.replacing("_", with: " ").capitalizedFirst
  }

  public static func == (left: Health, right: Health) -> Bool {
    left.at == right.at && left.uptime == right.uptime
      && left.components.elementsEqual(right.components) { $0.name == $1.name && $0.state == $1.state }
  }
}

/// One thing that `doctor` looks at: a title, what it finds, and what to do about it.
public struct DoctorCheck: Sendable {
  /// What a check found.
  public enum Finding: Sendable, Equatable {
    /// All is well; with a figure worth knowing.
    case well(String)
    /// Something to look at: what, and the cure.
    case warning(String, cure: String)
    /// Something is broken: what, and the cure.
    case failure(String, cure: String)
  }

  /// A short stable name, such as `database.integrity`.
  public let name: String
  /// What it looks at, in words.
  public let title: String
  let run: @Sendable () async throws -> Finding
  let fix: (@Sendable () async throws -> String)?

  /// A check, and its fix where there is a safe one.
  public init(
    _ name: String, _ title: String, run: @escaping @Sendable () async throws -> Finding,
    fix: (@Sendable () async throws -> String)? = nil
  ) {
    self.name = name
    self.title = title
    self.run = run
    self.fix = fix
  }
}
