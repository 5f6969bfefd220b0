import Kernel
import Web

/// An organisation, as the API shows it.
struct OrgJSON: Sendable {
  var id: OrgID
  var details: OrgDetails
  var version: Int

  static let shape = Shape(
    "Organisation",
    sample: OrgJSON(
      id: sampleID(3), details: OrgDetails(kind: .school, code: "AB", name: "Alder Bay School"), version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The organisation's identifier.")
    visit("parentId", &it.details.parent, .id(), "What it stands below; null at the top.")
    visit("kind", &it.details.kind, .word, "What sort of organisation it is.")
    visit("code", &it.details.code, .line(40), "A short code, unique here.")
    visit("name", &it.details.name, .line(200), "Its name.")
    visit("nativeName", &it.details.nativeName, .line(200), "Its name in the script of the place.")
    visit("timeZone", &it.details.timeZone, .line(60), "IANA name of its time zone.")
    visit("locale", &it.details.locale, .line(35), "BCP 47 tag of its language.")
    visit("weekStart", &it.details.weekStart, .int(1...7), "The first day of its week, 1 for Monday.")
    visit("version", &it.version, .version, "How often it was saved; also the ETag.")
  }
}

extension OrgJSON {
  init(_ org: Org) { self.init(id: org.id, details: org.details, version: org.version) }
}

/// An organisation to be entered.
struct NewOrgJSON: Sendable {
  var parent: OrgID?
  var kind: OrgKind
  var code: String
  var name: String
  var nativeName: String?
  var timeZone: String?
  var locale: String?
  var weekStart: Int?

  static let shape = Shape(
    "NewOrganisation",
    sample: NewOrgJSON(
      parent: nil, kind: .school, code: "AB", name: "Alder Bay School", nativeName: nil, timeZone: "UTC", locale: "en",
      weekStart: 1)
  ) { visit, it in
    visit("parentId", &it.parent, .id(), "What it stands below; null at the top.")
    visit("kind", &it.kind, .word, "What sort of organisation it is.")
    visit("code", &it.code, .line(40), "A short code, unique here.")
    visit("name", &it.name, .line(200), "Its name.")
    visit("nativeName", &it.nativeName, .line(200), "Its name in the script of the place.")
    visit("timeZone", &it.timeZone, .line(60), "IANA name of its time zone; UTC when nobody says.")
    visit("locale", &it.locale, .line(35), "BCP 47 tag of its language; en when nobody says.")
    visit("weekStart", &it.weekStart, .int(1...7), "The first day of its week; Monday when nobody says.")
  }

  var details: OrgDetails {
    OrgDetails(
      parent: parent, kind: kind, code: code, name: name, nativeName: nativeName, timeZone: timeZone ?? "UTC",
      locale: locale ?? "en", weekStart: weekStart ?? 1)
  }
}

/// A change of an organisation by merge patch.
struct OrgPatchJSON: Sendable {
  var parent = Patch<OrgID>.keep
  var kind = Patch<OrgKind>.keep
  var code = Patch<String>.keep
  var name = Patch<String>.keep
  var nativeName = Patch<String>.keep
  var timeZone = Patch<String>.keep
  var locale = Patch<String>.keep
  var weekStart = Patch<Int>.keep

  static let shape = Shape("OrganisationPatch", sample: OrgPatchJSON(name: .set("Alder Bay"))) { visit, it in
    visit("parentId", &it.parent, .id(), "What it stands below; null at the top.")
    visit("kind", &it.kind, .word, nullable: false, "What sort of organisation it is.")
    visit("code", &it.code, .line(40), nullable: false, "A short code, unique here.")
    visit("name", &it.name, .line(200), nullable: false, "Its name.")
    visit("nativeName", &it.nativeName, .line(200), "Its name in the script of the place.")
    visit("timeZone", &it.timeZone, .line(60), nullable: false, "IANA name of its time zone.")
    visit("locale", &it.locale, .line(35), nullable: false, "BCP 47 tag of its language.")
    visit("weekStart", &it.weekStart, .int(1...7), nullable: false, "The first day of its week, 1 for Monday.")
  }

