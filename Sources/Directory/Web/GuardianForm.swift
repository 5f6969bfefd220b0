import Kernel
import Markup
import Web

/// What stands in the form of a guardian as a person.
struct GuardianForm: Sendable {
  static let fields = Set(PersonForm.names + ["email", "phone"])

  var version: Int?
  var person = PersonForm()
  var email = ""
  var phone = ""
  var faults = FormFaults()

  var title: String { "Edit \(person["displayName"])" }

  /// An empty form.
  init() {}

  /// The form of a guardian as it stands.
  init(_ record: GuardianRecord) {
    version = record.version
    person = PersonForm(record.person.details)
    email = record.contacts.primary(.email) ?? ""
    phone = record.contacts.primary(.phone) ?? ""
  }

  /// The form as it was sent.
  init(_ form: FormFields) {
    version = form.version
    person = PersonForm(form)
    email = form.text("email")
    phone = form.text("phone")
  }

  /// The fields by name with their labels, as both editors of a conflict see them.
  private var values: [(name: String, label: String, value: String)] {
    PersonForm.names.map { ($0, PersonForm.labels[$0] ?? $0, person[$0]) } + [
      ("email", "E-mail", email), ("phone", "Phone", phone),
    ]
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: GuardianForm, action: Path) -> ConflictView {
    let pairs = zip(values, newest.values)
    return ConflictView(
      who: "Somebody saved this guardian", action: action, version: newest.version ?? 0,
      differences: pairs.filter { $0.value != $1.value }.map { yours, theirs in
        .init(
          name: yours.name, label: yours.label, yours: (yours.value, yours.value),
          theirs: (theirs.value, theirs.value))
      },
      kept: pairs.filter { $0.value == $1.value }.map { yours, _ in (yours.name, yours.value) })
  }

  /// The ways to reach the guardian.
  @HTMLBuilder var reaching: HTML {
    Field("E-mail", name: "email", .line(email, kind: .email), error: faults["email"], isOptional: true)
    Field(
      "Phone", name: "phone", .line(phone, kind: .tel), error: faults["phone"], width: .short, isOptional: true)
  }
}

struct GuardianFormView: View {
  let id: PersonID
  let model: GuardianForm

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title, about: "What the guardian is to each student is changed from the student's family.")
    form(.method(.post), .action(DirectoryPaths.editing(guardian: id))) {
      Hidden("version", model.version.map(String.init))
      model.person.fields(model.faults)
      model.reaching
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: DirectoryPaths.guardian(id))
      }
    }
  }
}

/// What stands in the form of what a guardian is to one student.
struct GuardianshipForm: Sendable {
  static let fields: Set<String> = ["relation", "isPrimary", "livesWith", "note"]

  var version: Int
  var relation: String
  var isPrimary: Bool
  var livesWith: Bool
  var note: String
  var faults = FormFaults()

  /// The form of a guardianship as it stands, or of a new one.
  init(_ details: GuardianshipDetails, version: Int = 0) {
    self.version = version
    relation = details.relation.rawValue
    isPrimary = details.isPrimary
    livesWith = details.livesWith
    note = details.note ?? ""
  }

  /// The form as it was sent. A tick that is not there is none, and so is one that is sent empty.
  init(_ form: FormFields) {
    version = form.version
    relation = form.text("relation")
    isPrimary = form.filled("isPrimary") != nil
    livesWith = form.filled("livesWith") != nil
    note = form.text("note")
  }

  /// What it says; throws when the relation is none.
  func details() throws(Problem) -> GuardianshipDetails {
    guard let relation = Relation(rawValue: relation) else {
      throw .invalid([.init(pointer: "/relation", code: "REQUIRED", detail: "Choose the relation.")])
    }
    return GuardianshipDetails(
      relation: relation, isPrimary: isPrimary, livesWith: livesWith, note: note.isEmpty ? nil : note)
  }

  /// The fields by name, with what is sent and what is read.
  private var values: [(name: String, label: String, value: String, text: String)] {
    [
      ("relation", "Relation", relation, Relation(rawValue: relation)?.title ?? relation),
      ("isPrimary", "Turn to this guardian first", isPrimary ? "on" : "", isPrimary ? "Yes" : "No"),
      ("livesWith", "The student lives here", livesWith ? "on" : "", livesWith ? "Yes" : "No"),
      ("note", "Note", note, note),
    ]
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: GuardianshipForm, action: Path) -> ConflictView {
    let pairs = zip(values, newest.values)
    return ConflictView(
      who: "Somebody saved this guardian", action: action, version: newest.version,
      differences: pairs.filter { $0.value != $1.value }.map { yours, theirs in
        .init(
          name: yours.name, label: yours.label, yours: (yours.value, yours.text), theirs: (theirs.value, theirs.text))
      },
      kept: pairs.filter { $0.value == $1.value }.map { yours, _ in (yours.name, yours.value) })
  }

  /// The fields.
  @HTMLBuilder var inputs: HTML {
    Field(
      "Relation", name: "relation",
      .select(Relation.allCases.map { .init($0.rawValue, $0.title, isChosen: $0.rawValue == relation) }),
      error: faults["relation"], width: .short)
    Tick("Turn to this guardian first", name: "isPrimary", isChecked: isPrimary)
    Tick("The student lives here", name: "livesWith", isChecked: livesWith)
    Field("Note", name: "note", .line(note), error: faults["note"], isOptional: true)
  }
}

/// What stands in the form of a custody right.
struct CustodyForm: Sendable {
  static let fields: Set<String> = ["custody", "allowed", "firstOn", "lastOn", "note"]

  var custody = Custody.collect.rawValue
  var allowed = "no"
  var firstOn = ""
  var lastOn = ""
  var paper = ""
  var faults = FormFaults()

  /// An empty form.
  init() {}

  /// The form as it was sent.
  init(_ form: FormFields) {
    custody = form.text("custody")
    allowed = form.text("allowed")
    firstOn = form.text("firstOn")
    lastOn = form.text("lastOn")
    paper = form.text("note")
  }

  /// The fields.
  @HTMLBuilder var inputs: HTML {
    RadioGroup(
      "What", name: "custody", Custody.allCases.map { .init($0.rawValue, $0.title, isChosen: $0.rawValue == custody) },
      error: faults["custody"])
    RadioGroup(
      "This is", name: "allowed",
      [.init("yes", "Allowed", isChosen: allowed == "yes"), .init("no", "Denied", isChosen: allowed != "yes")])
    Field("From", name: "firstOn", .date(firstOn), error: faults["firstOn"], width: .short, isOptional: true)
    Field("Until", name: "lastOn", .date(lastOn), error: faults["lastOn"], width: .short, isOptional: true)
    Field(
      "Paper", name: "note", .line(paper), hint: "Such as the court's file number.", error: faults["note"],
      isOptional: true)
  }
}
