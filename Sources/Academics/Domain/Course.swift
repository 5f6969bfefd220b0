public import Kernel

/// A course of which sections are taught: "Mathematics 9". Its code is unique among the live ones of its organisation.
public struct Course: Sendable, Equatable {
  /// The course's identity.
  public let id: CourseID
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// The school or district that offers it; sections of any school below may teach it.
  public let org: OrgID
  /// The short name people say: `MATH9`.
  public var code: String
  /// The name in full.
  public var title: String
  /// What it counts for, 0 to 999. Sections copy it, so that what was earned stays what it was.
  public var credits: Decimal4
  /// The subject, as the school names it.
  public var subject: String?

  /// A course as it stands.
  public init(
    id: CourseID, version: Int = 1, org: OrgID, code: String, title: String, credits: Decimal4, subject: String? = nil
  ) {
    self.id = id
    self.version = version
    self.org = org
    self.code = code
    self.title = title
    self.credits = credits
    self.subject = subject
  }

  /// The most a course may count for.
  public static let maximumCredits = Decimal4(tenThousandths: 9_990_000)
}

/// What a person writes about a course; `checked` says whether it can be kept.
public struct CourseDraft: Sendable, Equatable {
  /// The short name.
  public var code: String
  /// The name in full.
  public var title: String
  /// What it counts for.
  public var credits: Decimal4
  /// The subject.
  public var subject: String?

  /// A draft as written.
  public init(code: String, title: String, credits: Decimal4, subject: String? = nil) {
    self.code = code
    self.title = title
    self.credits = credits
    self.subject = subject
  }

  /// The draft of a course as it stands: what an editor begins with.
  public init(_ course: Course) {
    self.init(code: course.code, title: course.title, credits: course.credits, subject: course.subject)
  }

  /// The draft in NFC without stray blanks; throws all its faults together.
  public func checked() throws(Problem) -> CourseDraft {
    var validation = Validation()
    let checked = CourseDraft(
      code: validation.line(code, at: "/code", "a code", max: 40),
      title: validation.line(title, at: "/title", "a title"),
      credits: credits,
      subject: validation.optionalLine(subject, at: "/subject", "the subject", max: 100))
    validation.check(
      (Decimal4(tenThousandths: 0)...Course.maximumCredits).contains(credits), "/credits", "OUT_OF_RANGE",
      "Credits go from 0 to 999.")
    try validation.finish()
    return checked
  }
}
