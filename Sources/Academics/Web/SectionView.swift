import Kernel
import Markup
import Web

/// A section with its roster, ready to be drawn.
struct SectionModel: Sendable {
  /// What was typed into the form that enrols, and what is wrong with it.
  struct Entry: Sendable {
    var numbers = ""
    var firstOn = ""
    var faults = FormFaults()
  }

  let id: SectionID
  let title: String
  let about: String
  let detail: SectionDetail
  let roster: [RosterLine]
  let former: Bool
  let entry: Entry
  let staffChoices: [SectionChoices.Choice<Entity.Person>]
  let mayEdit: Bool
  let mayEnrol: Bool
  let links: [ButtonLink]
  let studentPath: @Sendable (StudentID) -> Path

  init(
    _ detail: SectionDetail, _ roster: [RosterLine], former: Bool, entry: Entry,
    staffChoices: [SectionChoices.Choice<Entity.Person>], mayEdit: Bool, mayEnrol: Bool,
    links: [ButtonLink], studentPath: @escaping @Sendable (StudentID) -> Path
  ) {
    let section = detail.section
    id = section.id
    title = "\(section.code) \(section.title)"
    let seats = section.capacity.map { "\(detail.enrolled) of \($0) seats taken" } ?? "\(detail.enrolled) students"
    let room = section.room.map { ", room \($0)" } ?? ""
    let terms = detail.terms.map(\.title).joined(separator: ", ")
    about =
      "\(section.kind == .homeroom ? "Homeroom" : "Lessons")\(room). \(seats)." + (terms.isEmpty ? "" : " \(terms).")
    self.detail = detail
    self.roster = roster
    self.former = former
    self.entry = entry
    self.staffChoices = staffChoices
    self.mayEdit = mayEdit
    self.mayEnrol = mayEnrol
    self.links = links
    self.studentPath = studentPath
  }
}

struct SectionView: View {
  let model: SectionModel

  var body: HTML {
    ErrorSummary(model.entry.faults.faults, detail: model.entry.faults.detail)
    PageHeader(model.title, about: model.about) {
      if model.mayEdit { ButtonLink("Edit", to: AcademicsPaths.editing(model.id), icon: .edit) }
      for link in model.links { link }
    }
    div(.class("columns")) {
      div(.class("stack")) {
        roster
        if model.mayEnrol { enrolling }
      }
      aside(.class("stack")) { staff }
    }
  }

  private var roster: HTML {
    PageSection(
      "Roster", aside: "\(model.roster.count)",
      link: {
        a(.href(AcademicsPaths.rosterFile(model.id).query(["former": model.former ? "true" : nil]))) { "Export" }
        " · "
        a(.href(AcademicsPaths.section(model.id).query(["former": model.former ? nil : "true"]))) {
          model.former ? "Only those here" : "Also those who left"
        }
      }
    ) {
      if model.roster.isEmpty {
        EmptyState(
          "Nobody is enrolled", icon: .people,
          reason: model.mayEnrol ? "Enrol students below, by their numbers." : "The office enrols students.")
      } else {
        DataTable(
          caption: "Students of \(model.title)",
          columns: [
            .init("Student"), .init("Number", .unbroken, isNamedOnPhones: true), .init("Grade", room: .wide),
            .init("Since", .unbroken, room: .wide), .init("Actions", .actions),
          ],
          rows: model.roster.enumerated().map(row))
      }
    }.body
  }

  private func row(_ index: Int, _ line: RosterLine) -> DataTable.Row {
    let enrolment = line.enrolment
    return DataTable.Row(
      name: line.name, margin: HTML(text: "\(index + 1)"),
      lead: HTML {
        a(.href(model.studentPath(enrolment.student))) { bdi { line.name } }
        if enrolment.status != .enrolled {
          " \(Badge(enrolment.status == .dropped ? "Left" : "Completed", .plain))"
        }
      },
      cells: [
        HTML(text: line.number), HTML(text: line.grade ?? ""), HTML(text: enrolment.firstOn.description),
        HTML { if model.mayEnrol, enrolment.status == .enrolled { actions(line) } },
      ])
  }

  private func actions(_ line: RosterLine) -> HTML {
    let version = String(line.enrolment.version)
    let path = AcademicsPaths.ending(line.enrolment.id)
    return Menu("Enrolment of \(line.name)", icon: .more, isSquare: true) {
      MenuAction("Drop from the section", to: path, fields: [("version", version), ("status", "dropped")])
      MenuAction("Complete", to: path, fields: [("version", version), ("status", "completed")])
    }.body
  }

  private var enrolling: HTML {
    PageSection("Enrol students", id: "enrol") {
      form(.method(.post), .action(AcademicsPaths.enrolments(model.id))) {
        Field(
          "Student numbers", name: "numbers", .lines(model.entry.numbers, rows: 3),
          hint: "One on each line, at most \(BulkEnrolment.limit). All are enrolled, or none.",
          error: model.entry.faults["numbers"], isRequired: true)
        Field(
          "First day", name: "firstOn", .date(model.entry.firstOn.isEmpty ? nil : model.entry.firstOn),
          hint: "Today unless you say.", error: model.entry.faults["firstOn"], width: .short, isOptional: true)
        div(.class("actions")) { Button("Enrol") }
      }
    }.body
  }

  private var staff: HTML {
    Card("Staff") {
      if model.detail.staff.isEmpty { p(.class("muted")) { "Nobody teaches this section yet." } }
      ul {
        for line in model.detail.staff {
          li {
            bdi { line.name }
            " \(span(.class("muted")) { line.assignment.isPrimary ? "answers for it" : line.assignment.role.rawValue })"
            if let lastOn = line.assignment.lastOn {
              " \(span(.class("muted")) { "until \(lastOn)" })"
            } else if model.mayEdit {
              form(.method(.post), .action(AcademicsPaths.staffEnding(model.id, line.assignment.id))) {
                Hidden("version", String(line.assignment.version))
                Button("End the part of \(line.name) today", .quiet, icon: .cross, isSquare: true)
              }
            }
          }
        }
      }
      if model.mayEdit, !model.staffChoices.isEmpty { assigning }
    }.body
  }

  private var assigning: HTML {
    Disclosure("Give somebody a part") {
      form(.method(.post), .action(AcademicsPaths.staff(model.id))) {
        Field(
          "Person", name: "person",
          .select(model.staffChoices.map { Field.Option($0.id.description, $0.name) }))
        Field("Part", name: "role", .select(SectionStaff.Role.allCases.map { Field.Option($0.rawValue, $0.rawValue) }))
        Tick("Answers for the section", name: "primary")
        div(.class("actions")) { Button("Save") }
      }
    }.body
  }
}
