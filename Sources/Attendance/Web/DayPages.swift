import Academics
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
        "/attendance/day", "The registers of a day, missing ones first to the eye.", access, query: Self.query, day),
      .listFile(
        "/attendance/day.csv", "The registers of a day as a file for spreadsheets.", access, query: Self.query, file),
      .listFile(
        "/api/v1/registers.csv", "The registers of a day as a file for spreadsheets.", access,
        query: Self.query + [.bool("own", "Only those of sections you teach.")], file),
      .page("/attendance/registers", "The registers that the reader takes today.", .needs(.takeAttendance), own),
    ]
  }

  static let query: [QueryParameter] = [
    .date("on", "The day; today when nobody says."),
    .word("kind", Section.Kind.allCases.map(\.rawValue), "Only homerooms, or only lessons."),
    .bool("missing", "Only those that are not submitted."),
    .id("after", "The section of the last register of the page before."),
  ]

  private func day(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let today = zone.date(at: call.at)
    let date = call.query("on").flatMap(SchoolDate.init) ?? today
    let filter = DayFilter(call)
    let page = try await service.day(date, filter, page: PageRequest(limit: 100, after: call.page.after), actor: actor)
    let summary = try await service.summary(of: date, filter, actor: actor)
    let model = DayModel(
      "The day", date, page, summary, filter, isToday: date == today, isFirst: call.query("after") == nil, zone: zone)
    return try call.page("The day, \(DayWords.short(date))", within: AttendancePaths.day) { DayView(model: model) }
  }

  private func file(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let date = call.query("on").flatMap(SchoolDate.init) ?? zone.date(at: call.at)
    let filter = DayFilter(call)
    let file = ListFile<DayLine>(
      "registers-\(date).csv",
      [
        .init("Date") { _ in date.description }, .init("Section") { $0.code }, .init("Title") { $0.title },
        .init("Teacher") { $0.teacher }, .init("Students") { "\($0.students)" }, .init("Register") { $0.state.word },
        .init("Present") { "\($0.tally.present)" }, .init("Absent") { "\($0.tally.absent)" },
        .init("Late") { "\($0.tally.late)" }, .init("Excused") { "\($0.tally.excused)" },
      ])
    return try await file.reply { after in
      try await service.day(date, filter, page: .ofFile(after: after), actor: actor)
    }
  }

  private func own(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let today = zone.date(at: call.at)
    let filter = DayFilter(isOwn: true)
    let page = try await service.day(today, filter, page: PageRequest(limit: PageRequest.maximum), actor: actor)
    let summary = try await service.summary(of: today, filter, actor: actor)
    let model = DayModel("Registers", today, page, summary, filter, isToday: true, isFirst: true, zone: zone)
    return try call.page("Registers", within: AttendancePaths.registers) { DayView(model: model) }
  }
}

extension DayLine.State {
  /// The word for it in a file.
  fileprivate var word: String {
    switch self {
    case .missing: "missing"
    case .begun: "not submitted"
    case .taken: "taken"
    }
  }
}

