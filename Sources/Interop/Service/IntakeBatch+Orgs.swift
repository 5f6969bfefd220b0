import Directory
import Kernel
import Rights

/// Organisations, and the years and terms they have.
extension IntakeBatch {
  func settle(_ said: RosterOrg) {
    let record = RosterRecord.org(said)
    memory.orgNames[said.id] = .some(nil)
    let parent = said.parent.flatMap { memory.orgNames[$0] ?? nil }
    if let there = here.orgsByName[said.id].flatMap({ memory.orgs[$0] }) ?? sameCode(said) {
      change(there, said, parent)
      return
    }
    guard setting.format != .plainStudents else {
      return refuse(
        record, "UNKNOWN_SCHOOL", "There is no school of this name or code. Correct it, or add the school first.")
    }
    guard setting.reach.isEverywhere || (parent.map(setting.reach.covers) ?? false) else {
      return refuseForeign(said)
    }
    do {
      let details = try OrgDetails(
        parent: parent, kind: kind(said), code: freeCode(for: said), name: said.name
      ).checked()
      let org = Org(id: mint(), version: 1, details: details)
      rows.orgs.insert(org, at: org.id)
      memory.orgs[org.id] = org
      know(said, as: org.id)
      count(.org, .create)
    } catch {
      refuse(record, error)
    }
  }

  private func change(_ there: Org, _ said: RosterOrg, _ parent: OrgID?) {
    guard setting.reach.covers(there.id) else {
      // Rows of other schools will say so one by one; a district above is nothing to change, and no fault.
      if there.details.kind.hasStudents { return refuseForeign(said) }
      count(.org, .unchanged)
      return
    }
    if here.orgsByName[said.id] == nil { know(said, as: there.id) }
    memory.orgNames[said.id] = there.id
    var details = there.details
    if setting.format != .plainStudents {
      details.name = said.name
      if let code = said.code, !memory.orgs.values.contains(where: { $0.details.code == code }) { details.code = code }
      if setting.reach.isEverywhere, let parent, !memory.withAncestors(parent).contains(there.id) {
        details.parent = parent
      }
    }
    // What cannot be kept was told by the reader already.
    guard details != there.details, let checked = try? details.checked() else { return count(.org, .unchanged) }
    let org = Org(id: there.id, version: there.version, details: checked)
    rows.orgs.change(org, at: org.id)
    memory.orgs[org.id] = org
    count(.org, .update)
  }

  private func refuseForeign(_ said: RosterOrg) {
    refuse(
      .org(said), "NOT_YOUR_SCHOOL", "You may not import for this organisation. Leave it and its rows out.",
      value: said.name)
  }

  /// An organisation of the same code; in a student list the school's text may be its name as well.
  private func sameCode(_ said: RosterOrg) -> Org? {
    let code = said.code ?? said.id
    if let org = memory.orgs.values.first(where: { $0.details.code == code }) { return org }
    guard setting.format == .plainStudents else { return nil }
    let name = Text.folded(said.name)
    let named = memory.orgs.values.filter { Text.folded($0.details.name) == name && setting.reach.covers($0.id) }
    return named.count == 1 ? named.first : nil
  }

  private func know(_ said: RosterOrg, as org: OrgID) {
    memory.orgNames[said.id] = org
    if setting.format != .plainStudents { register(said.id, .org, org, in: setting.school) }
  }

  private func kind(_ said: RosterOrg) -> OrgKind {
    switch said.kind {
    case .school: return .school
    case .district: return .district
    case .department: return .department
    case .college: return .college
    case .other(let word):
      warn(
        said.spot, "ORG_KIND_GUESSED", "We have no such kind of organisation, so it becomes a district. Check it.",
        value: word)
      return .district
    }
  }

  /// The code said, or the name in the roster; an identifier of 36 characters makes way for the organisation's name.
  private func freeCode(for said: RosterOrg) -> String {
    let wish = said.code ?? (OrgID(said.id) == nil ? said.id : said.name)
    return free(String(wish.prefix(36)), among: Set(memory.orgs.values.map(\.details.code)))
  }

  /// The code itself, or with a number behind it when it is taken.
  func free(_ code: String, among taken: Set<String>) -> String {
    if !taken.contains(code) { return code }
    return (2...).lazy.map { "\(code)-\($0)" }.first { !taken.contains($0) } ?? code
  }

  // MARK: Years and terms

  func settle(_ said: RosterSession) throws {
    let record = RosterRecord.session(said)
    let orgs: [OrgID]
    if let name = said.org {
      guard let org = place(name, of: record) else { return }
      orgs = [org]
    } else if let own = try ownPeriod(said.id) {
      orgs = [own.details.org]
    } else {
      orgs = calendars(for: said)
    }
    guard !orgs.isEmpty else {
      return refuse(record, "SCHOOL_MISSING", "No organisation of this roster can have this term. Choose a school.")
    }
    var verdicts: [Verdict] = []
    for org in orgs {
      switch try settle(said, at: org) {
      case .success(let verdict): verdicts.append(verdict)
      case .failure(let problem): return refuse(record, problem)
      }
    }
    count(.session, verdicts.contains(.create) ? .create : verdicts.contains(.update) ? .update : .unchanged)
  }

