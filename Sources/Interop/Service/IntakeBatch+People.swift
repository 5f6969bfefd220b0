import Directory
import Kernel

/// People, and the ways to reach them.
extension IntakeBatch {
  func settle(_ said: RosterPerson) {
    let record = RosterRecord.person(said)
    let there = memory.people[said.id].flatMap { here.people[$0] }
    guard let details = checked(details(said, over: there?.details), said, record) else { return }
    let org = (here.hints[said.id] ?? setting.survey.hints[said.id]).flatMap(hintedSchool) ?? setting.school
    guard let there else {
      let person = Person(id: mint(), details)
      rows.people.insert(person, at: org)
      memory.people[said.id] = person.id
      register(said.id, .person, person.id, in: setting.school)
      _ = settleContacts(said, of: person.id, at: org)
      return count(.person, .create)
    }
    if here.byNumber.contains(said.id) {
      register(said.id, .person, there.id, in: setting.school)
      warnOfStranger(said, there, details)
    }
    var isChanged = settleContacts(said, of: there.id, at: org)
    if details != there.details {
      rows.people.change(there.with(details, also: []), at: org)
      isChanged = true
    }
    count(.person, isChanged ? .update : .unchanged)
  }

  /// What is known of the person, overwritten by what the roster says, and only by that.
  private func details(_ said: RosterPerson, over known: PersonDetails?) -> PersonDetails {
    let preferred = [said.preferredGivenName, said.preferredMiddleName, said.preferredFamilyName].compactMap { $0 }
    var details = known ?? PersonDetails()
    let parts = [said.givenName, said.middleName, said.familyName].compactMap { $0 }
    let whole = said.fullName ?? parts.joined(separator: " ")
    let hasParts = details.givenName != nil || details.middleName != nil || details.familyName != nil
    if known != nil, !hasParts, whole == details.displayName {
      // A name that is one here stays one, however the roster cuts it.
    } else if parts.isEmpty {
      let joined = [details.givenName, details.middleName, details.familyName].compactMap { $0 }.joined(separator: " ")
      if !whole.isEmpty, whole != details.displayName, whole != joined {
        (details.givenName, details.middleName, details.familyName) = (nil, nil, nil)
        details.displayName = whole
      }
    } else {
      let before = (details.givenName, details.middleName, details.familyName)
      details.givenName = said.givenName ?? details.givenName
      details.middleName = said.middleName ?? details.middleName
      details.familyName = said.familyName ?? details.familyName
      if known == nil || before != (details.givenName, details.middleName, details.familyName) {
        details.displayName =
          said.fullName
          ?? [details.givenName, details.middleName, details.familyName].compactMap { $0 }.joined(separator: " ")
      }
    }
    if !preferred.isEmpty { details.preferredName = preferred.joined(separator: " ") }
    details.birthOn = said.birthDate ?? details.birthOn
    details.sex = said.sex.flatMap { Sex(rawValue: $0.rawValue) } ?? details.sex
    details.pronouns = said.pronouns ?? details.pronouns
    return details
  }

  /// The details as they can be kept: a fault in something lesser is told and left out, a fault of the name refuses.
  private func checked(_ details: PersonDetails, _ said: RosterPerson, _ record: RosterRecord) -> PersonDetails? {
    do {
      return try details.checked(on: setting.today)
    } catch {
      var lesser = details
      for fault in error.errors {
        switch fault.pointer {
        case "/birthOn": lesser.birthOn = nil
        case "/pronouns": lesser.pronouns = nil
        case "/preferredName": lesser.preferredName = nil
        default:
          refuse(record, error)
          return nil
        }
        warn(said.spot, fault.code, "\(fault.detail) It is not kept.", value: said.id)
      }
      return lesser
    }
  }

  /// Somebody else may have the number: the names have nothing in common.
  private func warnOfStranger(_ said: RosterPerson, _ there: Person, _ details: PersonDetails) {
    let known = Set(Text.folded(there.details.displayName).split(separator: " "))
    guard known.isDisjoint(with: Text.folded(details.displayName).split(separator: " ")) else { return }
    warn(
      said.spot, "OTHER_NAME",
      "The student number belongs to \(there.details.displayName) here, who gets this name. Check that it is the same "
        + "student; undo the import if not.", value: details.displayName)
  }

  /// Brings e-mail address and telephone numbers up to date; whether anything differs.
  private func settleContacts(_ said: RosterPerson, of person: PersonID, at org: OrgID?) -> Bool {
    var isChanged = false
    for (kind, value) in [
      (ContactPoint.Kind.email, said.email), (.phone, said.phone), (.sms, said.sms),
    ] {
      guard let value else { continue }
      var validation = Validation()
      guard let value = ContactPoint.checked(value, kind, at: "/\(kind.rawValue)", &validation),
        validation.errors.isEmpty
      else {
        for fault in validation.errors {
          warn(said.spot, fault.code, "\(fault.detail) It is not kept.", value: value)
        }
        continue
      }
      let known = (here.contacts[person] ?? []).filter { $0.kind == kind }
      if known.contains(where: { $0.value == value }) { continue }
      isChanged = true
      if let first = known.first {
        rows.contacts.change(
          ContactPoint(
            id: first.id, version: first.version, person: person, kind: kind, value: value, isPrimary: first.isPrimary),
          at: org)
      } else {
        rows.contacts.insert(ContactPoint(id: mint(), person: person, kind: kind, value: value), at: org)
      }
    }
    return isChanged
  }
}
