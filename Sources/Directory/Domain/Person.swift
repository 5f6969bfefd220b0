public import Kernel

/// A human, once in the whole installation, whatever he or she is here: student, guardian, staff, or all of them.
public struct Person: Sendable, Equatable {
  /// What it identifies.
  public let id: PersonID
  /// How often it has been saved.
  public let version: Int
  /// What is known of the person.
  public let details: PersonDetails
  /// The words the person is found by: all names, former ones too.
  public let searchName: String

  /// A person as it was read.
  public init(id: PersonID, version: Int, details: PersonDetails, searchName: String) {
    self.id = id
    self.version = version
    self.details = details
    self.searchName = searchName
  }

  /// A new person; `also` are names he or she is known by besides.
  public init(id: PersonID, _ details: PersonDetails, also: [String] = []) {
    self.init(id: id, version: 1, details: details, searchName: details.searchName(also: also))
  }

  /// The same person as `details` say; former names stay findable.
  public func with(_ details: PersonDetails, also names: [String]) -> Person {
    Person(id: id, version: version, details: details, searchName: details.searchName(also: names))
  }
}

/// What a person may say of a person. A name is one display form; its parts are known or not, and nobody is forced.
public struct PersonDetails: Sendable, Equatable {
  /// The whole name as it is written where the person lives.
  public var displayName: String
  /// The given part.
  public var givenName: String?
  /// What stands between.
  public var middleName: String?
  /// The family part, by which lists are sorted.
  public var familyName: String?
  /// What the person wants to be called.
  public var preferredName: String?
  /// The name in another script.
  public var otherName: String?
  /// BCP 47 tag of the other script's language.
  public var otherLanguage: String?
  /// Date of birth.
  public var birthOn: SchoolDate?
  /// Sex as the papers say.
  public var sex: Sex?
  /// Pronouns in the person's own words.
  public var pronouns: String?
  /// BCP 47 tag of the language spoken at home.
  public var language: String?

  /// A person in words; without a display name it is made of the parts.
  public init(
    displayName: String = "", givenName: String? = nil, middleName: String? = nil, familyName: String? = nil,
    preferredName: String? = nil, otherName: String? = nil, otherLanguage: String? = nil, birthOn: SchoolDate? = nil,
    sex: Sex? = nil, pronouns: String? = nil, language: String? = nil
  ) {
    let parts = [givenName, middleName, familyName].compactMap { $0 }.filter { !$0.isEmpty }
    self.displayName = displayName.isEmpty ? parts.joined(separator: " ") : displayName
    self.givenName = givenName
    self.middleName = middleName
    self.familyName = familyName
    self.preferredName = preferredName
    self.otherName = otherName
    self.otherLanguage = otherLanguage
    self.birthOn = birthOn
    self.sex = sex
    self.pronouns = pronouns
    self.language = language
  }

  /// How lists sort the person: the family part, then the given one, folded; the whole name where no part is known.
  public var sortName: String {
    guard let familyName, !familyName.isEmpty else { return Text.folded(displayName) }
    return Text.folded([familyName, givenName ?? displayName, middleName ?? ""].joined(separator: " "))
  }

  /// The words the person is found by; `also` are former and other names.
  public func searchName(also names: [String] = []) -> String {
    SearchWords.indexed([displayName, givenName, middleName, familyName, preferredName, otherName] + names)
  }

  /// Notes what is wrong and answers the same, trimmed and in NFC.
  public func checked(on today: SchoolDate, _ validation: inout Validation) -> PersonDetails {
    var checked = self
    checked.displayName = validation.line(displayName, at: "/displayName", "the name")
    checked.givenName = validation.optionalLine(givenName, at: "/givenName", "the given name", max: 100)
    checked.middleName = validation.optionalLine(middleName, at: "/middleName", "the middle name", max: 100)
    checked.familyName = validation.optionalLine(familyName, at: "/familyName", "the family name", max: 100)
    checked.preferredName = validation.optionalLine(preferredName, at: "/preferredName", "the preferred name", max: 100)
    checked.otherName = validation.optionalLine(otherName, at: "/otherName", "the name in another script")
    checked.otherLanguage = validation.optionalLine(otherLanguage, at: "/otherLanguage", "the language", max: 35)
    checked.pronouns = validation.optionalLine(pronouns, at: "/pronouns", "the pronouns", max: 40)
    checked.language = validation.optionalLine(language, at: "/language", "the language", max: 35)
    if let birthOn {
      validation.check(
        birthOn <= today && birthOn >= today.adding(years: -130), "/birthOn", "BAD_DATE",
        "Enter a date of birth that is not in the future and not more than 130 years ago.")
    }
    return checked
  }

  /// The same, checked by itself; throws every fault at once.
  public func checked(on today: SchoolDate) throws(Problem) -> PersonDetails {
    var validation = Validation()
    let checked = checked(on: today, &validation)
    try validation.finish()
    return checked
  }
}

/// Sex as the papers say.
public enum Sex: String, Sendable, CaseIterable {
  /// Female.
  case female
  /// Male.
  case male
  /// Neither of the two.
  case other
  /// Not said.
  case unspecified
}
