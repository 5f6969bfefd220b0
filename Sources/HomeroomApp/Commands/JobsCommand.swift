import ArgumentParser
import Jobs
import Kernel
import Rights

/// `homeroom jobs stats|list|retry|cancel`
struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Says what works in the background, has it tried again, and stops it.",
    subcommands: [Stats.self, List.self, Retry.self, Cancel.self])

  struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says how the line of jobs is.",
      discussion: "Example: homeroom jobs stats --json")
    @OptionGroup var installation: Installation
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let standing = try await wiring.jobs.standing()
        let figures = [
          ("waiting", standing.waiting), ("later", standing.later), ("running", standing.running),
          ("silent", standing.silent), ("failed", standing.failed), ("quarantined", standing.quarantined),
        ]
        if json {
          Console.say(JSON.object(figures.map { ($0.0, .int($0.1)) }).text)
        } else {
          for (name, count) in figures { Console.say("\(name) \(count)") }
        }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists jobs, newest first.", discussion: "Example: homeroom jobs list --state failed --json")
    @OptionGroup var installation: Installation
    @Option(help: "Only jobs that stand so: waiting, running, done, failed, quarantined or cancelled.")
    var state: String?
    @Option(help: "At most so many, 1 to 200.") var limit = 100
    @Flag(help: "Answer in JSON.") var json = false

    func validate() throws {
      guard state.map({ JobState(rawValue: $0) != nil }) ?? true else {
        throw ValidationError("--state is one of: \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      guard (1...200).contains(limit) else { throw ValidationError("--limit is a whole number from 1 to 200.") }
    }

    func run() async throws {
      let states = state.flatMap(JobState.init).map { [$0] } ?? []
      try await Wiring.with(installation) { wiring in
        let jobs = try await wiring.jobs.page(states, PageRequest(limit: limit), by: .system("jobs list"))
        for job in jobs.items {
          let done = job.progress.total.map { "\(job.progress.done)/\($0)" } ?? "-"
          Console.say(
            json
              ? JSON.object([
                ("id", .string(job.id.description)), ("kind", .string(job.kind)),
                ("state", .string(job.state.rawValue)), ("attempts", .int(job.attempts)),
                ("done", .int(job.progress.done)), ("total", job.progress.total.map(JSON.int) ?? .null),
                ("problem", job.problem ?? .null),
              ]).text
              : "\(job.id)  \(job.kind)  \(job.state.rawValue)  \(done)  \(job.problem?["code"]?.string ?? "")")
        }
      }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has a job tried again that failed, is in quarantine or was cancelled.",
      discussion: "Example: homeroom jobs retry 0193…   homeroom jobs retry --failed")
    @OptionGroup var installation: Installation
    @Argument(help: "The job's identifier.") var job: String?
    @Flag(help: "All dead letters, instead of one job.") var failed = false

    func validate() throws {
      guard (job == nil) == failed else { throw ValidationError("Give the identifier of a job, or --failed.") }
    }

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let actor = Actor.system("jobs retry")
        guard failed else {
          let again = try await wiring.jobs.retry(try JobsCommand.id(job ?? ""), by: actor)
          return Console.say("The job is \(again.state.rawValue).")
        }
        var (retried, left) = (0, 0)
        var page: PageRequest? = PageRequest(limit: 200)
        while let request = page {
          let jobs = try await wiring.jobs.page([.failed], request, by: actor)
          for job in jobs.items {
            do {
              try await wiring.jobs.retry(job.id, by: actor)
              retried += 1
            } catch let problem as Problem {
              left += 1
              Console.error("\(job.id): \(problem.detail)")
            }
          }
          page = jobs.next.map { PageRequest(limit: 200, after: $0) }
        }
        Console.say("\(retried) jobs are in line again\(left > 0 ? ", \(left) are not" : "").")
      }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Cancels a job that waits or runs.", discussion: "Example: homeroom jobs cancel 0193…")
    @OptionGroup var installation: Installation
    @Argument(help: "The job's identifier.") var job: String

    func run() async throws {
      let id = try JobsCommand.id(job)
      try await Wiring.with(installation) { wiring in
        let cancelled = try await wiring.jobs.cancel(id, by: .system("jobs cancel"))
        Console.say("The job is \(cancelled.state.rawValue).")
      }
    }
  }

  private static func id(_ text: String) throws -> JobID {
    guard let id = JobID(text) else { throw ValidationError("A job has an identifier of 36 characters.") }
    return id
  }
}
