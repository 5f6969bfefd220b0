public import Kernel

/// Identifies a further name of a person.
public typealias PersonNameID = ID<PersonName>
/// Identifies a contact point.
public typealias ContactPointID = ID<ContactPoint>

/// A name of a person besides the one in use: a former one, the one in the papers, one in a third script.
public struct PersonName: Sendable, Equatable {
  /// What it identifies.
  public let id: PersonNameID
  /// How often it has been saved.
  public let version: Int
  /// Whose it is.
  public let person: PersonID
  /// What sort of name it is.
  public let kind: Kind
  /// The whole name.
  public let display: String
  /// Its given part.
  public let given: String?
  /// Its family part.
  public let family: String?
  /// BCP 47 tag of its language.
  public let language: String?
  /// The last day it was in use; nil while it is, or when nobody knows.
  public let untilOn: SchoolDate?

  /// What sort of name it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// As the papers say.
    case legal
    /// In use until `untilOn`.
    case former
    /// In a further script.
    case otherScript = "other_script"
  }

  /// A name as it was read, or a new one of version 1.
  public init(
    id: PersonNameID, version: Int = 1, person: PersonID, kind: Kind, display: String, given: String? = nil,
    family: String? = nil, language: String? = nil, untilOn: SchoolDate? = nil
  ) {
    self.id = id
    self.version = version
    self.person = person
    self.kind = kind
    self.display = display
    self.given = given
    self.family = family
    self.language = language
    self.untilOn = untilOn
  }
}

extension Person {
  /// The name that is no longer in use when the person is called as `details` say; nil when it stays the same.
  public func formerName(after details: PersonDetails, id: PersonNameID, on today: SchoolDate) -> PersonName? {
    guard details.displayName != self.details.displayName else { return nil }
    return PersonName(
      id: id, person: self.id, kind: .former, display: self.details.displayName, given: self.details.givenName,
      family: self.details.familyName, untilOn: today)
  }
}

/// A way to reach a person.
public struct ContactPoint: Sendable, Equatable {
  /// What it identifies.
  public let id: ContactPointID
  /// How often it has been saved.
  public let version: Int
  /// Whose it is.
  public let person: PersonID
  /// What sort it is.
  public let kind: Kind
  /// The address or number.
  public let value: String
  /// Whether it is the one to use first of its kind.
  public let isPrimary: Bool
  /// When the person proved it to be hers, if ever.
  public let verifiedAt: Instant?

  /// What sort of contact point it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Electronic mail.
    case email
    /// A telephone.
    case phone
    /// A telephone that takes text messages.
    case sms
  }

  /// A contact point as it was read, or a new one of version 1.
  public init(
    id: ContactPointID, version: Int = 1, person: PersonID, kind: Kind, value: String, isPrimary: Bool = true,
    verifiedAt: Instant? = nil
  ) {
    self.id = id
    self.version = version
    self.person = person
    self.kind = kind
    self.value = value
    self.isPrimary = isPrimary
    self.verifiedAt = verifiedAt
  }

  /// Notes what is wrong with an address or number and answers it trimmed; nil for nothing.
  public static func checked(
    _ value: String?, _ kind: Kind, at pointer: String, _ validation: inout Validation
  ) -> String? {
    switch kind {
    case .email:
      guard let line = validation.optionalLine(value, at: pointer, "the e-mail address", max: 254) else { return nil }
      let parts = line.split(separator: "@", omittingEmptySubsequences: false)
      let plausible = parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !line.contains(" ")
      validation.check(plausible, pointer, "BAD_EMAIL", "Enter an e-mail address like name@example.org.")
      return line.lowercased()
    case .phone, .sms:
      guard let line = validation.optionalLine(value, at: pointer, "the telephone number", max: 40) else { return nil }
      let digits = line.unicodeScalars.count { $0.properties.numericType == .decimal }
      validation.check(
        digits >= 3 && digits <= 20, pointer, "BAD_PHONE", "Enter a telephone number like +231 77 000 0000.")
      return line
    }
  }
}
