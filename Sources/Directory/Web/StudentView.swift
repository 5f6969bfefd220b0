import Kernel
import Markup
import Record
import Web

/// A student's page, ready to be drawn.
struct StudentModel: Sendable {
  let record: StudentRecord
  let tab: String
  let tabs: [StudentTab]
  let today: SchoolDate
  let mayEdit: Bool
  let mayEditGuardians: Bool
  let seesGuardians: Bool
  let seesLog: Bool
  var guardians: [StudentGuardian] = []
  var log: [RecordedVersion] = []
  /// Ways into other slices.
  var ways: [ButtonLink] = []
  var whoLooked: Path?
  var fault: String?

  init(
    _ record: StudentRecord, tab: String, tabs: [StudentTab], today: SchoolDate, mayEdit: Bool,
    mayEditGuardians: Bool, seesGuardians: Bool, seesLog: Bool
  ) {
    self.record = record
    self.tab = tab
    self.tabs = tabs
    self.today = today
    self.mayEdit = mayEdit
    self.mayEditGuardians = mayEditGuardians
    self.seesGuardians = seesGuardians
    self.seesLog = seesLog
  }

  var id: StudentID { record.student.id }
  var name: String { record.person.details.displayName }

  /// The page's title: the name, and the part of the record that is shown.
  var title: String {
    let parts = [("family", "family"), ("log", "log")] + tabs.map { ($0.key, $0.label.lowercased()) }
    return parts.first { $0.0 == tab }.map { "\(name), \($0.1)" } ?? name
  }

  /// The line below the name: what he or she is called, the year group, the birthday, the number.
  var about: String {
    let details = record.person.details
    return [
      details.preferredName.map { "Called \($0)." },
      record.student.grade.map { "Grade \($0)." },
      details.birthOn.map { "Born \($0.words), \(DateWords.age($0, on: today)) years." },
      "\(record.student.number), \(record.schoolName)",
    ].compactMap { $0 }.joined(separator: " ")
  }

  /// Whether something is written down about what a guardian may do today.
  var hasCustodyNote: Bool { guardians.contains { $0.rights.contains { $0.holds(on: today) } } }

  /// The tabs as links; the first has no name in the address.
  var links: [Tabs.Tab] {
    var parts = [("", "Overview")]
    if seesGuardians { parts.append(("family", "Family")) }
    parts += tabs.map { ($0.key, $0.label) }
    if seesLog { parts.append(("log", "Log")) }
    let path = DirectoryPaths.student(id)
    return parts.map { key, label in
      Tabs.Tab(label, path: key.isEmpty ? path : path.query(["tab": key]), isCurrent: key == tab)
    }
  }
}

struct StudentView: View {
  let model: StudentModel
  let other: HTML

  var body: HTML {
    if let fault = model.fault { ErrorSummary([], detail: fault) }
    PageHeader(person: model.name, key: model.id.description) {
      model.about
    } badges: {
      Badge(model.record.student.status.title, model.record.student.status.tone)
      if model.hasCustodyNote { Badge("Custody note", .warn, icon: .shield) }
    } actions: {
      for way in model.ways { way }
      if model.mayEdit {
        ButtonLink("Edit", to: DirectoryPaths.editing(model.id), icon: .edit, shortcut: "E")
        Menu("More actions", icon: .more, isSquare: true) {
          MenuAction(
            "Delete", to: DirectoryPaths.deletion(model.id), icon: .trash, aside: "can be undone",
            fields: [("version", "\(model.record.version)")])
        }
      }
    }
    Tabs("Student", model.links)
    switch model.tab {
    case "": overview
    case "family" where model.seesGuardians: FamilyView(model: model)
    case "log" where model.seesLog:
      if let whoLooked = model.whoLooked { p { a(.href(whoLooked)) { "Who looked at this record" } } }
      StudentLogView(log: model.log)
    default: other
    }
  }

  private var overview: HTML {
    Columns {
      PageSection("About") { Facts(facts) }
      if model.seesGuardians {
        PageSection("Guardians") {
          a(.href(DirectoryPaths.student(model.id).query(["tab": "family"]))) { "Family" }
        } content: {
          if model.guardians.isEmpty {
            p(.class("muted")) { "No guardian is entered." }
          } else {
            GuardianList(model: model)
          }
        }
      }
    } side: {
      Card("At the school") {
        Timeline(
          model.record.enrolments.map { time in
            Timeline.Entry(day: time.firstOn.words, icon: .learning) {
              time.lastOn == nil ? "Enrolled" : "Enrolled until \((time.lastOn ?? time.firstOn).words)"
            } also: {
              [time.grade.map { "Grade \($0)" }, time.reason].compactMap { $0 }.joined(separator: ". ")
            }
          })
      }
      if model.mayEdit { statusCard }
    }.body
  }

  private var facts: [Facts.Fact] {
    let details = model.record.person.details
    return [
      Facts.Fact("Number", model.record.student.number), Facts.Fact("School", model.record.schoolName),
      Facts.Fact("Grade", model.record.student.grade),
      Facts.Fact("Born", details.birthOn?.words),
      Facts.Fact("Sex", details.sex.map { $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst() }),
      Facts.Fact("Pronouns", details.pronouns),
      Facts.Fact("Home language", details.language),
      Facts.Fact("Name in another script") { bdi(.lang(details.otherLanguage)) { details.otherName ?? "–" } },
      Facts.Fact(
        "Former names",
        model.record.names.filter { $0.kind == .former }.map(\.display).joined(separator: ", ")),
      Facts.Fact("E-mail", model.record.contacts.primary(.email)),
      Facts.Fact("Phone", model.record.contacts.primary(.phone)),
    ]
  }

  private var statusCard: HTML {
    Card("Status") {
      form(.method(.post), .action(DirectoryPaths.statusChange(model.id))) {
        Hidden("version", "\(model.record.version)")
        Field(
          "Becomes", name: "status",
          .select(
            StudentStatus.allCases.filter(model.record.student.status.next.contains)
              .map { .init($0.rawValue, $0.title) }), width: .short)
        Field(
          "Reason", name: "reason", .line(nil), hint: "Needed for leaving, suspending and coming back.",
          isOptional: true)
        Button("Change status")
      }
    }.body
  }
}

/// What was done to the record, newest first.
struct StudentLogView: View {
  let log: [RecordedVersion]

  var body: HTML {
    if log.isEmpty {
      EmptyState("Nothing yet", icon: .clock, reason: "Every change of the record will stand here.")
    } else {
      Timeline(
        log.map { entry in
          Timeline.Entry(
            day: entry.at.utcDate.words, time: String(entry.at.description.dropFirst(11).prefix(5)),
            icon: .edit
          ) {
            "\(entry.kind.prefix(1).uppercased())\(entry.kind.dropFirst()) \(entry.action.rawValue)"
          } also: {
            Self.words(entry)
          }
        })
    }
  }

  /// `grade: 9, now 10`, and why.
  private static func words(_ entry: RecordedVersion) -> String {
    let changes = entry.action == .changed ? entry.changes : []
    let words = changes.filter { !hidden.contains($0.name) }.map { change in
      "\(change.name.replacing("_", with: " ")): \(text(change.before)), now \(text(change.after))"
    }
    return (words + [entry.reason].compactMap { $0 }).joined(separator: ". ")
  }

  /// Derived columns say nothing that the name does not.
  private static let hidden: Set<String> = ["sort_name", "search_name"]

  private static func text(_ value: JSON) -> String {
    switch value {
    case .null: "empty"
    case .string(let text): text
    default: value.text
    }
  }
}
