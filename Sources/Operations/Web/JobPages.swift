public import Jobs
import Kernel
public import Markup
import Web

/// What people read of the jobs of one kind.
public struct JobWords: Sendable {
  /// Which jobs.
  public let kind: String
  /// What they do: "Import of a roster".
  public let title: String
  /// Where the result is to be seen, once there is one.
  let result: @Sendable (Job) -> Path?

  /// Words for a kind of job, and the page where its result is.
  public init(_ kind: String, _ title: String, result: @escaping @Sendable (Job) -> Path? = { _ in nil }) {
    self.kind = kind
    self.title = title
    self.result = result
  }
}

/// What works in the background: the list, and the page of each.
struct JobPages: Sendable {
  let queue: JobQueue
  let kinds: [String: JobWords]
  let zone: Zone
  let names: @Sendable (Set<AccountID>) async throws -> [AccountID: String]

  static let stateParameter = QueryParameter.word(
    "state", JobState.allCases.map(\.rawValue), "Only jobs that stand so.")

  var endpoints: [Endpoint] {
    [
      .page(
        "/jobs", "Your jobs, and those you may manage, newest first.", .signedIn,
        query: [Self.stateParameter, .id("after", "The last job of the page before.")], list),
      .listFile(
        "/jobs.csv", "Your jobs, and those you may manage, as a file for spreadsheets.", .signedIn,
        query: [Self.stateParameter], file),
      .listFile(
        "/api/v1/jobs.csv", "Your jobs, and those you may manage, as a file for spreadsheets.", .signedIn,
        query: [Self.stateParameter], file),
      .page("/jobs/{id}", "How far a job is.", .signedIn, show),
      .form("/jobs/{id}/cancellation", "Asks for a job to end.", .signedIn, cancel),
      .form("/jobs/{id}/retry", "Has a job tried again.", .signedIn, retry),
    ]
  }

  static func states(_ call: Call) -> [JobState] { call.query("state").flatMap(JobState.init).map { [$0] } ?? [] }

  private func list(_ call: Call) async throws -> Reply {
    let states = Self.states(call)
    let page = try await queue.page(states, call.page, by: call.actor)
    let names = try await names(Set(page.items.compactMap(\.account)))
    return try call.page("Jobs", within: OperationsPaths.jobs) {
      JobListView(
        page: page, state: states.first, isFirst: call.query("after") == nil, titles: kinds.mapValues(\.title),
        names: names, words: MomentWords(zone: zone))
    }
  }

  private func file(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let states = Self.states(call)
    let file = ListFile<(job: Job, who: String)>(
      "jobs.csv",
      [
        .init("What") { line in kinds[line.job.kind]?.title ?? line.job.kind },
        .init("State") { $0.job.state.rawValue },
        .init("Done") { "\($0.job.progress.done)" }, .init("Of") { $0.job.progress.total.map(String.init) },
        .init("Asked for by") { $0.who }, .init("Asked for") { $0.job.createdAt.description },
        .init("Begun") { $0.job.startedAt?.description }, .init("Over") { $0.job.finishedAt?.description },
        .init("Attempts") { "\($0.job.attempts)" }, .init("Problem") { $0.job.problem?["code"]?.string },
        .init("Number") { $0.job.id.description },
      ])
    return try await file.reply { after in
      let page = try await queue.page(states, .ofFile(after: after), by: actor)
      let names = try await names(Set(page.items.compactMap(\.account)))
      return page.map { (job: $0, who: HistoryService.name($0.account, names)) }
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let job = try await queue.find(try call.id("id"), by: call.actor)
    let names = try await names(Set([job.account].compactMap { $0 }))
    let title = kinds[job.kind]?.title ?? job.kind
    return try call.page(
      title, within: OperationsPaths.jobs, breadcrumbs: [Crumb("Jobs", path: OperationsPaths.jobs), Crumb(title)],
      refreshSeconds: job.state.isOver ? nil : 2
    ) {
      JobView(
        job: job, title: title, who: HistoryService.name(job.account, names),
        result: job.state == .done ? kinds[job.kind]?.result(job) : nil, now: call.at, words: MomentWords(zone: zone))
    }
  }

  private func cancel(_ call: Call) async throws -> Reply {
    let job = try await queue.cancel(try call.id("id"), by: call.actor)
    let words =
      switch job.state {
      case .cancelled: "Cancelled."
      case .waiting, .running: "It ends as soon as it can. What it did stays done."
      case .done, .failed, .quarantined: "It was over already."
      }
    return .seeOther(OperationsPaths.job(job.id), flash: words)
  }

  private func retry(_ call: Call) async throws -> Reply {
    let job = try await queue.retry(try call.id("id"), by: call.actor)
    return .seeOther(OperationsPaths.job(job.id), flash: "It is in line again.")
  }
}
