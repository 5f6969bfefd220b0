public import Kernel

/// A year, semester, term, grading period or block of an organisation, and of all below it.
public struct Period: Sendable, Equatable {
  /// What it identifies.
  public let id: PeriodID
  /// How often it has been saved.
  public let version: Int
  /// What it is like.
  public let details: PeriodDetails

  /// A period as it was read.
  public init(id: PeriodID, version: Int, details: PeriodDetails) {
    self.id = id
    self.version = version
    self.details = details
  }

  /// Whether a day is in it.
  public func contains(_ date: SchoolDate) -> Bool { details.firstOn <= date && date <= details.lastOn }
}

/// What a person may say of a period.
public struct PeriodDetails: Sendable, Equatable {
  /// Whose it is.
  public var org: OrgID
  /// What it is part of: the year of a term.
  public var parent: PeriodID?
  /// What sort of period it is.
  public var kind: PeriodKind
  /// A short code, unique in its organisation.
  public var code: String
  /// Its name.
  public var title: String
  /// Its first day.
  public var firstOn: SchoolDate
  /// Its last day, which belongs to it.
  public var lastOn: SchoolDate
  /// Whether work in it may still change.
  public var status: PeriodStatus

  /// A period in words, open unless said.
  public init(
    org: OrgID, parent: PeriodID? = nil, kind: PeriodKind, code: String, title: String, firstOn: SchoolDate,
    lastOn: SchoolDate, status: PeriodStatus = .open
  ) {
    self.org = org
    self.parent = parent
    self.kind = kind
    self.code = code
    self.title = title
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.status = status
  }

  /// The same, trimmed and in NFC, inside the period it is part of; throws every fault at once.
  public func checked(within parent: Period?) throws(Problem) -> PeriodDetails {
    var validation = Validation()
    var checked = self
    checked.code = validation.line(code, at: "/code", "the code", max: 40)
    checked.title = validation.line(title, at: "/title", "the title")
    validation.check(
      firstOn <= lastOn, "/lastOn", "BEFORE_START", "Choose a last day that is not before the first day.")
    if let parent {
      validation.check(
        parent.contains(firstOn) && parent.contains(lastOn), "/firstOn", "OUTSIDE_PARENT",
        "Choose days within \(parent.details.title), \(parent.details.firstOn) to \(parent.details.lastOn).")
      validation.check(
        kind != .year, "/parentId", "YEAR_WITHIN", "A year stands by itself. Remove the period it is part of.")
    }
    try validation.finish()
    return checked
  }
}

/// What sort of period it is.
public enum PeriodKind: String, Sendable, CaseIterable {
  /// A school year.
  case year
  /// Half a year.
  case semester
  /// A term.
  case term
  /// A time for which marks are given.
  case grading
  /// A few weeks of one subject.
  case block
}

/// Whether work in a period may still change.
public enum PeriodStatus: String, Sendable, CaseIterable {
  /// Enrolments, registers and marks may change.
  case open
  /// Nothing in it changes any more.
  case closed
}
