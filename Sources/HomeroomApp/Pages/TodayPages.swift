import Academics
import Attendance
import Directory
import Kernel
import Markup
import Notices
import Rights
import Web

/// `/today`: the first page, put together from what the person may do. Exceptions come first.
struct TodayPages: Sendable {
  let directory: DirectoryService
  let academics: AcademicsService
  let attendance: AttendanceService
  let notices: NoticeParts

  var endpoints: [Endpoint] {
    [.page("/today", "What today asks of you.", .signedIn, today)]
  }

  private func today(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let day = directory.today
    let own = actor.has(.takeAttendance) ? try await attendance.day(day, own: true, actor: actor) : []
    let office = try await officeDay(day, actor)
    let children = actor.reach(.viewStudents)?.children == true ? try await directory.ownChildren(of: actor) : []
    let news = try await notices.today(for: actor)
    let model = TodayModel(
      greeting: greeting(call, actor), date: day, own: own, office: office,
      children: children.map { ($0.displayName, $0.grade, Path("/people/students/\($0.id)")) },
      tasks: news.tasks, board: news.board)
    return try call.page("Today", within: "/today") { TodayView(model: model).body }
  }

  /// What the homerooms' registers come to, and the first that are missing, for whoever sees those of a whole school.
  private func officeDay(
    _ day: SchoolDate, _ actor: Actor
  ) async throws -> (summary: DaySummary, missing: [DayLine])? {
    guard actor.reach(.viewAttendance)?.coversSomeOrg == true else { return nil }
    let summary = try await attendance.summary(of: day, DayFilter(kind: .homeroom), actor: actor)
    let missing = try await attendance.day(
      day, DayFilter(kind: .homeroom, isMissing: true), page: PageRequest(limit: 12), actor: actor)
    return (summary, missing.items)
  }

  private func greeting(_ call: Call, _ actor: Actor) -> String {
    let words = actor.name.split(separator: " ")
    return words.count > 1 ? "Good day, \(words[0])" : "Good day"
  }
}

/// What the first page shows.
struct TodayModel {
  let greeting: String
  let date: SchoolDate
  let own: [DayLine]
  let office: (summary: DaySummary, missing: [DayLine])?
  let children: [(name: String, grade: String?, path: Path)]
  let tasks: HTML
  let board: HTML
}

struct TodayView: View {
  let model: TodayModel

  var body: HTML {
    PageHeader(model.greeting, about: model.date.longWords)
    div(.class("stack")) {
      if let next = model.own.first(where: { $0.state == .missing || $0.state == .begun }) { nextRegister(next) }
      if let office = model.office {
        OfficeFigures(summary: office.summary, missing: office.missing, date: model.date)
      }
      if !model.own.isEmpty { ownDay }
      model.tasks
      if !model.children.isEmpty { children }
      model.board
      if isEmpty { nothing }
    }
  }

  private var isEmpty: Bool {
    model.own.isEmpty && model.office == nil && model.children.isEmpty && model.tasks.isEmpty && model.board.isEmpty
  }

  private func nextRegister(_ line: DayLine) -> HTML {
    article(.class("next-lesson")) {
      p(.class("in")) {
        b { "\(line.students)" }
        "students"
      }
      div {
        p(.class("small muted")) { "The register has not been taken" }
        h2 { line.title }
        p { bdi { line.code } }
      }
      p(.class("actions")) {
        a(.class("button primary large"), .href(register(line))) { "Take register" }
      }
    }
  }

  @HTMLBuilder private var ownDay: HTML {
    PageSection("Your sections", aside: "\(model.own.count) today") {
      DayList(
        model.own.map { line in
          DayList.Entry(
            time: line.code, title: line.title, path: register(line), also: "\(line.students) students",
            moment: line.state.isTaken ? .done : .later
          ) {
            line.state.isTaken
              ? StateWord("\(line.tally.attended) of \(line.students) in", .ok).body
              : StateWord("Not taken", .warn).body
          }
        })
    }
  }

  @HTMLBuilder private var children: HTML {
    PageSection("Your children") {
      ul(.class("tasks")) {
        for child in model.children {
          li {
            p(.class("what")) { a(.href(child.path)) { bdi { child.name } } }
            if let grade = child.grade { p(.class("why")) { "Grade \(grade)" } }
          }
        }
      }
    }
  }

  @HTMLBuilder private var nothing: HTML {
    EmptyState(
      "Nothing waits for you today", icon: .tickRound,
      reason: "You teach no section today, and your role sees no school's registers."
    ) { a(.class("button"), .href("/account")) { "Your account" } }
  }

  private func register(_ line: DayLine) -> Path { Path("/attendance/register/\(line.section)/\(model.date)") }
}

/// Absences and missing registers of a school's homerooms.
private struct OfficeFigures: View {
  let summary: DaySummary
  let missing: [DayLine]
  let date: SchoolDate

  var body: HTML {
    let tally = summary.tally
    Figures([
      .init("Absent today", "\(tally.absent)", unit: "of \(tally.counted + tally.excused + tally.neutral)"),
      .init("Late", "\(tally.late)"),
      .init("Excused", "\(tally.excused)"),
      .init("Registers taken", "\(summary.taken)", unit: "of \(summary.sections)"),
    ])
    PageSection("Registers missing", aside: "\(summary.missing) of \(summary.sections) homerooms") {
      a(.href("/attendance/day")) { "All of today" }
    } content: {
      if missing.isEmpty {
        p(.class("muted")) { "Every homeroom has taken its register." }
      } else {
        ul(.class("tasks")) {
          for line in missing {
            li {
              p(.class("what")) { bdi { line.title } }
              if let teacher = line.teacher { p(.class("why")) { bdi { teacher } } }
              p(.class("actions")) {
                a(.class("button"), .href(Path("/attendance/register/\(line.section)/\(date)"))) { "Open" }
              }
            }
          }
        }
      }
    }
  }
}

extension DayLine.State {
  /// Whether the register was submitted.
  var isTaken: Bool {
    if case .taken = self { return true }
    return false
  }
}