  func applied(to details: OrgDetails) -> OrgDetails {
    OrgDetails(
      parent: parent.applied(to: details.parent), kind: kind.applied(to: details.kind),
      code: code.applied(to: details.code), name: name.applied(to: details.name),
      nativeName: nativeName.applied(to: details.nativeName), timeZone: timeZone.applied(to: details.timeZone),
      locale: locale.applied(to: details.locale), weekStart: weekStart.applied(to: details.weekStart))
  }
}

/// A year or term, as the API shows it.
struct PeriodJSON: Sendable {
  var id: PeriodID
  var details: PeriodDetails
  var version: Int

  static let shape = Shape(
    "Period",
    sample: PeriodJSON(
      id: sampleID(5),
      details: PeriodDetails(
        org: sampleID(3), parent: sampleID(4), kind: .term, code: "2026-T1", title: "Term 1",
        firstOn: SchoolDate(days: 20_700), lastOn: SchoolDate(days: 20_800)), version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The period's identifier.")
    visitDetails(&visit, &it.details)
    visit("status", &it.details.status, .word, "Whether work in it may still change.")
    visit("version", &it.version, .version, "How often it was saved; also the ETag.")
  }

  static func visitDetails(_ visit: inout ShapeVisitor, _ it: inout PeriodDetails) {
    visit("orgId", &it.org, .id(), "Whose it is; it holds for all below.")
    visit("parentId", &it.parent, .id(), "What it is part of: the year of a term.")
    visit("kind", &it.kind, .word, "What sort of period it is.")
    visit("code", &it.code, .line(40), "A short code, unique in its organisation.")
    visit("title", &it.title, .line(200), "Its name.")
    visit("firstOn", &it.firstOn, .date, "Its first day.")
    visit("lastOn", &it.lastOn, .date, "Its last day, which belongs to it.")
  }
}

extension PeriodJSON {
  init(_ period: Period) { self.init(id: period.id, details: period.details, version: period.version) }
}

/// A year or term to be entered; it begins open.
struct NewPeriodJSON: Sendable {
  var details: PeriodDetails

  static let shape = Shape("NewPeriod", sample: NewPeriodJSON(details: PeriodJSON.shape.sample.details)) { visit, it in
    PeriodJSON.visitDetails(&visit, &it.details)
    it.details.status = .open
  }
}

/// A change of a year or term by merge patch.
struct PeriodPatchJSON: Sendable {
  var parent = Patch<PeriodID>.keep
  var kind = Patch<PeriodKind>.keep
  var code = Patch<String>.keep
  var title = Patch<String>.keep
  var firstOn = Patch<SchoolDate>.keep
  var lastOn = Patch<SchoolDate>.keep
  var status = Patch<PeriodStatus>.keep

  static let shape = Shape("PeriodPatch", sample: PeriodPatchJSON(status: .set(.closed))) { visit, it in
    visit("parentId", &it.parent, .id(), "What it is part of: the year of a term.")
    visit("kind", &it.kind, .word, nullable: false, "What sort of period it is.")
    visit("code", &it.code, .line(40), nullable: false, "A short code, unique in its organisation.")
    visit("title", &it.title, .line(200), nullable: false, "Its name.")
    visit("firstOn", &it.firstOn, .date, nullable: false, "Its first day.")
    visit("lastOn", &it.lastOn, .date, nullable: false, "Its last day, which belongs to it.")
    visit("status", &it.status, .word, nullable: false, "Whether work in it may still change.")
  }

  func applied(to details: PeriodDetails) -> PeriodDetails {
    PeriodDetails(
      org: details.org, parent: parent.applied(to: details.parent), kind: kind.applied(to: details.kind),
      code: code.applied(to: details.code), title: title.applied(to: details.title),
      firstOn: firstOn.applied(to: details.firstOn), lastOn: lastOn.applied(to: details.lastOn),
      status: status.applied(to: details.status))
  }
}

/// Which period is the current one.
struct CurrentPeriodJSON: Sendable {
  var period: PeriodID

  static let shape = Shape("CurrentPeriod", sample: CurrentPeriodJSON(period: sampleID(5))) { visit, it in
    visit("periodId", &it.period, .id(), "The period that is current from now on.")
  }
}
