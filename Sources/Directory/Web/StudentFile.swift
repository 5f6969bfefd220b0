import Kernel
import Markup
import Rights
import Web

/// The list of students as a file for spreadsheets: the rows of the list on screen, in its order, page by page.
struct StudentFile: Sendable {
  let service: DirectoryService
  let looks: Looks

  func reply(_ address: StudentListAddress, _ call: Call) async throws -> Reply {
    let actor = try call.actor
    let schools = Dictionary(
      try await service.schoolNames(for: actor).map { ($0.id, $0.code) }
    ) { first, _ in first }
    let file = ListFile<StudentSummary>(
      "students.csv",
      [
        .init("School") { schools[$0.school] }, .init("Number") { $0.number }, .init("Name") { $0.displayName },
        .init("Other name") { $0.otherName }, .init("Grade") { $0.grade }, .init("Status") { $0.status.title },
        .init("Born") { $0.birthOn?.description }, .init("First guardian") { $0.firstGuardian?.displayName },
      ])
    return try await file.reply { after in
      let page = try await service.students(
        address.filter, sortedBy: address.order, page: .ofFile(after: after), for: actor)
      try await looks.note(
        "students.csv", filter: address.path().description, of: page.items.map { $0.id.retyped() },
        people: page.items.map(\.person), by: actor, at: call.at)
      return page
    }
  }
}
