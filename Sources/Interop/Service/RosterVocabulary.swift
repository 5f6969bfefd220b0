import Directory
import Kernel

/// The words of rosters for what people do, in ours and back.
enum StaffJob {
  /// The job as people here say it: the title of the post, or the sort of work.
  static func title(of staff: RosterStaff) -> String {
    if let title = staff.title { return capitalised(title) }
    switch staff.kind {
    case .teacher: return "Teacher"
    case .aide: return "Aide"
    case .counselor: return "Counsellor"
    case .principal: return "Principal"
    case .proctor: return "Proctor"
    case .districtAdministrator: return "District administrator"
    case .siteAdministrator: return "School administrator"
    case .systemAdministrator: return "System administrator"
    case .other(let word):
      return capitalised(String(word.map { $0 == "_" ? " " : $0 }))
    }
  }

  private static func capitalised(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

  /// The sort of work, as a roster says it.
  static func kind(of job: String) -> RosterStaff.Kind {
    switch key(job) {
    case "teacher": .teacher
    case "aide": .aide
    case "counsellor": .counselor
    case "principal": .principal
    case "proctor": .proctor
    case "districtadministrator": .districtAdministrator
    case "schooladministrator": .siteAdministrator
    case "systemadministrator": .systemAdministrator
    default: .other(job)
    }
  }

  /// What two spellings of one job have in common.
  static func key(_ job: String) -> String { Text.folded(job).filter { $0.isLetter || $0.isNumber } }
}

/// What a guardian is to a student, in the words of rosters and in ours.
enum FamilyWord {
  /// Our relation for a roster's word; nil where it says nothing.
  static func relation(_ word: String?) -> Relation? {
    guard let word else { return nil }
    let folded = Text.folded(word).filter { $0.isLetter }
    switch folded {
    case "": return nil
    case "mother", "mom", "mum", "mutter", "mere", "madre", "母亲", "母親": return .mother
    case "father", "dad", "vater", "pere", "padre", "父亲", "父親": return .father
    case "parent", "parents": return .parent
    case "stepparent", "stepmother", "stepfather": return .stepparent
    case "grandparent", "grandmother", "grandfather": return .grandparent
    case "sibling", "brother", "sister": return .sibling
    case "aunt": return .aunt
    case "uncle": return .uncle
    case "relative": return .relative
    case "fosterparent", "fostermother", "fosterfather": return .fosterParent
    case "guardian", "legalguardian", "carer": return .guardian
    case "agency": return .agency
    default: return .other
    }
  }

  /// Whether what is known here says the same as the roster's word, or says it more closely.
  static func says(_ known: Relation, _ said: Relation) -> Bool {
    switch said {
    case .parent: [.parent, .mother, .father].contains(known)
    // Rosters call everybody a relative who is neither parent nor guardian.
    case .relative: ![.parent, .mother, .father, .guardian].contains(known)
    default: known == said
    }
  }

  /// The relation as a roster says it.
  static func word(_ relation: Relation) -> String {
    switch relation {
    case .mother, .father, .parent: "parent"
    case .guardian: "guardian"
    default: "relative"
    }
  }
}
