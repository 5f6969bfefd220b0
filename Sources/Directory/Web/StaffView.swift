import Kernel
import Markup
import Web

struct StaffListView: View {
  let page: Page<StaffSummary>
  let search: String?
  let first: Path?
  let mayCreate: Bool

  var body: HTML {
    PageHeader("Staff") {
      ButtonLink("Export", to: DirectoryPaths.staffFile.query(["q": search]), icon: .download)
      if mayCreate { ButtonLink("New member of staff", .primary, to: DirectoryPaths.newStaff, icon: .plus) }
    }
    FilterBar("Staff", action: DirectoryPaths.staff, query: search, placeholder: "Name", swap: "staff-list")
    SwapRegion("staff-list") {
      if page.items.isEmpty {
        EmptyState(
          "No staff", icon: .people,
          reason: search == nil
            ? "Staff appear here once they are entered or imported." : "Nobody's name begins like this.")
      } else {
        DataTable(
          caption: "Staff by name", columns: [.init("Name"), .init("Jobs", isNamedOnPhones: true)],
          rows: page.items.map { row in
            DataTable.Row(
              name: row.displayName,
              lead: PersonCell(row.displayName, key: row.id.description, path: DirectoryPaths.staffMember(row.id)).body,
              cells: [HTML(text: row.jobs.map(\.job).joined(separator: ", "))])
          })
        Pager(
          shown: CountWords.of(page.items.count, "member shown", "members shown"), first: first,
          next: page.next.map { DirectoryPaths.staff.query(["q": search, "after": $0.description]) })
      }
    }
  }
}

struct StaffView: View {
  let record: StaffRecord
  let orgs: [Org]
  let mayEdit: Bool
  /// Ways into other slices.
  let ways: [ButtonLink]

  var body: HTML {
    PageHeader(person: record.person.details.displayName, key: record.staff.id.description) {
      record.employments.map(\.details.job).joined(separator: ", ")
    } actions: {
      for way in ways { way }
      if mayEdit {
        ButtonLink("Edit", to: DirectoryPaths.editing(record.staff.id), icon: .edit, shortcut: "E")
        Menu("More actions", icon: .more, isSquare: true) {
          MenuAction("Delete", to: DirectoryPaths.deletion(record.staff.id), icon: .trash, aside: "can be undone")
        }
      }
    }
    PageSection("About") {
      Facts([
        Facts.Fact("E-mail", record.contacts.primary(.email)), Facts.Fact("Phone", record.contacts.primary(.phone)),
        Facts.Fact("Called", record.person.details.preferredName),
        Facts.Fact("Pronouns", record.person.details.pronouns), Facts.Fact("Note", record.staff.note),
      ])
    }
    PageSection("Jobs") {
      if record.employments.isEmpty {
        EmptyState("No jobs", icon: .key, reason: "Nobody has entered what this person does here.")
      } else {
        jobs
      }
    }
    if mayEdit, !orgs.isEmpty { Disclosure("Add a job") { newJob } }
  }

  private var jobs: HTML {
    DataTable(
      caption: "Jobs",
      columns: [
        .init("Job"), .init("Where", isNamedOnPhones: true), .init("Department", room: .wide),
        .init("When", .unbroken, isNamedOnPhones: true), .init("End", .actions),
      ],
      rows: record.employments.map { employment in
        let details = employment.details
        return DataTable.Row(
          name: details.job, lead: HTML(text: details.job),
          cells: [
            HTML(text: orgs.first { $0.id == details.org }?.details.name ?? ""), HTML(text: details.department ?? ""),
            HTML(text: DateWords.span(details.firstOn, details.lastOn)),
            HTML {
              if mayEdit, details.lastOn == nil {
                form(.method(.post), .action(DirectoryPaths.jobEnding(record.staff.id, employment.id))) {
                  Hidden("version", "\(employment.version)")
                  Button("End today", .quiet)
                }
              }
            },
          ])
      }
    ).body
  }

  private var newJob: HTML {
    form(.method(.post), .action(DirectoryPaths.jobs(record.staff.id))) {
      JobFields(orgs: orgs, faults: FormFaults())
      Button("Add job", .primary)
    }
  }
}

/// The fields of a job.
struct JobFields: View {
  let orgs: [Org]
  let faults: FormFaults
  var org = ""
  var job = ""

  var body: HTML {
    Field("Job", name: "job", .line(job), hint: "Such as Teacher.", error: faults["job"], isRequired: true)
    Field(
      "Where", name: "org",
      .select(orgs.map { .init($0.id.description, $0.details.name, isChosen: $0.id.description == org) }),
      error: faults["org"])
    Field("Department", name: "department", .line(nil), error: faults["department"], isOptional: true)
    Field("Staff number", name: "number", .line(nil), error: faults["number"], width: .short, isOptional: true)
    Field("First day", name: "firstOn", .date(nil), error: faults["firstOn"], width: .short, isOptional: true)
  }
}

/// What stands in the form of a member of staff.
struct StaffForm: Sendable {
  static let fields = Set(
    PersonForm.names + ["org", "job", "department", "number", "firstOn", "email", "phone", "note"])

  var id: StaffID?
  var version: Int?
  var person = PersonForm()
  var note = ""
  var org = ""
  var job = ""
  var email = ""
  var phone = ""
  var faults = FormFaults()

  var title: String { id == nil ? "New member of staff" : "Edit \(person["displayName"])" }

  /// An empty form.
  init() {}

  /// A member of staff as known.
  init(_ record: StaffRecord) {
    id = record.staff.id
    version = record.version
    person = PersonForm(record.person.details)
    note = record.staff.note ?? ""
  }

  /// The form as it was sent.
  init(_ form: FormFields, of id: StaffID? = nil) {
    self.id = id
    version = form.version
    person = PersonForm(form)
    note = form.text("note")
    org = form.text("org")
    job = form.text("job")
    email = form.text("email")
    phone = form.text("phone")
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: StaffForm, action: Path) -> ConflictView {
    let yours = PersonForm.names.map { ($0, PersonForm.labels[$0] ?? $0, person[$0]) } + [("note", "Note", note)]
    let theirs = PersonForm.names.map { newest.person[$0] } + [newest.note]
    let pairs = zip(yours, theirs)
    return ConflictView(
      who: "Somebody saved this member of staff", action: action, version: newest.version ?? 0,
      differences: pairs.filter { $0.2 != $1 }.map { yours, theirs in
        .init(name: yours.0, label: yours.1, yours: (yours.2, yours.2), theirs: (theirs, theirs))
      },
      kept: pairs.filter { $0.2 == $1 }.map { yours, _ in (yours.0, yours.2) })
  }
}

struct StaffFormView: View {
  let model: StaffForm
  let orgs: [Org]

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    form(.method(.post), .action(model.id.map { DirectoryPaths.editing($0) } ?? DirectoryPaths.staff)) {
      Hidden("version", model.version.map(String.init))
      model.person.fields(model.faults)
      if model.id == nil {
        JobFields(orgs: orgs, faults: model.faults, org: model.org, job: model.job)
        Field("E-mail", name: "email", .line(model.email, kind: .email), error: model.faults["email"], isOptional: true)
        Field(
          "Phone", name: "phone", .line(model.phone, kind: .tel), error: model.faults["phone"], width: .short,
          isOptional: true)
      } else {
        Field("Note", name: "note", .lines(model.note), error: model.faults["note"], isOptional: true)
      }
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: model.id.map { DirectoryPaths.staffMember($0) } ?? DirectoryPaths.staff)
      }
    }
  }
}
