import Kernel
import Markup
import Rights
import Web

/// Students as JSON.
struct StudentAPI: Sendable {
  let service: DirectoryService
  let looks: Looks

  private static let filters: [QueryParameter] = [
    .text("search", "Beginnings of names or of the number."), .id("school", "Only of a school."),
    .text("grade", max: 20, "Only of a year group."),
    .word("status", StudentStatus.allCases.map(\.rawValue), "Only of a status."),
    .word("sort", StudentOrder.allCases.map(\.rawValue), "The order of the list."),
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/students", "Lists the students one may see.", .needs(.viewStudents),
        query: Endpoint.listQuery + Self.filters, answer: .many(StudentRowJSON.shape), aliases: ["/api/students/"],
        handler: list),
      Endpoint(
        .get, "/api/v1/students.csv", "The same list as a file for spreadsheets.", .needs(.viewStudents),
        query: Self.filters, answer: .file("text/csv"), handler: file),
      Endpoint(
        .post, "/api/v1/students", "Enters a student.", .needs(.editStudents), input: .json(NewStudentJSON.shape),
        answer: .one(StudentJSON.shape), status: 201, refusals: [409], handler: create),
      Endpoint(
        .get, "/api/v1/students/{id}", "One student.", .needs(.viewStudents), answer: .one(StudentJSON.shape),
        handler: show),
      Endpoint(
        .patch, "/api/v1/students/{id}", "Changes a student.", .needs(.editStudents),
        input: .patch(StudentPatchJSON.shape), answer: .one(StudentJSON.shape), needsVersion: true, refusals: [409],
        handler: change),
      Endpoint(
        .delete, "/api/v1/students/{id}", "Puts a student into the recycle bin.", .needs(.editStudents),
        answer: .nothing, status: 204, needsVersion: true, handler: delete),
      Endpoint(
        .post, "/api/v1/students/{id}/status-changes", "Moves a student to another status.", .needs(.editStudents),
        input: .json(StatusChangeJSON.shape), answer: .one(StudentJSON.shape), needsVersion: true, refusals: [409],
        handler: move),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let address = StudentListAddress(call, search: "search")
    let page = try await service.students(
      address.filter, sortedBy: address.order, page: call.page, for: actor)
    var total: Total?
    if call.query("count") == "true" { total = Total(try await service.countStudents(address.filter, for: actor)) }
    try await looks.note(
      "students", filter: address.filter.isEmpty ? nil : address.path().description,
      of: page.items.map { $0.id.retyped() }, people: page.items.map(\.person), by: actor, at: call.at)
    return .many(page.map(StudentRowJSON.init), StudentRowJSON.shape, limit: call.page.limit, total: total)
  }

  private func file(_ call: Call) async throws -> Reply {
    try await StudentFile(service: service, looks: looks).reply(StudentListAddress(call, search: "search"), call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let record = try await service.enrol(try call.json(NewStudentJSON.shape).new, by: call.actor)
    return .created(
      StudentJSON(record), StudentJSON.shape, version: record.version,
      at: DirectoryPaths.apiStudent(record.student.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let record = try await service.student(try call.id("id"), for: actor)
    try await looks.note(
      "student", of: [record.student.id.retyped()], people: [record.person.id], by: actor, at: call.at)
    return .one(StudentJSON(record), StudentJSON.shape, version: record.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let patch = try call.json(StudentPatchJSON.shape)
    let version = try call.version()
    return try await orCurrent(id, call) {
      let record = try await service.student(id, for: call.actor)
      return try await service.edit(id, patch.applied(to: record), seen: version, by: call.actor)
    }
  }

  private func move(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let change = try call.json(StatusChangeJSON.shape)
    let version = try call.version()
    return try await orCurrent(id, call) {
      try await service.changeStatus(
        of: id, to: change.status, because: change.reason, seen: version, by: call.actor)
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: StudentID = try call.id("id")
    let version = try call.version()
    do {
      _ = try await service.delete(id, seen: version, by: call.actor)
      return .noContent
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw try await staleStudent(id, call)
    }
  }

  /// Answers the saved student; when someone saved meanwhile, the refusal carries the student as it stands.
  private func orCurrent(
    _ id: StudentID, _ call: Call, _ save: () async throws -> StudentRecord
  ) async throws -> Reply {
    do {
      let record = try await save()
      return .one(StudentJSON(record), StudentJSON.shape, version: record.version)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      throw try await staleStudent(id, call)
    }
  }

  private func staleStudent(_ id: StudentID, _ call: Call) async throws -> Problem {
    .stale("student", current: StudentJSON.shape.text(of: StudentJSON(try await service.student(id, for: call.actor))))
  }
}

extension Total {
  /// A count as lists say it.
  init(_ count: RowCount) {
    switch count {
    case .exactly(let rows): self = .exactly(rows)
    case .atLeast(let rows): self = .atLeast(rows)
    }
  }
}
