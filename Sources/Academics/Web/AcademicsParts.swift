public import Kernel
public import Markup
public import Rights
import Web

/// What teaching shows on pages of others: a student's sections.
public struct AcademicsParts: Sendable {
  let service: AcademicsService

  /// Where a student sits and sat, as a tab of the student's page. Throws as the service does.
  public func studentTab(_ student: StudentID, actor: Actor) async throws -> HTML {
    let lines = try await service.sections(of: student, actor: actor)
    guard !lines.isEmpty else {
      return EmptyState(
        "No sections yet", icon: .learning, reason: "The student has never been enrolled in a section."
      ).body
    }
    return DataTable(
      caption: "Sections of the student",
      columns: [
        .init("Section"), .init("Teacher", isNamedOnPhones: true), .init("From", .unbroken, isNamedOnPhones: true),
        .init("To", .unbroken, isNamedOnPhones: true), .init("State"),
      ],
      rows: lines.map { line in
        DataTable.Row(
          name: line.code,
          lead: a(.href(AcademicsPaths.section(line.enrolment.section))) { "\(line.code) \(line.title)" },
          cells: [
            bdi { line.teacher ?? "" }, HTML(text: line.enrolment.firstOn.description),
            HTML(text: line.enrolment.lastOn?.description ?? ""),
            Badge(line.enrolment.status.rawValue, line.enrolment.status == .enrolled ? .ok : .plain).body,
          ])
      }
    ).body
  }
}
