import Kernel
import Markup
import Web

/// What stands in the form of a section.
struct SectionFormModel: Sendable {
  static let fields: Set<String> = ["code", "title", "capacity", "room", "courseId", "periodIds", "kind"]

  let school: OrgID
  /// The section, once it is there.
  var id: SectionID?
  var version: Int?
  var kind = Section.Kind.scheduled
  var course: CourseID?
  var code = ""
  var name = ""
  var capacity = ""
  var room = ""
  var periods: [PeriodID] = []
  var faults = FormFaults()
  /// Why what was chosen cannot be read; said when it is saved.
  private var choiceProblem: Problem?

  var title: String { id == nil ? "New section" : "Edit \(code)" }

  /// An empty form.
  init(at school: OrgID) { self.school = school }

  /// The form of a section as it stands.
  init(_ detail: SectionDetail) {
    let section = detail.section
    school = section.school
    id = section.id
    version = section.version
    kind = section.kind
    course = section.course
    code = section.code
    name = section.title
    capacity = section.capacity.map(String.init) ?? ""
    room = section.room ?? ""
    periods = detail.terms.map(\.id)
  }

  /// The form as it was sent; kind and course of a section that is there stay.
  init(at school: OrgID, _ form: FormFields, of detail: SectionDetail? = nil) {
    self.school = school
    id = detail?.section.id
    version = form["version"].flatMap { Int($0) }
    kind = detail?.section.kind ?? .scheduled
    course = detail?.section.course
    code = form.text("code")
    name = form.text("title")
    capacity = form.text("capacity")
    room = form.text("room")
    do throws(Problem) {
      periods = try form.ids("periodIds")
      if detail == nil {
        kind = try form.word("kind") ?? .scheduled
        course = try form.id("courseId")
      }
    } catch {
      choiceProblem = error
    }
  }

  /// The draft; throws when the seats are no number.
  func draft() throws(Problem) -> SectionDraft {
    if let choiceProblem { throw choiceProblem }
    let seats = Text.normalized(capacity)
    let number = Int(seats)
    guard seats.isEmpty || number != nil else {
      throw .invalid([.init(pointer: "/capacity", code: "NOT_A_NUMBER", detail: "Enter the seats as a number.")])
    }
    return SectionDraft(
      kind: kind, course: kind == .homeroom && id == nil ? nil : course, code: code,
      title: name.isEmpty ? nil : name, capacity: number, room: room.isEmpty ? nil : room, periods: periods)
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: SectionFormModel, action: Path) -> HTML {
    let pairs = [
      ("code", "Code", code, newest.code), ("title", "Title", name, newest.name),
      ("capacity", "Seats", capacity, newest.capacity), ("room", "Room", room, newest.room),
    ]
    return ConflictView(
      who: "Somebody saved this section", action: action, version: newest.version ?? 0,
      differences: pairs.filter { $0.2 != $0.3 }.map {
        .init(name: $0.0, label: $0.1, yours: ($0.2, $0.2), theirs: ($0.3, $0.3))
      },
      kept: pairs.filter { $0.2 == $0.3 }.map { ($0.0, $0.2) }
        + periods.map { ("periodIds", $0.description) }
    ).body
  }
}

struct SectionFormView: View {
  let model: SectionFormModel
  let choices: SectionChoices

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title, about: choices.school.name)
    form(.method(.post), .action(model.id.map(AcademicsPaths.editing) ?? AcademicsPaths.sections)) {
      if model.id == nil { Hidden("school", model.school.description) }
      Hidden("version", model.version.map(String.init))
      if model.id == nil { kindAndCourse }
      Field("Code", name: "code", .line(model.code), error: model.faults["code"], width: .short, isRequired: true)
      Field(
        "Title", name: "title", .line(model.name), hint: "Left empty, the course lends its title.",
        error: model.faults["title"], isOptional: true)
      Field(
        "Seats", name: "capacity", .number(model.capacity, min: "0", max: "\(Section.maximumCapacity)", step: "1"),
        hint: "Left empty, there is no limit.", error: model.faults["capacity"], width: .short, isOptional: true)
      Field("Room", name: "room", .line(model.room), error: model.faults["room"], width: .short, isOptional: true)
      if !choices.periods.isEmpty {
        TickGroup(
          "Terms", name: "periodIds",
          choices.periods.map { period in
            Field.Option(period.id.description, period.name, isChosen: model.periods.contains(period.id))
          }, error: model.faults["periodIds"])
      }
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: model.id.map(AcademicsPaths.section) ?? AcademicsPaths.sections)
      }
    }
    if let id = model.id {
      form(.method(.post), .action(AcademicsPaths.deletion(id))) {
        Hidden("version", model.version.map(String.init))
        Button("Delete section", .danger, icon: .trash)
      }
    }
  }

  @HTMLBuilder private var kindAndCourse: HTML {
    RadioGroup(
      "Kind", name: "kind",
      [
        .init(
          Section.Kind.scheduled.rawValue, "Lessons of a course", isChosen: model.kind == .scheduled),
        .init(
          Section.Kind.homeroom.rawValue, "Homeroom", isChosen: model.kind == .homeroom,
          hint: "The group a student belongs to; one at a time."),
      ])
    Field(
      "Course", name: "courseId",
      .select(
        [.init("", "None, for a homeroom")]
          + choices.courses.map { .init($0.id.description, $0.name, isChosen: $0.id == model.course) }),
      error: model.faults["courseId"])
  }
}
