/// The files and columns of OneRoster bulk CSV (binding 1.2.1 of August 2023), in the order that the standard fixes.
enum OneRosterColumns {
  /// Every file the manifest speaks of, in its order; after 1EdTech's list for 1.2.
  static let catalogue = [
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
    "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources",
    "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles",
    "userResources", "users",
  ]

  /// The files of version 1.1.
  static let catalogue11: Set<String> = [
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
    "enrollments", "lineItems", "orgs", "resources", "results", "users",
  ]

  /// What opens every data file. In bulk files the last two are blank.
  private static let opening = ["sourcedId", "status", "dateLastModified"]

  static let academicSessions = opening + ["title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"]
  static let orgs = opening + ["name", "type", "identifier", "parentSourcedId"]
  static let courses =
    opening + ["schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"]
  static let classes =
    opening + [
      "title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds",
      "subjects", "subjectCodes", "periods",
    ]
  static let users =
    opening + [
      "enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms",
      "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier", "preferredGivenName",
      "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns",
    ]
  static let roles =
    opening + ["userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"]
  static let enrollments =
    opening + ["classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"]
  static let demographics =
    opening + [
      "birthDate", "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican",
      "nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity",
      "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus",
    ]
}

/// The status of a row in a bulk file, which ought to be blank.
enum OneRosterStatus {
  /// Whether the row stands; one to be deleted is passed over with a finding.
  static func isLive(_ table: RosterTable) -> Bool {
    guard let column = table.status, let status = table.text(column)?.lowercased(), status != "active" else {
      return true
    }
    table.note(
      .warning, column, "ROW_DELETED",
      "The source marks this row as deleted, so it is passed over. A bulk file should leave such rows out.")
    return false
  }
}

/// The course that a homeroom of ours gets in OneRoster, which knows no class without a course.
enum OneRosterHomeroom {
  private static let prefix = "homeroom-course@"

  static func course(of school: String) -> String { prefix + school }

  static func isCourse(_ id: String) -> Bool { id.hasPrefix(prefix) }
}

/// How OneRoster spells a name that somebody does not have: it wants both a given and a family name.
let oneRosterNoName = "-"
