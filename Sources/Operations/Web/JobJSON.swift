import Jobs
import Kernel
import Web

/// A job as JSON.
struct JobJSON: Sendable {
  var id: JobID
  var kind: String
  var state: Word
  var done: Int
  var total: Int?
  var step: String?
  var attempts: Int
  var failures: Int
  var deaths: Int
  var skips: Int
  var isCancelAsked: Bool
  var account: AccountID?
  var org: OrgID?
  var result: JSON?
  var problem: JSON?
  var revision: Int
  var createdAt: Instant
  var runAfter: Instant
  var startedAt: Instant?
  var finishedAt: Instant?

  /// The states as the API says them.
  enum Word: String, CaseIterable {
    case waiting, running, done, failed, quarantined, cancelled
  }

  static let shape = Shape(
    "Job",
    sample: JobJSON(
      id: sampleID(1), kind: "import.commit", state: .running, done: 1200, total: 8600, step: "Students", attempts: 1,
      failures: 0, deaths: 0, skips: 0, isCancelAsked: false, account: sampleID(2), org: sampleID(3), result: nil,
      problem: nil, revision: 7, createdAt: sampleMoment, runAfter: sampleMoment, startedAt: sampleMoment,
      finishedAt: nil)
  ) { visit, it in
    visit("id", &it.id, .id(), "The job's identifier.")
    visit("kind", &it.kind, .made, "What is to be done.")
    visit("state", &it.state, .word, "Where it stands.")
    visit("done", &it.done, .count, "Pieces done.")
    visit("total", &it.total, .count, "Pieces in all, once that is known.")
    visit("step", &it.step, .made, "What it is at.")
    visit("attempts", &it.attempts, .count, "How often it was begun.")
    visit("failures", &it.failures, .count, "How many attempts ended with a fault, since it was last asked for.")
    visit("deaths", &it.deaths, .count, "How many ended with the death of the worker's process; three set it aside.")
    visit("skips", &it.skips, .count, "How often the same was asked for while this was in line, and not added.")
    visit("cancelAsked", &it.isCancelAsked, .bool, "Whether somebody asked for it to end.")
    visit("accountId", &it.account, .id(), "Who asked for it; null for the system itself.")
    visit("orgId", &it.org, .id(), "At which organisation.")
    visit("result", &it.result, .anything, "What came of it, once done.")
    visit("problem", &it.problem, .anything, "Why it failed, or why the last attempt did: code, title, detail.")
    visit("revision", &it.revision, .count, "Goes up with every change; also the id of events.")
    visit("createdAt", &it.createdAt, .instant, "When it was asked for.")
    visit("runAfter", &it.runAfter, .instant, "Not before this moment.")
    visit("startedAt", &it.startedAt, .instant, "When it was first begun.")
    visit("finishedAt", &it.finishedAt, .instant, "When it was done, failed or was cancelled.")
  }
}

extension JobJSON {
  init(_ job: Job) {
    self.init(
      id: job.id, kind: job.kind, state: Word(job.state), done: job.progress.done, total: job.progress.total,
      step: job.progress.step, attempts: job.attempts, failures: job.failures, deaths: job.deaths, skips: job.skips,
      isCancelAsked: job.isCancelAsked, account: job.account, org: job.org, result: job.result, problem: job.problem,
      revision: job.revision, createdAt: job.createdAt, runAfter: job.runAfter, startedAt: job.startedAt,
      finishedAt: job.finishedAt)
  }
}

extension JobJSON.Word {
  init(_ state: JobState) {
    self =
      switch state {
      case .waiting: .waiting
      case .running: .running
      case .done: .done
      case .failed: .failed
      case .quarantined: .quarantined
      case .cancelled: .cancelled
      }
  }
}
