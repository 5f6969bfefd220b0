import Jobs
import Operations

extension DoctorCheck {
  /// Sends a canary through the line, where a server runs here that should take it, and says how long it took.
  static func canary(_ queue: JobQueue, _ settings: Settings) -> DoctorCheck {
    DoctorCheck("jobs.canary", "A job goes through the line") {
      guard LocalRequest(host: settings.host, port: settings.port).get("/health")?.contains("homeroom") == true else {
        return .well("No server answers here that could take one.")
      }
      guard let time = try await Canary(queue).time() else {
        return .warning(
          "A canary was not taken within 5 seconds; it has been taken back.",
          cure: """
            Does the server on port \(settings.port) run with --no-worker? Then start homeroom work. Is it of another \
            installation? Then give the PORT of this one.
            """)
      }
      return .well("A canary arrived after \(Int(time / .milliseconds(1))) ms.")
    }
  }
}
