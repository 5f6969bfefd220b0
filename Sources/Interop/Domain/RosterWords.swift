private import Kernel

/// What the words of other systems mean to us.
enum RosterWords {
  static func sex(_ text: String) -> RosterPerson.Sex? {
    switch HeaderName(text).folded {
    case "m", "male", "boy", "man", "mannlich", "masculin", "masculino", "homme", "garcon": .male
    case "f", "female", "girl", "woman", "w", "weiblich", "feminin", "femenino", "feminino", "femme", "fille": .female
    case "x", "other", "o", "d", "divers", "nonbinary", "nb", "another", "autre", "otro": .other
    case "unspecified", "u", "unknown", "notspecified", "notstated", "n": .unspecified
    default: nil
    }
  }

  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1", "yes", "y": true
    case "false", "0", "no", "n": false
    default: nil
    }
  }

  static func status(_ text: String) -> RosterStudent.Status? {
    switch HeaderName(text).folded {
    case "active", "enrolled", "current", "aktiv", "actif", "activo": .active
    case "inactive", "disabled", "left", "former": .inactive
    case "suspended": .suspended
    case "transferred", "transfer": .transferred
    case "withdrawn", "withdrew": .withdrawn
    case "expelled": .expelled
    case "graduated", "alumni", "completed": .graduated
    default: nil
    }
  }

  static func orgKind(_ text: String) -> RosterOrg.Kind {
    switch text.lowercased() {
    case "school": .school
    case "district": .district
    case "department": .department
    case "college", "ext:college": .college
    default: .other(withoutExtension(text))
    }
  }

  static func sessionKind(_ text: String) -> RosterSession.Kind {
    switch text.lowercased() {
    case "schoolyear": .year
    case "semester": .semester
    case "term": .term
    case "gradingperiod": .gradingPeriod
    default: .other(withoutExtension(text))
    }
  }

  /// What somebody does at an organisation; nil for those who are there as a student's family.
  enum Place: Equatable {
    case student, family
    case staff(RosterStaff.Kind)
  }

  static func place(_ text: String) -> Place {
    switch text.lowercased() {
    case "student": .student
    case "guardian", "parent", "relative", "aunt", "uncle", "father", "mother", "grandparent", "grandfather",
      "grandmother", "stepparent", "stepfather", "stepmother", "sibling", "brother", "sister", "emergencycontact":
      .family
    case "teacher", "professor", "faculty", "lecturer", "instructor", "assistantprofessor", "associateprofessor",
      "adjunctfaculty", "substitute":
      .staff(.teacher)
    case "aide", "paraprofessional", "teachingassistant", "ta": .staff(.aide)
    case "counselor", "counsellor", "adviser", "advisor": .staff(.counselor)
    case "principal": .staff(.principal)
    case "proctor": .staff(.proctor)
    case "districtadministrator": .staff(.districtAdministrator)
    case "siteadministrator", "administrator", "schooladministrator": .staff(.siteAdministrator)
    case "systemadministrator": .staff(.systemAdministrator)
    default: .staff(.other(withoutExtension(text)))
    }
  }

  static func enrolmentRole(_ text: String) -> RosterEnrolment.Role {
    switch place(text) {
    case .student: .student
    case .staff(.teacher): .teacher
    default: .other(withoutExtension(text))
    }
  }

  private static func withoutExtension(_ text: String) -> String {
    text.hasPrefix("ext:") ? String(text.dropFirst(4)) : text
  }
}
