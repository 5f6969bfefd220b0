import Kernel
import Markup
import Rights
import Web

/// The registers of a day: of the whole school for the office, of the own sections for a teacher.
struct DayPages: Sendable {
  let service: AttendanceService
  let zone: Zone

  var endpoints: [Endpoint] {
    let access = Endpoint.Access.needsAny([.takeAttendance, .viewAttendance])
    return [
      .page(
        "/attendance/day", "The registers of a day, missing ones first to the eye.", access,
        query: [.date("on", "The day; today when nobody says.")], day),
      .page("/attendance/registers", "The registers that the reader takes today.", .needs(.takeAttendance), own),
    ]
  }

  private func day(_ call: Call) async throws -> Reply {
    let today = zone.date(at: call.at)
    let date = call.query("on").flatMap(SchoolDate.init) ?? today
    let lines = try await service.day(date, actor: try call.actor)
    let model = DayModel("The day", date, lines, isToday: date == today, zone: zone, canTurn: true)
    return try call.page("The day, \(DayWords.short(date))", within: AttendancePaths.day) { DayView(model: model) }
  }

  private func own(_ call: Call) async throws -> Reply {
    let today = zone.date(at: call.at)
    let lines = try await service.day(today, own: true, actor: try call.actor)
    let model = DayModel("Registers", today, lines, isToday: true, zone: zone, canTurn: false)
    return try call.page("Registers", within: AttendancePaths.registers) { DayView(model: model) }
  }
}

/// The registers of a day, ready to be drawn.
struct DayModel: Sendable {
  struct Row: Sendable {
    let path: Path
    let code: String
    let title: String
    let teacher: String
    let students: String
    let isMissing: Bool
    let state: (label: String, tone: Tone)
    let absent: String
    let late: String
  }

  let title: String
  let date: SchoolDate
  let rows: [Row]
  let figures: [Figures.Figure]
  let isToday: Bool
  let canTurn: Bool

  init(_ title: String, _ date: SchoolDate, _ lines: [DayLine], isToday: Bool, zone: Zone, canTurn: Bool) {
    self.title = title
    self.date = date
    self.isToday = isToday
    self.canTurn = canTurn
    rows = lines.map { line in
      let isTaken = if case .taken = line.state { true } else { false }
      return Row(
        path: AttendancePaths.register(RegisterKey(section: line.section, date: date)), code: line.code,
        title: line.title, teacher: line.teacher ?? "", students: String(line.students), isMissing: !isTaken,
        state: Self.state(line.state, zone), absent: isTaken ? String(line.tally.absent) : "",
        late: isTaken ? String(line.tally.late) : "")
    }
    let total = lines.reduce(AttendanceTally()) { $0 + $1.tally }
    let missing = rows.count(where: \.isMissing)
    figures = [
      .init("Registers missing", "\(missing)", unit: "of \(rows.count)"), .init("Absent", "\(total.absent)"),
      .init("Late", "\(total.late)"), .init("Present", DayWords.percent(total)),
    ]
  }

  private static func state(_ state: DayLine.State, _ zone: Zone) -> (String, Tone) {
    switch state {
    case .missing: ("Missing", .danger)
    case .begun: ("Not submitted yet", .warn)
    case .taken(let at): ("Taken \(DayWords.time(at, in: zone))", .ok)
    }
  }
}

struct DayView: View {
  let model: DayModel

  var body: HTML {
    PageHeader(model.title, about: DayWords.long(model.date)) {
      if model.canTurn {
        ButtonLink("Day before", to: AttendancePaths.day(model.date.adding(days: -1)), icon: .back, isSquare: true)
        if !model.isToday { ButtonLink("Today", to: AttendancePaths.day) }
        ButtonLink("Day after", to: AttendancePaths.day(model.date.adding(days: 1)), icon: .next, isSquare: true)
      }
    }
    if model.rows.isEmpty {
      EmptyState(
        "No registers on this day", icon: .attendance,
        reason: "No section with students runs in a term that has this day.")
    } else {
      Figures(model.figures)
      DataTable(
        caption: "Registers of \(DayWords.long(model.date))",
        columns: [
          .init("Section"), .init("Teacher", room: .wide), .init("Register", isNamedOnPhones: true),
          .init("Students", .number, isNamedOnPhones: true), .init("Absent", .number, isNamedOnPhones: true),
          .init("Late", .number, isNamedOnPhones: true),
        ],
        rows: model.rows.map(row))
    }
  }

  private func row(_ row: DayModel.Row) -> DataTable.Row {
    let name = a(.href(row.path)) { "\(row.code) \(row.title)" }
    return DataTable.Row(
      name: row.code, lead: row.isMissing ? b { name } : name,
      cells: [
        bdi { row.teacher }, StateWord(row.state.label, row.state.tone).body, HTML(text: row.students),
        HTML(text: row.absent), HTML(text: row.late),
      ])
  }
}
