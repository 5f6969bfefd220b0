import Kernel
import Markup
import Rights
import Web

/// Edits of many students as JSON.
struct BulkChangeAPI: Sendable {
  let changes: BulkChanges

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/api/v1/student-changes",
        "Does the same to many students: at once for up to \(BulkEdit.limit), as a job (202) for more.",
        .needs(.editStudents), input: .json(NewBulkChangeJSON.shape), answer: .one(BulkChangeJSON.shape), status: 201,
        laterStatus: 202, refusals: [404, 409], handler: make),
      Endpoint(
        .get, "/api/v1/student-changes/{id}", "How far an edit of many students is.", .needs(.editStudents),
        answer: .one(BulkChangeJSON.shape), handler: show),
      Endpoint(
        .post, "/api/v1/student-changes/{id}/undo",
        "Takes an edit of many students back, for \(BulkChange.undoDays) days; as a job (202) when it had many.",
        .needs(.editStudents), answer: .one(BulkChangeJSON.shape), laterStatus: 202, refusals: [409], handler: undo),
    ]
  }

  private func make(_ call: Call) async throws -> Reply {
    let new = try call.json(NewBulkChangeJSON.shape)
    let change = try await changes.make(new.edit, to: new.choice, by: call.actor)
    return answer(change, done: 201)
  }

  private func show(_ call: Call) async throws -> Reply {
    .one(BulkChangeJSON(try await changes.find(try call.id("id"), by: call.actor)), BulkChangeJSON.shape)
  }

  private func undo(_ call: Call) async throws -> Reply {
    answer(try await changes.undo(try call.id("id"), by: call.actor), done: 200)
  }

  private func answer(_ change: BulkChange, done: Int) -> Reply {
    .one(
      BulkChangeJSON(change), BulkChangeJSON.shape, status: change.isBusy ? 202 : done,
      location: change.isBusy ? change.job.map(DirectoryPaths.apiJob) : DirectoryPaths.apiChange(change.id))
  }
}

/// An edit of many students, as the API takes it: of these, or of all that a filter finds.
struct NewBulkChangeJSON: Sendable {
  var kind: BulkEdit.Kind
  var ids: [StudentID]?
  var filter: StudentFilterJSON?
  var grade: String?
  var status: StudentStatus?
  var reason: String?

  /// Identifiers in one body; whoever means more names a filter.
  private static let idLimit = 5000

  static let shape = Shape(
    "NewStudentChange",
    sample: NewBulkChangeJSON(kind: .grade, ids: nil, filter: StudentFilterJSON(grade: "9"), grade: "10")
  ) { visit, it in
    visit("do", &it.kind, .word, "Set the grade, change the status, or delete.")
    visit("ids", &it.ids, .list(of: .id(), max: idLimit), "Of these students; or send a filter.")
    visit("filter", &it.filter, .object(StudentFilterJSON.shape), "Of all that a list with this filter shows.")
    visit("grade", &it.grade, .line(20), "The year group, where the grade is set; none takes it away.")
    visit("status", &it.status, .word, "What they become, where the status changes.")
    visit("reason", &it.reason, .text(500), "Why.")
  }

  var edit: BulkEdit {
    get throws(Problem) {
      switch kind {
      case .grade: return .grade(grade)
      case .delete: return .delete(reason: reason)
      case .status:
        guard let status else {
          throw .invalid([.init(pointer: "/status", code: "REQUIRED", detail: "Say what the students become.")])
        }
        return .status(status, reason: reason)
      }
    }
  }

  var choice: StudentChoice {
    get throws(Problem) {
      switch (ids, filter) {
      case (let ids?, nil): return .these(ids)
      case (nil, let filter?): return .all(filter.filter)
      default:
        throw .invalid([.init(pointer: "/ids", code: "REQUIRED", detail: "Send either ids or a filter.")])
      }
    }
  }
}

/// The filter of a list of students.
struct StudentFilterJSON: Sendable {
  var search: String?
  var school: OrgID?
  var grade: String?
  var status: StudentStatus?

  static let shape = Shape("StudentFilter", sample: StudentFilterJSON(grade: "9")) { visit, it in
    visit("search", &it.search, .line(200), "Beginnings of names or of the number.")
    visit("schoolId", &it.school, .id(), "Only of a school.")
    visit("grade", &it.grade, .line(20), "Only of a year group.")
    visit("status", &it.status, .word, "Only of a status.")
  }

  var filter: StudentFilter { StudentFilter(school: school, grade: grade, status: status, search: search) }
}

/// An edit of many students, as the API tells of it.
struct BulkChangeJSON: Sendable {
  var id: BulkChangeID
  var kind: BulkEdit.Kind
  var state: BulkChange.State
  var total: Int
  var changed: Int
  var unchanged: Int
  var refused: Int
  var refusals: JSON
  var left: Int
  var jobId: JobID?
  var job: String?
  var at: Instant
  var undoUntil: Instant?

  static let shape = Shape(
    "StudentChange",
    sample: BulkChangeJSON(
      id: ID(high: 1, low: 1), kind: .grade, state: .done, total: 184, changed: 180, unchanged: 4, refused: 0,
      refusals: .array([]), left: 0, at: Instant(milliseconds: 1_795_424_400_000),
      undoUntil: Instant(milliseconds: 1_798_016_400_000))
  ) { visit, it in
    visit("id", &it.id, .id(), "The change's identifier.")
    visit("do", &it.kind, .word, "What is done.")
    visit("state", &it.state, .word, "Where it stands.")
    visit("total", &it.total, .count, "Students in all.")
    visit("changed", &it.changed, .count, "How many changed.")
    visit("unchanged", &it.unchanged, .count, "How many were so already.")
    visit("refused", &it.refused, .count, "How many were left alone, because the change is not for them.")
    visit("refusals", &it.refusals, .anything, "The first 100 of those: studentId, code, detail.")
    visit("left", &it.left, .count, "Records that an undo left as they are.")
    visit("jobId", &it.jobId, .id(), "The job that does it, where it takes one.")
    visit("job", &it.job, .made, "Where the job tells how far it is.")
    visit("at", &it.at, .instant, "When it was asked for.")
    visit("undoUntil", &it.undoUntil, .instant, "Until when it can be taken back.")
  }
}

extension BulkChangeJSON {
  init(_ change: BulkChange) {
    self.init(
      id: change.id, kind: change.edit.kind, state: change.state, total: change.total, changed: change.changed,
      unchanged: change.unchanged, refused: change.refused, refusals: .array(change.refusals.map(\.json)),
      left: change.left, jobId: change.job, job: change.job.map { DirectoryPaths.apiJob($0).description },
      at: change.at, undoUntil: change.undoUntil)
  }
}