extension DayFilter {
  /// The filter that an address carries.
  init(_ call: Call) {
    self.init(
      kind: call.query("kind").flatMap(Section.Kind.init), isOwn: call.query("own") == "true",
      isMissing: call.query("missing") == "true")
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
  let filter: DayFilter
  let rows: [Row]
  let figures: [Figures.Figure]
  let isToday: Bool
  let first: Path?
  let next: Path?

  init(
    _ title: String, _ date: SchoolDate, _ page: Page<DayLine>, _ summary: DaySummary, _ filter: DayFilter,
    isToday: Bool, isFirst: Bool, zone: Zone
  ) {
    self.title = title
    self.date = date
    self.filter = filter
    self.isToday = isToday
    rows = page.items.map { Row($0, date, zone) }
    figures = Self.figures(summary)
    let same = Self.path(date, filter)
    first = isFirst ? nil : same
    next = page.next.map { same.query(["after": $0.description]) }
  }

  /// What the day comes to, missing registers first.
  static func figures(_ summary: DaySummary) -> [Figures.Figure] {
    [
      .init("Registers missing", "\(summary.missing)", unit: "of \(summary.sections)"),
      .init("Absent", "\(summary.tally.absent)"), .init("Late", "\(summary.tally.late)"),
      .init("Present", DayWords.percent(summary.tally)),
    ]
  }

  /// The same list of another day, or with another filter.
  static func path(_ date: SchoolDate, _ filter: DayFilter, as place: Path = AttendancePaths.day) -> Path {
    place.query([
      "on": date.description, "kind": filter.kind?.rawValue, "missing": filter.isMissing ? "true" : nil,
    ])
  }
}

extension DayModel.Row {
  init(_ line: DayLine, _ date: SchoolDate, _ zone: Zone) {
    let isTaken = if case .taken = line.state { true } else { false }
    self.init(
      path: AttendancePaths.register(RegisterKey(section: line.section, date: date)), code: line.code,
      title: line.title, teacher: line.teacher ?? "", students: String(line.students), isMissing: !isTaken,
      state: Self.state(line.state, zone), absent: isTaken ? String(line.tally.absent) : "",
      late: isTaken ? String(line.tally.late) : "")
  }

  private static func state(_ state: DayLine.State, _ zone: Zone) -> (String, Tone) {
    switch state {
    case .missing: ("Missing", .danger)
    case .begun: ("Not submitted yet", .warn)
    case .taken(let at): ("Taken \(MomentWords(zone: zone).time(at))", .ok)
    }
  }
}

struct DayView: View {
  let model: DayModel

  var body: HTML {
    PageHeader(model.title, about: model.date.longWords) {
      if !model.filter.isOwn {
        ButtonLink("Day before", to: path(model.date.adding(days: -1)), icon: .back, isSquare: true)
        if !model.isToday { ButtonLink("Today", to: AttendancePaths.day) }
        ButtonLink("Export", to: DayModel.path(model.date, model.filter, as: AttendancePaths.dayFile), icon: .download)
        ButtonLink("Day after", to: path(model.date.adding(days: 1)), icon: .next, isSquare: true)
      }
    }
    if !model.filter.isOwn { views }
    Figures(model.figures)
    if model.rows.isEmpty {
      EmptyState("No registers here", icon: .attendance, reason: emptiness)
    } else {
      DataTable(
        caption: "Registers of \(model.date.longWords)",
        columns: [
          .init("Section"), .init("Teacher", room: .wide), .init("Register", isNamedOnPhones: true),
          .init("Students", .number, isNamedOnPhones: true), .init("Absent", .number, isNamedOnPhones: true),
          .init("Late", .number, isNamedOnPhones: true),
        ],
        rows: model.rows.map(row))
      if model.first != nil || model.next != nil {
        Pager(
          shown: CountWords.of(model.rows.count, "register shown", "registers shown"), first: model.first,
          next: model.next)
      }
    }
  }

  private func path(_ date: SchoolDate) -> Path { DayModel.path(date, model.filter) }

  private var emptiness: String {
    model.filter.isMissing
      ? "Every register of this day is submitted." : "No section with students runs in a term that has this day."
  }

  /// The saved views: all, what is missing, homerooms, lessons.
  private var views: HTML {
    let filters: [(String, DayFilter)] = [
      ("All", DayFilter()), ("Missing", DayFilter(isMissing: true)), ("Homerooms", DayFilter(kind: .homeroom)),
      ("Lessons", DayFilter(kind: .scheduled)),
    ]
    return Tabs(
      "Registers of the day",
      filters.map { label, filter in
        Tabs.Tab(label, path: DayModel.path(model.date, filter), isCurrent: filter == model.filter)
      }
    ).body
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