  /// The period whose identity a roster of our own making names.
  private func ownPeriod(_ name: String) throws -> Period? {
    guard let id = PeriodID(name) else { return nil }
    return try roster.rows([id], of: Period.self, in: tx).first { setting.reach.covers($0.details.org) }
  }

  /// The tops of the trees in which schools use a session that is not of one organisation; the first tree when none
  /// does.
  private func calendars(for said: RosterSession) -> [OrgID] {
    func top(_ org: OrgID) -> OrgID? {
      memory.withAncestors(org).last { ancestor in
        setting.reach.covers(ancestor) && memory.orgNames.values.contains(ancestor)
      }
    }
    let users = (setting.survey.users[said.id] ?? []).compactMap { memory.orgNames[$0] ?? nil }
    let known = users.isEmpty ? memory.orgNames.values.compactMap { $0 }.sorted().prefix(1).map { $0 } : users
    let tops = Set(known.compactMap(top))
    return tops.isEmpty ? setting.school.map { [$0] } ?? [] : tops.sorted()
  }

  private func settle(_ said: RosterSession, at org: OrgID) throws -> Result<Verdict, Problem> {
    if here.calendars[org] == nil { here.calendars[org] = try roster.periods(of: [org], in: tx) }
    let key = IntakeMemory.NameAtOrg(name: said.id, org: org)
    let parent = said.parent.flatMap { memory.sessions[.init(name: $0, org: org)] }.flatMap { memory.periods[$0] }
    let there = try found(said, at: org)
    var details =
      there?.details
      ?? PeriodDetails(
        org: org, kind: kind(said), code: "", title: said.title, firstOn: said.firstOn, lastOn: said.lastOn)
    (details.title, details.firstOn, details.lastOn) = (said.title, said.firstOn, said.lastOn)
    if let parent, details.kind != .year { details.parent = parent.id }
    if there == nil {
      let wish = said.id.utf8.count <= 36 && PeriodID(said.id) == nil ? said.id : String(said.title.prefix(36))
      details.code = free(wish, among: Set((here.calendars[org] ?? []).map(\.details.code)))
    }
    do {
      details = try checked(details, within: parent, said)
    } catch {
      return .failure(error)
    }
    let period = Period(id: there?.id ?? mint(), version: there?.version ?? 1, details: details)
    (memory.sessions[key], memory.periods[period.id]) = (period.id, period)
    guard let there else {
      rows.periods.insert(period, at: org)
      register(said.id, .session, period.id, in: org)
      here.calendars[org]?.append(period)
      memory.calendars.insert(org)
      return .success(.create)
    }
    guard there.details != details else { return .success(.unchanged) }
    rows.periods.change(period, at: org)
    return .success(.update)
  }

  /// A session that lies outside of the one it says it is part of stands by itself; schools have such terms.
  private func checked(
    _ details: PeriodDetails, within parent: Period?, _ said: RosterSession
  ) throws(Problem) -> PeriodDetails {
    guard let parent, details.parent == parent.id else { return try details.checked(within: nil) }
    if let checked = try? details.checked(within: parent) { return checked }  // else the same is tried alone
    warn(
      said.spot, "OUTSIDE_PARENT", "It lies outside of \(parent.details.title), so it stands alone. Check the days.",
      value: said.title)
    var alone = details
    alone.parent = nil
    return try alone.checked(within: nil)
  }

  /// The period of that name; or, unnamed so far, one of the same sort and days.
  private func found(_ said: RosterSession, at org: OrgID) throws -> Period? {
    let periods = here.calendars[org] ?? []
    let names: [String: PeriodID] = try roster.lookUp(
      [said.id], source: setting.source, kind: RosterKind.session.rawValue, org: org, in: tx)
    if let id = names[said.id] ?? PeriodID(said.id), let period = periods.first(where: { $0.id == id }) {
      return period
    }
    let kind = kind(said)
    let same = periods.first {
      $0.details.kind == kind && $0.details.firstOn == said.firstOn && $0.details.lastOn == said.lastOn
        && ($0.details.code == said.id || $0.details.title == said.title)
    }
    if let same { register(said.id, .session, same.id, in: org) }
    return same
  }

  private func kind(_ said: RosterSession) -> PeriodKind {
    switch said.kind {
    case .year: .year
    case .semester: .semester
    case .gradingPeriod: .grading
    case .term, .other: .term
    }
  }
}
