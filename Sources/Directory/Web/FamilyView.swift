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
    NewGuardianForm(
      student: model.id, guardian: GuardianForm(),
      details: GuardianshipForm(
        GuardianshipDetails(relation: .guardian, isPrimary: model.guardians.isEmpty, livesWith: true))
    ).body
  }
}

/// The form that makes somebody a guardian.
struct NewGuardianForm: View {
  let student: StudentID
  let guardian: GuardianForm
  let details: GuardianshipForm

  var body: HTML {
    form(.method(.post), .action(DirectoryPaths.newGuardian(student))) {
      guardian.person.fields(guardian.faults, isShort: true)
      details.inputs
      guardian.reaching
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
  var details: GuardianshipForm
  var custody: CustodyForm

  /// The page as things stand.
  init(student: StudentRecord, guardian: StudentGuardian) {
    self.student = student
    self.guardian = guardian
    details = GuardianshipForm(guardian.guardianship.details, version: guardian.guardianship.version)
    custody = CustodyForm()
  }

  private var id: GuardianshipID { guardian.guardianship.id }

  /// Whether something that was sent is refused.
  var hasErrors: Bool { !details.faults.isEmpty || !custody.faults.isEmpty }

  var body: HTML {
    ErrorSummary(
      details.faults.faults + custody.faults.faults, detail: details.faults.detail ?? custody.faults.detail)
    PageHeader(
      guardian.displayName,
      about: "\(guardian.guardianship.details.relation.title) of \(student.person.details.displayName)"
    ) {
      ButtonLink(
        "Name and contacts", to: DirectoryPaths.editing(guardian: guardian.guardianship.guardian), icon: .edit)
    }
    PageSection("Guardianship") {
      form(.method(.post), .action(DirectoryPaths.guardianship(student.student.id, id))) {
        Hidden("version", "\(details.version)")
        details.inputs
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
      Disclosure("Write down a right", isOpen: guardian.rights.isEmpty || !custody.faults.isEmpty) {
        form(.method(.post), .action(DirectoryPaths.newRight(student.student.id, id))) {
          custody.inputs
          Button("Write down")
        }
      }
    }
    form(.method(.post), .action(DirectoryPaths.guardianEnding(student.student.id, id))) {
      Button("Remove guardian", .danger, icon: .trash)
    }
  }
}
