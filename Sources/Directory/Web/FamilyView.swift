import Kernel
import Markup
import Web

/// The family of a student: guardians, how to reach them, what they may do, and the forms to change that.
struct FamilyView: View {
  let model: StudentModel

  var body: HTML {
    PageSection("Guardians", id: "family") {
      if model.guardians.isEmpty {
        EmptyState("No guardians", icon: .people, reason: "Nobody is entered as a guardian of \(model.name).")
      } else {
        GuardianList(model: model)
      }
    }
    if model.mayEditGuardians {
      Disclosure("Add a guardian", isOpen: model.guardians.isEmpty) { newGuardian }
    }
  }

  private var newGuardian: HTML {
    form(.method(.post), .action(DirectoryPaths.newGuardian(model.id))) {
      PersonForm().fields(FormFaults(), isShort: true)
      GuardianshipView.relation(.guardian)
      Tick("Turn to this guardian first", name: "isPrimary", isChecked: model.guardians.isEmpty)
      Tick("The student lives here", name: "livesWith", isChecked: true)
      Field("E-mail", name: "email", .line(nil, kind: .email), isOptional: true)
      Field("Phone", name: "phone", .line(nil, kind: .tel), width: .short, isOptional: true)
      Button("Add guardian", .primary)
    }
  }
}

/// The guardians as they are shown: who, how to reach them, and what they may do today.
struct GuardianList: View {
  let model: StudentModel

  var body: HTML {
    ul(.class("guardians")) {
      for guardian in model.guardians {
        li {
          PersonCell(
            guardian.displayName, key: guardian.guardianship.guardian.description,
            path: DirectoryPaths.guardian(guardian.guardianship.guardian), also: Self.about(guardian))
          Facts(facts(guardian))
          if model.mayEditGuardians {
            a(.href(DirectoryPaths.guardianship(model.id, guardian.guardianship.id))) {
              "Change\(span(.class("unseen")) { " \(guardian.displayName)" })"
            }
          }
        }
      }
    }
  }

  private static func about(_ guardian: StudentGuardian) -> String {
    let details = guardian.guardianship.details
    return [
      "\(details.relation.title).", details.livesWith ? "Lives with the student." : "Lives elsewhere.",
      details.isPrimary ? "Called first." : nil, details.note,
    ].compactMap { $0 }.joined(separator: " ")
  }

  private func facts(_ guardian: StudentGuardian) -> [Facts.Fact] {
    var facts = guardian.contacts.map { Facts.Fact($0.kind == .email ? "E-mail" : "Phone", $0.value) }
    for custody in Custody.allCases {
      let rights = guardian.rights.filter { $0.custody == custody }
      guard !rights.isEmpty else { continue }
      let allowed = guardian.rights.allows(custody, on: model.today)
      facts.append(
        Facts.Fact(custody.title) {
          StateWord(allowed ? "Yes today" : "Not today", allowed ? .ok : .warn)
          " \(rights.map(\.words).joined(separator: "; "))"
        })
    }
    return facts
  }
}

extension CustodyRight {
  /// `denied from 1 Sep 2026`
  var words: String { "\(isAllowed ? "allowed" : "denied") \(DateWords.span(firstOn, lastOn))" }
}

extension Custody {
  /// What it is about, in the school's words.
  var title: String {
    switch self {
    case .see: "May see"
    case .collect: "May collect"
    case .write: "May be written to"
    }
  }
}

/// The page on which one guardianship is changed.
struct GuardianshipView: View {
  let student: StudentRecord
  let guardian: StudentGuardian

  private var id: GuardianshipID { guardian.guardianship.id }
  private var details: GuardianshipDetails { guardian.guardianship.details }

  var body: HTML {
    PageHeader(
      guardian.displayName, about: "\(details.relation.title) of \(student.person.details.displayName)")
    PageSection("Guardianship") {
      form(.method(.post), .action(DirectoryPaths.guardianship(student.student.id, id))) {
        Hidden("version", "\(guardian.guardianship.version)")
        Self.relation(details.relation)
        Tick("Turn to this guardian first", name: "isPrimary", isChecked: details.isPrimary)
        Tick("The student lives here", name: "livesWith", isChecked: details.livesWith)
        Field("Note", name: "note", .line(details.note), isOptional: true)
        Button("Save", .primary)
      }
    }
    PageSection("Custody", aside: "Where nothing is said, guardians may.") {
      for right in guardian.rights {
        form(
          .class("actions"), .method(.post), .action(DirectoryPaths.rightEnding(student.student.id, id, right.id))
        ) {
          span { "\(right.custody.title): \(right.words)" }
          Button("Take out", .quiet)
        }
      }
      Disclosure("Write down a right", isOpen: guardian.rights.isEmpty) { newRight }
    }
    form(.method(.post), .action(DirectoryPaths.guardianEnding(student.student.id, id))) {
      Button("Remove guardian", .danger, icon: .trash)
    }
  }

  private var newRight: HTML {
    form(.method(.post), .action(DirectoryPaths.newRight(student.student.id, id))) {
      RadioGroup(
        "What", name: "custody", Custody.allCases.map { .init($0.rawValue, $0.title, isChosen: $0 == .collect) })
      RadioGroup("This is", name: "allowed", [.init("yes", "Allowed"), .init("no", "Denied", isChosen: true)])
      Field("From", name: "firstOn", .date(nil), width: .short, isOptional: true)
      Field("Until", name: "lastOn", .date(nil), width: .short, isOptional: true)
      Field("Paper", name: "paper", .line(nil), hint: "Such as the court's file number.", isOptional: true)
      Button("Write down")
    }
  }

  /// The choice of a relation.
  static func relation(_ chosen: Relation) -> Field {
    Field(
      "Relation", name: "relation",
      .select(Relation.allCases.map { .init($0.rawValue, $0.title, isChosen: $0 == chosen) }), width: .short)
  }
}
