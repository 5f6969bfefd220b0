public import Jobs
public import Kernel
import Persistence
public import Record
public import Rights

/// Does the same to many students, and takes it back.
///
/// Up to 200 are changed on the spot, all or none. More are a job: it goes through them in short transactions, so that
/// nobody waits; students the edit is not for are left alone and told of; stopped anywhere and begun again, it goes on.
public struct BulkChanges: Sendable {
  /// Students in one transaction of a job. Deleting one takes all that hangs on it along, years of marks among it.
  private static func step(_ edit: BulkEdit) -> Int { edit.kind == .delete ? 10 : 50 }

  let directory: DirectoryService
  let queue: JobQueue
  let tables: [AnyRecordedTable]
  let store = BulkChangeStore()

  /// Edits of the students of `directory`, with jobs of `queue`; an undo looks at all recorded `tables`.
  public init(_ directory: DirectoryService, queue: JobQueue, tables: [AnyRecordedTable]) {
    self.directory = directory
    self.queue = queue
    self.tables = tables
  }

  /// Changes students, or begins to: the answer says whether it is done.
  public func make(_ edit: BulkEdit, to choice: StudentChoice, by actor: Actor) async throws -> BulkChange {
    let edit = try edit.checked()
    let now = directory.clock.now()
    let made = try await directory.database.write { tx in
      let students = try students(choice, by: actor, in: tx)
      var change = BulkChange(
        id: .new(at: now), edit: edit, account: actor.account, schools: Set(students.map(\.school)).sorted(), at: now,
        total: students.count)
      if students.count <= BulkEdit.limit {
        for student in students {
          try edit.allow(student)
          count(try directory.apply(edit, to: student, as: change.id, by: actor, in: tx), &change)
        }
        (change.state, change.finishedAt) = (.done, now)
        try store.insert(change, in: tx)
      } else {
        change.job = try queue.enqueue(order(change.id, "make"), by: actor, in: tx).id
        try store.insert(change, in: tx)
        try store.line(up: students.map(\.id), for: change.id, in: tx)
      }
      return change
    }
    if made.job != nil { queue.wake() }
    return made
  }

  /// An edit of one's own, or any for whoever edits students everywhere.
  public func find(_ id: BulkChangeID, by actor: Actor) async throws -> BulkChange {
    let reach = try actor.require(.editStudents)
    guard let change = try await directory.database.read({ tx in try store.find(id, in: tx) }),
      reach.isEverywhere || (change.account != nil && change.account == actor.account)
    else { throw Problem.notFound("change") }
    return change
  }

  /// Takes an edit back, or begins to. Records that were changed or used since are left alone and counted.
  ///
  /// Throws `UNDO_TOO_LATE` after 30 days, and `CHANGE_UNDER_WAY` while its job is at it.
  public func undo(_ id: BulkChangeID, by actor: Actor) async throws -> BulkChange {
    let change = try await find(id, by: actor)
    try await requireUndoable(change, by: actor)
    if change.total <= BulkEdit.limit { return try await takeBack(id, by: actor) }
    let undoing = try await directory.database.write { tx in
      var undoing = try store.require(id, in: tx)
      guard undoing.state == change.state else { throw DirectoryProblem.changeUnderWay }
      try store.strikeAll(of: id, in: tx)
      undoing.job = try queue.enqueue(order(id, "undo"), by: actor, in: tx).id
      undoing.state = .undoing
      try store.save(undoing, in: tx)
      return undoing
    }
    queue.wake()
    return undoing
  }

  // MARK: What a job does

