/// Looks at everything that can be wrong with an installation, and cures what can be cured safely.
public struct Doctor: Sendable {
  private let checks: [DoctorCheck]

  /// A doctor with the checks of all slices.
  public init(_ checks: [DoctorCheck]) { self.checks = checks }

  /// What one check came to.
  public struct Outcome: Sendable {
    /// The check's name.
    public let name: String
    /// What it looks at.
    public let title: String
    /// What it found.
    public let finding: DoctorCheck.Finding
    /// What was done about it, if something was.
    public let cured: String?
  }

  /// Runs every check, one after the other; with `fix`, cures what has a safe cure and looks again.
  public func examine(fix: Bool) async -> [Outcome] {
    var outcomes: [Outcome] = []
    for check in checks {
      var finding = await look(check)
      var cured: String?
      if fix, let cure = check.fix, !finding.isWell {
        do {
          cured = try await cure()
          finding = await look(check)
        } catch {
          cured = nil
        }
      }
      outcomes.append(Outcome(name: check.name, title: check.title, finding: finding, cured: cured))
    }
    return outcomes
  }

  private func look(_ check: DoctorCheck) async -> DoctorCheck.Finding {
    do {
      return try await check.run()
    } catch {
      return .failure("The check itself failed: \(type(of: error)).", cure: "See the log; then run it again.")
    }
  }
}

extension DoctorCheck.Finding {
  /// Whether nothing needs doing.
  public var isWell: Bool {
    if case .well = self { return true }
    return false
  }

  /// Whether something is broken.
  public var isFailure: Bool {
    if case .failure = self { return true }
    return false
  }
}
