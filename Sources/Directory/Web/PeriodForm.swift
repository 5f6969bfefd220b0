import Kernel
import Markup
import Web

/// What stands in the form of a year or term.
struct PeriodForm: Sendable {
  private static let labels = [
    ("title", "Title"), ("code", "Code"), ("kind", "Kind"), ("parentId", "Part of"), ("firstOn", "First day"),
    ("lastOn", "Last day"),
  ]
  static let fields = Set(labels.map(\.0) + ["org"])

  var id: PeriodID?
  var version: Int?
  var org = ""
  var faults = FormFaults()
  private var values: [String: String]

  var title: String { id == nil ? "New year or term" : "Edit \(self["title"])" }
  subscript(name: String) -> String { values[name] ?? "" }

  /// An empty form.
  init() { values = ["kind": PeriodKind.term.rawValue] }

  /// A period as it is.
  init(_ period: Period) {
    id = period.id
    version = period.version
    org = period.details.org.description
    values = [
      "title": period.details.title, "code": period.details.code, "kind": period.details.kind.rawValue,
      "parentId": period.details.parent?.description ?? "", "firstOn": period.details.firstOn.description,
      "lastOn": period.details.lastOn.description,
    ]
  }

  /// The form as it was sent.
  init(_ form: FormFields, of id: PeriodID? = nil) {
    self.id = id
    version = form.version
    org = form.text("org")
    values = Dictionary(uniqueKeysWithValues: Self.labels.map { ($0.0, form.text($0.0)) })
  }

  /// The period; throws all choices and days that are none, together.
  func details() throws(Problem) -> PeriodDetails {
    var validation = Validation()
    let org = OrgID(self.org)
    let kind = PeriodKind(rawValue: self["kind"])
    let (firstOn, lastOn) = (SchoolDate(self["firstOn"]), SchoolDate(self["lastOn"]))
    validation.check(org != nil, "/org", "REQUIRED", "Choose the school.")
    validation.check(kind != nil, "/kind", "REQUIRED", "Choose the kind.")
    validation.check(firstOn != nil, "/firstOn", "BAD_DATE", "Enter the first day, such as 2026-09-01.")
    validation.check(lastOn != nil, "/lastOn", "BAD_DATE", "Enter the last day, such as 2027-06-30.")
    try validation.finish()
    guard let org, let kind, let firstOn, let lastOn else { throw .notFound("period") }
    return PeriodDetails(
      org: org, parent: try FormFields.choice(self["parentId"], of: "parentId", PeriodID.init), kind: kind,
      code: self["code"], title: self["title"], firstOn: firstOn, lastOn: lastOn)
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: PeriodForm, action: Path) -> ConflictView {
    ConflictView(
      who: "Somebody saved this period", action: action, version: newest.version ?? 0,
      differences: Self.labels.filter { self[$0.0] != newest[$0.0] }.map { name, label in
        .init(name: name, label: label, yours: (self[name], self[name]), theirs: (newest[name], newest[name]))
      },
      kept: Self.labels.filter { self[$0.0] == newest[$0.0] }.map { ($0.0, self[$0.0]) })
  }
}

struct PeriodFormView: View {
  let model: PeriodForm
  let orgs: [Org]
  let parents: [Period]

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    form(.method(.post), .action(model.id.map { DirectoryPaths.period($0) } ?? DirectoryPaths.periods)) {
      Hidden("version", model.version.map(String.init))
      if model.id == nil {
        Field(
          "School", name: "org",
          .select(orgs.map { .init($0.id.description, $0.details.name, isChosen: $0.id.description == model.org) }),
          error: model.faults["org"])
      }
      Field("Title", name: "title", .line(model["title"]), error: model.faults["title"], isRequired: true)
      Field("Code", name: "code", .line(model["code"]), error: model.faults["code"], width: .short, isRequired: true)
      Field(
        "Kind", name: "kind",
        .select(PeriodKind.allCases.map { .init($0.rawValue, $0.rawValue, isChosen: $0.rawValue == model["kind"]) }),
        error: model.faults["kind"], width: .short)
      Field(
        "Part of", name: "parentId",
        .select(
          [.init("", "Nothing: it stands by itself")]
            + parents.map {
              .init($0.id.description, $0.details.title, isChosen: $0.id.description == model["parentId"])
            }), error: model.faults["parentId"])
      Field(
        "First day", name: "firstOn", .date(model["firstOn"]), error: model.faults["firstOn"], width: .short,
        isRequired: true)
      Field(
        "Last day", name: "lastOn", .date(model["lastOn"]), hint: "This day still belongs to it.",
        error: model.faults["lastOn"], width: .short, isRequired: true)
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: DirectoryPaths.periods)
      }
    }
    if let id = model.id {
      form(.method(.post), .action(DirectoryPaths.deletion(id))) { Button("Delete", .danger, icon: .trash) }
    }
  }
}

struct PeriodListView: View {
  let org: Org
  let orgs: [Org]
  let periods: [Period]
  let current: PeriodID?
  let mayEdit: @Sendable (OrgID) -> Bool

  var body: HTML {
    PageHeader("Years and terms", about: org.details.name) {
      ButtonLink("Export", to: DirectoryPaths.periodsFile.query(["org": org.id.description]), icon: .download)
      if orgs.count > 1 {
        Menu("School", icon: .filter) {
          for other in orgs {
            MenuLink(other.details.name, to: DirectoryPaths.periods.query(["org": other.id.description]))
          }
        }
      }
      if mayEdit(org.id) {
        ButtonLink(
          "New year or term", .primary, to: DirectoryPaths.newPeriod.query(["org": org.id.description]), icon: .plus)
      }
    }
    if periods.isEmpty {
      EmptyState("No years yet", icon: .timetable, reason: "Enter the school year first, then its terms.")
    } else {
      table
    }
  }

  private var table: HTML {
    DataTable(
      caption: "Years and terms",
      columns: [
        .init("Title"), .init("Kind"), .init("Days", .unbroken, isNamedOnPhones: true), .init("State"),
        .init("Change", .actions),
      ],
      rows: periods.map { period in
        DataTable.Row(
          name: period.details.title,
          lead: HTML {
            if mayEdit(period.details.org) {
              a(.href(DirectoryPaths.period(period.id))) { period.details.title }
            } else {
              period.details.title
            }
            if period.id == current { " \(Badge("Current", .info))" }
          },
          cells: [
            HTML(text: period.details.kind.rawValue),
            HTML(text: DateWords.span(period.details.firstOn, period.details.lastOn)),
            Badge(period.details.status.rawValue, period.details.status == .open ? .ok : .plain).body, actions(period),
          ])
      }
    ).body
  }

  @HTMLBuilder private func actions(_ period: Period) -> HTML {
    if mayEdit(period.details.org) {
      let isOpen = period.details.status == .open
      form(.method(.post), .action(DirectoryPaths.status(period.id))) {
        Hidden("version", "\(period.version)")
        Hidden("status", isOpen ? PeriodStatus.closed.rawValue : PeriodStatus.open.rawValue)
        Button(isOpen ? "Close" : "Open", .quiet)
      }
    }
    if mayEdit(org.id), period.id != current {
      form(.method(.post), .action(DirectoryPaths.currentPeriod(org.id))) {
        Hidden("period", period.id.description)
        Button("Make current", .quiet)
      }
    }
  }
}