  /// Changes the next few students; the answer says whether any are left.
  func goOn(_ id: BulkChangeID, by actor: Actor, in tx: any Connection) throws -> BulkChange {
    var change = try store.require(id, in: tx)
    guard change.state == .changing else { return change }
    let reach = try actor.require(.editStudents)
    let ids = try store.next(of: id, limit: Self.step(change.edit), in: tx)
    let visible = try directory.studentsInReach(.viewStudents, of: actor)
    let found = try directory.students.find(ids, where: visible, in: tx)
    let students = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    for id in ids {
      guard let student = students[id], reach.covers(student.school) else {
        change.refuse(id, .notFound("student"))
        continue
      }
      do throws(DirectoryProblem) { try change.edit.allow(student) } catch {
        change.refuse(id, error.problem)
        continue
      }
      count(try directory.apply(change.edit, to: student, as: change.id, by: actor, in: tx), &change)
    }
    if !ids.isEmpty { try store.strike(ids, of: id, in: tx) }
    if ids.count < Self.step(change.edit) { (change.state, change.finishedAt) = (.done, directory.clock.now()) }
    try store.save(change, in: tx)
    return change
  }

  /// Undoes what was done, whatever the state says; begun again, it goes on.
  func takeBack(
    _ id: BulkChangeID, by actor: Actor, progress: @Sendable (UndoOutcome) async throws -> Void = { _ in }
  ) async throws -> BulkChange {
    let outcome = try await Undo(database: directory.database, record: directory.record, tables: tables).undo(
      everythingOf: id.retyped(), called: "Undo of a change of many students",
      Change(by: actor, at: directory.clock.now()), progress: progress)
    return try await directory.database.write { tx in
      var change = try store.require(id, in: tx)
      (change.state, change.left, change.finishedAt) = (.undone, outcome.leftCount, directory.clock.now())
      try store.save(change, in: tx)
      return change
    }
  }

  // MARK: Inside

  /// The students meant, all of them in sight and within what the actor may change.
  private func students(_ choice: StudentChoice, by actor: Actor, in tx: any Connection) throws -> [Student] {
    let reach = try actor.require(.editStudents)
    let ids: [StudentID]
    switch choice {
    case .these(let these): ids = Array(Set(these)).sorted()
    case .all(let filter):
      ids = try directory.query(filter, .name, for: actor).ids(limit: BulkEdit.jobLimit + 1, in: tx)
    }
    guard !ids.isEmpty else { throw DirectoryProblem.nobodyChosen }
    guard ids.count <= BulkEdit.jobLimit else { throw DirectoryProblem.tooManyChosen }
    let visible = try directory.studentsInReach(.viewStudents, of: actor)
    let found = try directory.students.find(ids, where: visible, in: tx)
    guard found.count == ids.count else { throw Problem.notFound("student") }
    guard found.allSatisfy({ reach.covers($0.school) }) else {
      throw Problem.forbidden(Permission.editStudents.name)
    }
    return found
  }

  private func requireUndoable(_ change: BulkChange, by actor: Actor) async throws {
    let reach = try actor.require(.editStudents)
    guard change.schools.allSatisfy(reach.covers) else { throw Problem.forbidden(Permission.editStudents.name) }
    if change.state == .undone { throw DirectoryProblem.changeUndone }
    if change.state != .done, let job = change.job, try await isUnderWay(job) {
      throw DirectoryProblem.changeUnderWay
    }
    let since = change.finishedAt ?? change.at
    guard directory.clock.now() <= since.adding(.seconds(BulkChange.undoDays * 86_400)) else {
      throw DirectoryProblem.changeTooOld
    }
  }

  /// A job belongs to whoever asked for it; whoever may see the edit may know whether it is under way.
  private func isUnderWay(_ job: JobID) async throws -> Bool {
    do {
      return try await !queue.find(job, by: .system("changes")).state.isOver
    } catch let problem as Problem where problem.kind == .notFound {
      return false
    }
  }

  /// The key says which way: a change whose job has just done its last step can be taken back at once.
  private func order(_ id: BulkChangeID, _ what: String) -> JobOrder {
    JobOrder(
      Self.jobKind, .object([("change", id.json), ("do", .string(what))]), uniqueKey: "\(Self.jobKind):\(what):\(id)")
  }

  private func count(_ isNew: Bool, _ change: inout BulkChange) {
    if isNew { change.changed += 1 } else { change.unchanged += 1 }
  }
}
