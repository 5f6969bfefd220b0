import Kernel
import Markup
import Web

/// What stands in the form of a student.
struct StudentForm: Sendable {
  static let fields = Set(PersonForm.names + ["number", "grade", "school", "firstOn", "email", "phone"])

  /// The student, once it is there.
  var id: StudentID?
  var version: Int?
  var person = PersonForm()
  var school = ""
  var number = ""
  var grade = ""
  var firstOn = ""
  var email = ""
  var phone = ""
  var faults = FormFaults()

  var title: String { id == nil ? "New student" : "Edit \(person["displayName"])" }

  /// An empty form.
  init() {}

  /// The form of a student as it stands.
  init(_ record: StudentRecord) {
    id = record.student.id
    version = record.version
    person = PersonForm(record.person.details)
    number = record.student.number
    grade = record.student.grade ?? ""
    email = record.contacts.primary(.email) ?? ""
    phone = record.contacts.primary(.phone) ?? ""
  }

  /// The form as it was sent.
  init(_ form: FormFields, of id: StudentID? = nil) {
    self.id = id
    version = form.version
    person = PersonForm(form)
    school = form.text("school")
    number = form.text("number")
    grade = form.text("grade")
    firstOn = form.text("firstOn")
    email = form.text("email")
    phone = form.text("phone")
  }

  /// The fields by name with their labels, as both editors of a conflict see them.
  private var values: [(name: String, label: String, value: String)] {
    PersonForm.names.map { ($0, PersonForm.labels[$0] ?? $0, person[$0]) } + [
      ("number", "Number", number), ("grade", "Grade", grade), ("email", "E-mail", email), ("phone", "Phone", phone),
    ]
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: StudentForm, action: Path) -> ConflictView {
    let pairs = zip(values, newest.values)
    return ConflictView(
      who: "Somebody saved this student", action: action, version: newest.version ?? 0,
      differences: pairs.filter { $0.value != $1.value }.map { yours, theirs in
        .init(
          name: yours.name, label: yours.label, yours: (yours.value, yours.value),
          theirs: (theirs.value, theirs.value))
      },
      kept: pairs.filter { $0.value == $1.value }.map { yours, _ in (yours.name, yours.value) })
  }
}

struct StudentFormView: View {
  let model: StudentForm
  let schools: [Org]

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    form(
      .method(.post), .action(model.id.map { DirectoryPaths.editing($0) } ?? DirectoryPaths.students)
    ) {
      Hidden("version", model.version.map(String.init))
      model.person.fields(model.faults)
      if model.id == nil { placing }
      Field(
        "Number", name: "number", .line(model.number),
        hint: model.id == nil ? "Left empty, the next free number is given." : nil, error: model.faults["number"],
        width: .short, isRequired: model.id != nil, isOptional: model.id == nil)
      Field("Grade", name: "grade", .line(model.grade), error: model.faults["grade"], width: .short, isOptional: true)
      Field("E-mail", name: "email", .line(model.email, kind: .email), error: model.faults["email"], isOptional: true)
      Field(
        "Phone", name: "phone", .line(model.phone, kind: .tel), error: model.faults["phone"], width: .short,
        isOptional: true)
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: model.id.map { DirectoryPaths.student($0) } ?? DirectoryPaths.students)
      }
    }
  }

  @HTMLBuilder private var placing: HTML {
    if schools.count == 1 {
      Hidden("school", schools.first?.id.description)
    } else {
      Field(
        "School", name: "school",
        .select(schools.map { .init($0.id.description, $0.details.name, isChosen: $0.id.description == model.school) }),
        error: model.faults["school"])
    }
    Field(
      "First day", name: "firstOn", .date(model.firstOn), hint: "Left empty, today.", error: model.faults["firstOn"],
      width: .short, isOptional: true)
  }
}
