public import Markup

/// How far a long job has come. While it runs the script listens for news and fetches this region again; browsers
/// without scripts load the page again (`ShellModel.refreshSeconds`).
public struct JobProgress: View {
  /// Where a job stands.
  public enum State: Sendable, Equatable {
    /// Waits for its turn.
    case waiting
    /// Runs: so many steps done, of how many if that is known.
    case running(done: Int, total: Int?)
    /// Done, well.
    case done
    /// Ended with a fault.
    case failed
    /// Set aside, for its worker's process died each time.
    case quarantined
    /// Stopped by a person.
    case cancelled

    /// Says that nothing more will happen.
    public var isFinished: Bool {
      switch self {
      case .waiting, .running: false
      case .done, .failed, .quarantined, .cancelled: true
      }
    }
  }

  private let id: String
  private let title: String
  private let state: State
  private let detail: String?
  private let events: Path?
  private let cancel: Path?

  /// A job. `detail` says the step, the rate and the time left; `events` is its stream of server-sent events.
  public init(
    id: String = "job", title: String, state: State, detail: String? = nil, events: Path? = nil, cancel: Path? = nil
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.detail = detail
    self.events = events
    self.cancel = cancel
  }

  public var body: HTML {
    div(.class("job"), .id(id), .data("events", state.isFinished ? nil : events?.description)) {
      p(.class("job-line")) {
        StateWord(word, tone)
        b { title }
        if let detail { " \(span(.class("muted")) { detail })" }
      }
      bar
      if let cancel, !state.isFinished { form(.method(.post), .action(cancel)) { Button("Cancel") } }
    }
  }

  private var bar: HTML {
    switch state {
    case .waiting: return progress(.class("progress"), .ariaLabel(title)) { "waits" }
    case .running(let done, let total?):
      let percent = total > 0 ? min(100, done * 100 / total) : 0
      return progress(.class("progress"), .max(max(total, 1)), .value(done), .ariaLabel(title)) { "\(percent) %" }
    case .running(let done, nil): return progress(.class("progress"), .ariaLabel(title)) { "\(done) done" }
    case .done: return progress(.class("progress"), .max(1), .value(1), .ariaLabel(title)) { "100 %" }
    case .failed, .quarantined, .cancelled: return .empty
    }
  }

  private var word: String {
    switch state {
    case .waiting: "Waits"
    case .running: "Running"
    case .done: "Done"
    case .failed: "Failed"
    case .quarantined: "Quarantined"
    case .cancelled: "Cancelled"
    }
  }

  private var tone: Tone {
    switch state {
    case .waiting, .cancelled: .plain
    case .running: .info
    case .done: .ok
    case .failed, .quarantined: .danger
    }
  }
}
