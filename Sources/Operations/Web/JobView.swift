import Jobs
import Kernel
import Markup
import Web

struct JobListView: View {
  let page: Page<Job>
  let state: JobState?
  let isFirst: Bool
  let titles: [String: String]
  let names: [AccountID: String]
  let words: MomentWords

  var body: HTML {
    PageHeader("Jobs", about: "What works in the background, for longer than a page takes to load.") {
      ButtonLink("Export", to: OperationsPaths.jobsFile.query(["state": state?.rawValue]), icon: .download)
    }
    Tabs(
      "Jobs by state",
      [.init("All", path: OperationsPaths.jobs, isCurrent: state == nil)]
        + JobState.allCases.map {
          .init($0.rawValue.capitalizedFirst, path: Self.path($0), isCurrent: state == $0)
        })
    if page.items.isEmpty {
      EmptyState(
        "No jobs", icon: .jobs,
        reason: state == nil
          ? "Imports and edits of many records at once appear here." : "No job stands so at this moment.")
    } else {
      DataTable(
        caption: "Jobs, newest first",
        columns: [
          .init("What"), .init("State"), .init("Done", .number, isNamedOnPhones: true), .init("Asked for by"),
          .init("When", .unbroken),
        ], rows: page.items.map(row))
      Pager(
        shown: CountWords.of(page.items.count, "job", "jobs"),
        first: isFirst ? nil : Self.path(state),
        next: page.next.map { Self.path(state).query(["after": $0.description]) })
    }
  }

  private static func path(_ state: JobState?) -> Path { OperationsPaths.jobs.query(["state": state?.rawValue]) }

  private func row(_ job: Job) -> DataTable.Row {
    let title = titles[job.kind] ?? job.kind
    return DataTable.Row(
      name: title, lead: a(.href(OperationsPaths.job(job.id))) { title },
      cells: [
        StateWord(job.state.rawValue.capitalizedFirst, job.state.tone).body,
        HTML(text: job.progress.total.map { "\(job.progress.done) of \($0)" } ?? "\(job.progress.done)"),
        bdi { HistoryService.name(job.account, names) }, HTML(text: words.moment(job.createdAt)),
      ])
  }
}

extension JobState {
  var tone: Tone {
    switch self {
    case .waiting, .cancelled: .plain
    case .running: .info
    case .done: .ok
    case .failed, .quarantined: .danger
    }
  }
}

struct JobView: View {
  let job: Job
  let title: String
  let who: String
  let result: Path?
  let now: Instant
  let words: MomentWords

  /// All of it is one region with news: when the job ends, its end, its result and what can be done now come as well.
  var body: HTML {
    div(.id("job-page"), .data("events", job.state.isOver ? nil : OperationsPaths.events(job.id).description)) {
      PageHeader(title) {
        if let result { ButtonLink("See the result", .primary, to: result) }
        if job.state.mayBeRetried || isPausing {
          form(.method(.post), .action(OperationsPaths.retry(job.id))) { Button(isPausing ? "Try now" : "Try again") }
        }
      }
      div(.class("stack")) {
        Web.JobProgress(
          title: job.progress.step ?? title, state: state, detail: detail,
          cancel: job.isCancelAsked ? nil : OperationsPaths.cancellation(job.id))
        notices
        Facts(facts)
        outcome
      }
    }
  }

  @HTMLBuilder private var notices: HTML {
    if job.isCancelAsked, !job.state.isOver {
      Notice("It is about to end.", .info) { "What it did so far stays done." }
    }
    if let problem = job.problem, job.state != .done { self.problem(problem) }
  }

  private var facts: [Facts.Fact] {
    let facts: [Facts.Fact?] = [
      .init("Asked for by") { bdi { who } }, .init("Asked for", words.moment(job.createdAt)),
      .init("Begun", job.startedAt.map { words.moment($0) }), .init("Over", job.finishedAt.map { words.moment($0) }),
      .init("Attempts", attempts),
      job.skips > 0 ? .init("Asked for again", skips) : nil,
      .init("Number") { code { job.id.description } },
    ]
    return facts.compactMap { $0 }
  }

  /// What does not fit beside a word is on the page of the result.
  @HTMLBuilder private var outcome: HTML {
    if case .object(let members)? = job.result {
      let facts = members.compactMap(Self.fact)
      if !facts.isEmpty { PageSection("What came of it") { Facts(facts) } }
    }
  }

  /// Whether it waits for its next attempt after a fault.
  private var isPausing: Bool { job.state == .waiting && job.runAfter > now }

  private var attempts: String {
    let ends = [
      job.failures > 0 ? "\(job.failures) with a fault" : nil,
      job.deaths > 0 ? "\(job.deaths) by the end of the program" : nil,
    ].compactMap { $0 }
    return ends.isEmpty ? "\(job.attempts)" : "\(job.attempts), ended \(ends.joined(separator: " and "))"
  }

  private var skips: String {
    job.skips == 1
      ? "once, while this was in line: not done twice" : "\(job.skips) times, while this was in line: done once"
  }

  private var state: Web.JobProgress.State {
    switch job.state {
    case .waiting: .waiting
    case .running: .running(done: job.progress.done, total: job.progress.total)
    case .done: .done
    case .failed: .failed
    case .quarantined: .quarantined
    case .cancelled: .cancelled
    }
  }

  /// How many are done, how fast, and how long the rest will take at that rate.
  private var detail: String? {
    let (done, total) = (job.progress.done, job.progress.total)
    var parts: [String] = []
    if let total { parts.append("\(done) of \(total)") } else if done > 0 { parts.append("\(done) done") }
    if let started = job.startedAt, done > 0 {
      let seconds = max(1, ((job.finishedAt ?? now).milliseconds - started.milliseconds) / 1000)
      if done >= seconds { parts.append("\(done / seconds) a second") }
      if !job.state.isOver, let total, total > done {
        parts.append("about \(MomentWords.span(seconds: (total - done) * seconds / done)) left")
      }
      if job.state.isOver { parts.append("in \(MomentWords.span(seconds: seconds))") }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func problem(_ problem: JSON) -> HTML {
    let isLast = job.state == .failed || job.state == .quarantined
    return Notice(problem["title"]?.string ?? "It failed", isLast ? .danger : .warn) {
      problem["detail"]?.string ?? ""
      if isPausing { " It is tried again by itself, \(words.moment(job.runAfter))." }
      if let code = problem["code"]?.string {
        " "
        a(.href("/problems/\(code.lowercased().replacing("_", with: "-"))")) { "What this means" }
      }
    }.body
  }

  private static func fact(_ name: String, _ value: JSON) -> Facts.Fact? {
    switch value {
    case .object, .array, .null: nil
    default: .init(words(of: name), value.string ?? value.text)
    }
  }

  /// `leftAlone` as `Left alone`.
  private static func words(of name: String) -> String {
    name.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }.capitalizedFirst
  }
}
