import Kernel
import Markup
import Rights
import Web

/// The list of students as a file for spreadsheets: the rows of the list on screen, in its order, page by page.
///
/// Fields that a spreadsheet would take for a formula get an apostrophe in front (OWASP, "CSV injection").
struct StudentFile: Sendable {
  let service: DirectoryService
  let looks: Looks

  func reply(_ address: StudentListAddress, _ call: Call) async throws -> Reply {
    let actor = try call.actor
    let schools = Dictionary(
      try await service.schoolNames(for: actor).map { ($0.id, $0.code) }
    ) { first, _ in first }
    let first = try await page(address, after: nil, actor, call)
    let stream = AsyncThrowingStream<[UInt8], any Error>(
      unfolding: Self.pieces(first, schools) { after in
        try await page(address, after: after, actor, call)
      })
    return .file("students.csv", "text/csv; charset=utf-8", .stream(stream))
  }

  private func page(
    _ address: StudentListAddress, after: ID<AnyEntity>?, _ actor: Actor, _ call: Call
  ) async throws -> Page<StudentSummary> {
    let page = try await service.students(
      address.filter, sortedBy: address.order, page: PageRequest(limit: PageRequest.maximum, after: after), for: actor)
    try await looks.note(
      "students.csv", filter: address.path().description, of: page.items.map { $0.id.retyped() },
      people: page.items.map(\.person), by: actor, at: call.at)
    return page
  }

  /// Makes one piece after the other; what is still to come is all that is remembered.
  private static func pieces(
    _ first: Page<StudentSummary>, _ schools: [OrgID: String],
    _ following: @escaping @Sendable (ID<AnyEntity>) async throws -> Page<StudentSummary>
  ) -> @Sendable () async throws -> [UInt8]? {
    let state = Pieces(first)
    return {
      guard let (page, isFirst) = try await state.next(following) else { return nil }
      var bytes: [UInt8] = []
      if isFirst {
        append(
          ["School", "Number", "Name", "Other name", "Grade", "Status", "Born", "First guardian"], to: &bytes)
      }
      for student in page.items {
        append(
          [
            schools[student.school] ?? "", student.number, student.displayName, student.otherName ?? "",
            student.grade ?? "", student.status.title, student.birthOn?.description ?? "",
            student.firstGuardian?.displayName ?? "",
          ], to: &bytes)
      }
      return bytes
    }
  }

  private static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let isFormula = field.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
      guard isFormula || field.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else {
        bytes += field.utf8
        continue
      }
      bytes += (isFormula ? "\"'" : "\"").utf8
      bytes += field.replacing("\"", with: "\"\"").utf8
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += [13, 10]
  }

  /// Which page comes next. An actor because the stream may ask from any thread.
  private actor Pieces {
    private var waiting: Page<StudentSummary>?
    private var after: ID<AnyEntity>?
    private var isFirst = true

    init(_ first: Page<StudentSummary>) { waiting = first }

    func next(
      _ following: @Sendable (ID<AnyEntity>) async throws -> Page<StudentSummary>
    ) async throws -> (Page<StudentSummary>, isFirst: Bool)? {
      defer { isFirst = false }
      if let page = waiting {
        waiting = nil
        after = page.next
        return (page, isFirst)
      }
      guard let last = after else { return nil }
      let page = try await following(last)
      after = page.next
      return (page, false)
    }
  }
}
