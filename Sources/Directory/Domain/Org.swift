public import Kernel

/// A district, school, department, college or partner. Rights given at one hold for everything below it.
public struct Org: Sendable, Equatable {
  /// What it identifies.
  public let id: OrgID
  /// How often it has been saved.
  public let version: Int
  /// What it is like.
  public let details: OrgDetails

  /// An organisation as it was read.
  public init(id: OrgID, version: Int, details: OrgDetails) {
    self.id = id
    self.version = version
    self.details = details
  }
}

/// What a person may say of an organisation.
public struct OrgDetails: Sendable, Equatable {
  /// What it stands below; nil at the top.
  public var parent: OrgID?
  /// What sort of organisation it is.
  public var kind: OrgKind
  /// A short code, unique in the installation.
  public var code: String
  /// Its name.
  public var name: String
  /// Its name in the script of the place.
  public var nativeName: String?
  /// IANA name of its time zone.
  public var timeZone: String
  /// BCP 47 tag of its language and region.
  public var locale: String
  /// The first day of its week, 1 for Monday to 7 for Sunday.
  public var weekStart: Int

  /// An organisation in words; zone, locale and week start have usual values.
  public init(
    parent: OrgID? = nil, kind: OrgKind, code: String, name: String, nativeName: String? = nil,
    timeZone: String = "UTC", locale: String = "en", weekStart: Int = 1
  ) {
    self.parent = parent
    self.kind = kind
    self.code = code
    self.name = name
    self.nativeName = nativeName
    self.timeZone = timeZone
    self.locale = locale
    self.weekStart = weekStart
  }

  /// The same, trimmed and in NFC; throws every fault at once.
  public func checked() throws(Problem) -> OrgDetails {
    var validation = Validation()
    var checked = self
    checked.code = validation.line(code, at: "/code", "the code", max: 40)
    checked.name = validation.line(name, at: "/name", "the name")
    checked.nativeName = validation.optionalLine(nativeName, at: "/nativeName", "the native name")
    checked.timeZone = validation.line(timeZone, at: "/timeZone", "the time zone", max: 60)
    checked.locale = validation.line(locale, at: "/locale", "the language", max: 35)
    validation.check((1...7).contains(weekStart), "/weekStart", "OUT_OF_RANGE", "Choose a day from 1 (Monday) to 7.")
    try validation.finish()
    return checked
  }
}

/// What sort of organisation it is.
public enum OrgKind: String, Sendable, CaseIterable {
  /// Several schools under one roof.
  case district
  /// A school.
  case school
  /// A department of a school or college.
  case department
  /// A college or university.
  case college
  /// A school elsewhere that we work with.
  case partner

  /// Whether students can belong to it.
  public var hasStudents: Bool { self == .school || self == .college }
}
