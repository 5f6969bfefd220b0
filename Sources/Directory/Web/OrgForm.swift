import Kernel
import Markup
import Web

/// What stands in the form of an organisation.
struct OrgForm: Sendable {
  private static let labels = [
    ("name", "Name"), ("code", "Code"), ("kind", "Kind"), ("parentId", "Below"), ("nativeName", "Native name"),
    ("timeZone", "Time zone"), ("locale", "Language"), ("weekStart", "Week begins"),
  ]
  static let fields = Set(labels.map(\.0))

  var id: OrgID?
  var version: Int?
  var faults = FormFaults()
  private var values: [String: String]

  var title: String { id == nil ? "New organisation" : "Edit \(self["name"])" }
  subscript(name: String) -> String { values[name] ?? "" }

  /// An empty form.
  init() { values = ["kind": OrgKind.school.rawValue, "timeZone": "UTC", "locale": "en", "weekStart": "1"] }

  /// An organisation as it is.
  init(_ org: Org) {
    id = org.id
    version = org.version
    let details = org.details
    values = [
      "name": details.name, "code": details.code, "kind": details.kind.rawValue,
      "parentId": details.parent?.description ?? "", "nativeName": details.nativeName ?? "",
      "timeZone": details.timeZone, "locale": details.locale, "weekStart": "\(details.weekStart)",
    ]
  }

  /// The form as it was sent.
  init(_ form: FormFields, of id: OrgID? = nil) {
    self.id = id
    version = form.version
    values = Dictionary(uniqueKeysWithValues: Self.labels.map { ($0.0, form.text($0.0)) })
  }

  /// The organisation; throws when a choice is none of the list.
  func details() throws(Problem) -> OrgDetails {
    guard let kind = OrgKind(rawValue: self["kind"]) else {
      throw .invalid([.init(pointer: "/kind", code: "REQUIRED", detail: "Choose the kind.")])
    }
    return OrgDetails(
      parent: try FormFields.choice(self["parentId"], of: "parentId", OrgID.init), kind: kind, code: self["code"],
      name: self["name"], nativeName: self["nativeName"], timeZone: self["timeZone"], locale: self["locale"],
      weekStart: Int(self["weekStart"]) ?? 0)
  }

  /// Both versions of what two people changed, to choose from.
  func conflict(with newest: OrgForm, action: Path) -> ConflictView {
    ConflictView(
      who: "Somebody saved this organisation", action: action, version: newest.version ?? 0,
      differences: Self.labels.filter { self[$0.0] != newest[$0.0] }.map { name, label in
        .init(name: name, label: label, yours: (self[name], self[name]), theirs: (newest[name], newest[name]))
      },
      kept: Self.labels.filter { self[$0.0] == newest[$0.0] }.map { ($0.0, self[$0.0]) })
  }

  /// Organisations with each below its parent, and how deep; those whose parent is out of sight stand at the top.
  static func tree(_ orgs: [Org]) -> [(org: Org, depth: Int)] {
    let known = Set(orgs.map(\.id))
    let children = Dictionary(grouping: orgs) { org in org.details.parent.flatMap { known.contains($0) ? $0 : nil } }
    var rows: [(org: Org, depth: Int)] = []
    func add(below parent: OrgID?, depth: Int) {
      for org in children[parent] ?? [] where depth < 20 {
        rows.append((org, depth))
        add(below: org.id, depth: depth + 1)
      }
    }
    add(below: nil, depth: 0)
    return rows
  }
}

struct OrgFormView: View {
  let model: OrgForm
  let parents: [Org]
  let mayStandAtTop: Bool

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    form(.method(.post), .action(model.id.map { DirectoryPaths.org($0) } ?? DirectoryPaths.orgs)) {
      Hidden("version", model.version.map(String.init))
      Field("Name", name: "name", .line(model["name"]), error: model.faults["name"], isRequired: true)
      Field("Code", name: "code", .line(model["code"]), error: model.faults["code"], width: .short, isRequired: true)
      Field(
        "Kind", name: "kind",
        .select(OrgKind.allCases.map { .init($0.rawValue, $0.rawValue, isChosen: $0.rawValue == model["kind"]) }),
        error: model.faults["kind"], width: .short)
      Field(
        "Below", name: "parentId",
        .select(
          (mayStandAtTop || model["parentId"].isEmpty ? [.init("", "Nothing: it stands at the top")] : [])
            + parents.filter { $0.id != model.id }
            .map { .init($0.id.description, $0.details.name, isChosen: $0.id.description == model["parentId"]) }),
        error: model.faults["parentId"])
      Field(
        "Native name", name: "nativeName", .line(model["nativeName"]), error: model.faults["nativeName"],
        isOptional: true)
      Field(
        "Time zone", name: "timeZone", .line(model["timeZone"]), hint: "Such as Africa/Monrovia.",
        error: model.faults["timeZone"], width: .short)
      Field("Language", name: "locale", .line(model["locale"]), error: model.faults["locale"], width: .short)
      Field(
        "Week begins", name: "weekStart",
        .select(
          SchoolDate.weekdayNames.enumerated().map {
            .init("\($0.offset + 1)", $0.element, isChosen: "\($0.offset + 1)" == model["weekStart"])
          }), error: model.faults["weekStart"], width: .short)
      div(.class("actions")) {
        Button("Save", .primary)
        ButtonLink("Cancel", .quiet, to: DirectoryPaths.orgs)
      }
    }
    if let id = model.id {
      form(.method(.post), .action(DirectoryPaths.deletion(id))) { Button("Delete", .danger, icon: .trash) }
    }
  }
}
