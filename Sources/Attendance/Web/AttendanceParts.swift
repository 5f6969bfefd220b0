public import Kernel
public import Markup
public import Rights
import Web

/// What attendance shows on pages of others: a student's tab, and today's cards.
public struct AttendanceParts: Sendable {
  let service: AttendanceService

  /// A student's attendance: by section, and the newest marks. Throws as the service does.
  public func studentTab(_ student: StudentID, actor: Actor) async throws -> HTML {
    let sections = try await service.attendance(of: student, actor: actor)
    let marks = try await service.marks(of: student, limit: 30, actor: actor)
    return StudentAttendanceView(sections: sections, marks: marks).body
  }

  /// The registers a teacher still has to take today; nil when there are none, or none of the actor's business.
  public func todayCard(on date: SchoolDate, actor: Actor) async throws -> HTML? {
    guard actor.has(.takeAttendance), actor.person != nil else { return nil }
    let open = try await service.day(date, own: true, actor: actor).filter { line in
      if case .taken = line.state { false } else { true }
    }
    guard !open.isEmpty else { return nil }
    return Card("Registers to take") {
      DayList(
        open.map { line in
          DayList.Entry(
            time: line.code, title: line.title, also: CountWords.of(line.students, "student", "students")
          ) {
            ButtonLink(
              "Take register", to: AttendancePaths.register(RegisterKey(section: line.section, date: date)))
          }
        })
    }.body
  }

  /// The figures of a day for the office; nil when the actor sees no whole school.
  public func officeFigures(on date: SchoolDate, actor: Actor) async throws -> HTML? {
    guard actor.reach(.viewAttendance)?.coversSomeOrg ?? false else { return nil }
    let summary = try await service.summary(of: date, actor: actor)
    return HTML {
      Figures(DayModel.figures(summary))
      p { a(.href(AttendancePaths.day(date))) { "The registers of the day" } }
    }
  }
}

/// A student's attendance by section, and the newest marks.
struct StudentAttendanceView: View {
  let sections: [SectionAttendance]
  let marks: [MarkLine]

  var body: HTML {
    if sections.isEmpty {
      EmptyState(
        "No attendance yet", icon: .attendance, reason: "Nothing counts before a register of the student is submitted.")
    } else {
      PageSection("By section", aside: DayWords.percent(sections.map(\.tally).reduce(AttendanceTally(), +))) {
        DataTable(
          caption: "Attendance by section",
          columns: [
            .init("Section"), .init("Attendance", .number, isNamedOnPhones: true),
            .init("Absent", .number, isNamedOnPhones: true), .init("Late", .number, isNamedOnPhones: true),
            .init("Excused", .number, isNamedOnPhones: true),
          ],
          rows: sections.map { section in
            DataTable.Row(
              name: section.code, lead: HTML(text: "\(section.code) \(section.title)"),
              cells: [
                HTML(text: DayWords.percent(section.tally)), "\(section.tally.absent)", "\(section.tally.late)",
                "\(section.tally.excused)",
              ])
          })
      }
      PageSection("Newest marks") {
        DataTable(
          caption: "The newest marks",
          columns: [.init("Day", .unbroken), .init("Section"), .init("Note", room: .wide)],
          rows: marks.map { mark in
            DataTable.Row(
              name: mark.date.description,
              margin: MarkSign(mark.letter, RegisterList.Choice(mark).shape).body,
              lead: HTML(text: mark.date.description),
              cells: [HTML(text: mark.section), HTML(text: Self.words(mark))])
          })
      }
    }
  }

  private static func words(_ mark: MarkLine) -> String {
    let late = mark.lateMinutes > 0 ? "\(mark.lateMinutes) minutes late" : nil
    return [late, mark.note].compactMap(\.self).joined(separator: ". ")
  }
}

extension RegisterList.Choice {
  /// A mark of a student's history.
  fileprivate init(_ mark: MarkLine) {
    self.init(
      AttendanceCode(
        id: AttendanceCode.present.id, letter: mark.letter, title: mark.letter, countsAs: mark.countsAs))
  }
}
