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
      for guardian in model.guardians { GuardianForms(student: model.id, guardian: guardian) }
      Disclosure("Add a guardian", isOpen: model.guardians.isEmpty) { newGuardian }
    }
  }

  private var newGuardian: HTML {
    form(.method(.post), .action(DirectoryPaths.newGuardian(model.id))) {
      PersonForm().fields(FormFaults(), isShort: true)
      GuardianForms.relation(.guardian)
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

/// The forms that change one guardianship.
struct GuardianForms: View {
  let student: StudentID
  let guardian: StudentGuardian

  private var id: GuardianshipID { guardian.guardianship.id }
  private var details: GuardianshipDetails { guardian.guardianship.details }

  var body: HTML {
    Disclosure("Change \(guardian.displayName)") {
      form(.method(.post), .action(DirectoryPaths.guardianship(student, id))) {
        Hidden("version", "\(guardian.guardianship.version)")
        Self.relation(details.relation, suffix: id.description)
        Tick("Turn to this guardian first", name: "isPrimary", isChecked: details.isPrimary)
        Tick("The student lives here", name: "livesWith", isChecked: details.livesWith)
        Field("Note", name: "note", .line(details.note), isOptional: true)
        Button("Save")
      }
      form(.method(.post), .action(DirectoryPaths.newRight(student, id))) {
        RadioGroup(
          "Custody", name: "custody",
          Custody.allCases.map { .init($0.rawValue, $0.title, isChosen: $0 == .collect) })
        RadioGroup("Is this", name: "allowed", [.init("yes", "Allowed"), .init("no", "Denied", isChosen: true)])
        Field("From", name: "firstOn", .date(nil), width: .short, isOptional: true)
        Field("Until", name: "lastOn", .date(nil), width: .short, isOptional: true)
        Field("Paper", name: "note", .line(nil), hint: "Such as the court's file number.", isOptional: true)
        Button("Write down")
      }
      for right in guardian.rights {
        form(.method(.post), .action(DirectoryPaths.rightEnding(student, id, right.id))) {
          "\(right.custody.title): \(right.words) "
          Button("Take out", .quiet)
        }
      }
      form(.method(.post), .action(DirectoryPaths.guardianEnding(student, id))) {
        Button("Remove guardian", .danger, icon: .trash)
      }
    }
  }

  /// The choice of a relation. Ids are unique on a page where the field stands more than once.
  static func relation(_ chosen: Relation, suffix: String = "") -> HTML {
    div(.class("field")) {
      label(.for("relation\(suffix)")) { "Relation" }
      select(.class("input short"), .id("relation\(suffix)"), .name("relation")) {
        for relation in Relation.allCases {
          option(.value(relation.rawValue), .selected(relation == chosen)) { relation.title }
        }
      }
    }
  }
}
