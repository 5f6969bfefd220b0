import Kernel
import Markup
import Web

/// What stands in the form of a course.
struct CourseFormModel: Sendable {
  static let fields: Set<String> = ["code", "title", "credits", "subject"]

  var id: CourseID?
  var version: Int?
  var org: OrgID?
  var code = ""
  var name = ""
  var credits = ""
  var subject = ""
  var faults = FormFaults()

  var title: String { id == nil ? "New course" : "Edit course" }

  /// An empty form.
  init() {}

  /// The form of a course as it stands.
  init(_ course: Course) {
    id = course.id
    version = course.version
    org = course.org
    code = course.code
    name = course.title
    credits = course.credits.description
    subject = course.subject ?? ""
  }

  /// The form as it was sent.
  init(_ form: FormFields) {
    version = form["version"].flatMap { Int($0) }
    org = OrgID(form.text("org"))
    code = form.text("code")
    name = form.text("title")
    credits = form.text("credits")
    subject = form.text("subject")
  }

  /// The draft; throws when the credits are no number.
  func draft() throws(Problem) -> CourseDraft {
    let text = Text.normalized(credits)
    guard let credits = text.isEmpty ? Decimal4(tenThousandths: 0) : Decimal4(text) else {
      throw .invalid([.init(pointer: "/credits", code: "BAD_DECIMAL", detail: "Enter credits such as 3 or 3.5.")])
    }
    return CourseDraft(code: code, title: name, credits: credits, subject: subject)
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: CourseFormModel, action: Path) -> HTML {
    let pairs = [
      ("code", "Code", code, newest.code), ("title", "Title", name, newest.name),
      ("credits", "Credits", credits, newest.credits), ("subject", "Subject", subject, newest.subject),
    ]
    return ConflictView(
      who: "Somebody saved this course", action: action, version: newest.version ?? 0,
      differences: pairs.filter { $0.2 != $0.3 }.map {
        .init(name: $0.0, label: $0.1, yours: ($0.2, $0.2), theirs: ($0.3, $0.3))
      },
      kept: pairs.filter { $0.2 == $0.3 }.map { ($0.0, $0.2) }
    ).body
  }
}

struct CourseListView: View {
  let page: Page<Course>
  let query: String?
  let isFirst: Bool
  let mayCreate: Bool

  var body: HTML {
    PageHeader("Courses") {
      ButtonLink("Export", to: AcademicsPaths.coursesFile.query(["q": query]), icon: .download)
      if mayCreate { ButtonLink("New course", .primary, to: AcademicsPaths.newCourse, icon: .plus) }
    }
    FilterBar(
      "Courses", action: AcademicsPaths.courses, query: query, placeholder: "Code or title", swap: "course-list")
    div(.id("course-list")) {
      if page.items.isEmpty {
        EmptyState(
          "No courses", icon: .learning,
          reason: query == nil ? "Courses appear here once they are made or imported." : "No course matches.")
      } else {
        DataTable(
          caption: "Courses by code",
          columns: [
            .init("Code"), .init("Title"), .init("Subject", room: .wide),
            .init("Credits", .number, isNamedOnPhones: true),
          ],
          rows: page.items.map { course in
            DataTable.Row(
              name: course.code, lead: a(.href(AcademicsPaths.course(course.id))) { course.code },
              cells: [
                HTML(text: course.title), HTML(text: course.subject ?? ""), HTML(text: course.credits.description),
              ])
          })
        let same = AcademicsPaths.courses.query(["q": query])
        Pager(
          shown: CountWords.of(page.items.count, "course shown", "courses shown"),
          first: isFirst ? nil : same, next: page.next.map { same.query(["after": $0.description]) })
      }
    }
  }
}

struct CourseFormView: View {
  let model: CourseFormModel
  let orgs: [SectionChoices.Choice<Entity.Org>]
  let mayEdit: Bool

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    form(.method(.post), .action(model.id.map(AcademicsPaths.course) ?? AcademicsPaths.courses)) {
      Hidden("version", model.version.map(String.init))
      if model.id == nil {
        Field(
          "Offered by", name: "org",
          .select(orgs.map { .init($0.id.description, $0.name, isChosen: $0.id == model.org) }),
          hint: "Schools below may teach it too.")
      }
      field("Code", "code", .line(model.code), isRequired: true)
      field("Title", "title", .line(model.name), isRequired: true)
      field("Credits", "credits", .number(model.credits, min: "0", max: "999", step: "0.0001"))
      field("Subject", "subject", .line(model.subject))
      if mayEdit {
        div(.class("actions")) {
          Button("Save", .primary)
          ButtonLink("Cancel", .quiet, to: AcademicsPaths.courses)
        }
      }
    }
    if mayEdit, let id = model.id {
      form(.method(.post), .action(AcademicsPaths.courseDeletion(id))) {
        Hidden("version", model.version.map(String.init))
        Button("Delete course", .danger, icon: .trash)
      }
    }
  }

  private func field(_ label: String, _ name: String, _ control: Field.Control, isRequired: Bool = false) -> HTML {
    Field(
      label, name: name, control, error: model.faults[name], isRequired: isRequired, isOptional: !isRequired,
      isReadOnly: !mayEdit
    ).body
  }
}
