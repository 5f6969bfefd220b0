import ArgumentParser
import Jobs
import Kernel
import Rights

/// `homeroom jobs list|cancel`
struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Says what works in the background, and stops it.",
    subcommands: [List.self, Cancel.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists jobs, newest first.", discussion: "Example: homeroom jobs list --json")
    @OptionGroup var installation: Installation
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let jobs = try await wiring.jobs.page([], PageRequest(limit: 100), by: .system("jobs list"))
        for job in jobs.items {
          let done = job.progress.total.map { "\(job.progress.done)/\($0)" } ?? "-"
          Console.say(
            json
              ? JSON.object([
                ("id", .string(job.id.description)), ("kind", .string(job.kind)),
                ("state", .string(job.state.rawValue)),
                ("done", .int(job.progress.done)), ("total", job.progress.total.map(JSON.int) ?? .null),
              ]).text
              : "\(job.id)  \(job.kind)  \(job.state.rawValue)  \(done)")
        }
      }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Cancels a job that waits or runs.", discussion: "Example: homeroom jobs cancel 0193…")
    @OptionGroup var installation: Installation
    @Argument(help: "The job's identifier.") var job: String

    func run() async throws {
      guard let id = JobID(job) else { throw ValidationError("A job has an identifier of 36 characters.") }
      try await Wiring.with(installation) { wiring in
        let cancelled = try await wiring.jobs.cancel(id, by: .system("jobs cancel"))
        Console.say("The job is \(cancelled.state.rawValue).")
      }
    }
  }
}
