import Accounts
import Audiences
import Directory
import Kernel
import Persistence
import Rights
import TestSupport

extension Village {
  /// A village by chance: about a third of everything is ended, denied, disabled, deleted or still to come.
  init(seed: UInt64, custody: [Custody] = [.see]) {
    self.custody = custody
    var dice = Dice(SplitMix64(seed: seed), day)
    goneSection = dice.new()
    let (district, alder, maple): (OrgID, OrgID, OrgID) = (dice.new(), dice.new(), dice.new())
    orgs = [(district, nil), (alder, district), (maple, district), (dice.new(), maple), (dice.new(), nil)]
    sections = [dice.new(), dice.new(), dice.new()]
    roles = [(dice.new(), false), (dice.new(), true), (dice.new(), false)]
    for _ in 0..<36 { people.append(Somebody(id: dice.new(), isDeleted: dice.falls(1, in: 8))) }
    bringChildren(by: &dice)
    hire(by: &dice)
    openLogins(by: &dice)
  }

  private mutating func bringChildren(by dice: inout Dice) {
    for person in people.prefix(16) {
      let left = dice.pick([StudentStatus.withdrawn, .graduated])
      let stays = dice.pick([StudentStatus.active, .active, .suspended, .onLeave])
      pupils.append(
        Pupil(
          id: dice.new(), person: person.id, school: dice.pick([orgs[1].id, orgs[2].id, orgs[4].id]),
          status: dice.falls(1, in: 5) ? left : stays, isDeleted: dice.falls(1, in: 6)))
    }
    for pupil in pupils {
      for guardian in people[12..<28] where dice.falls(1, in: 8) && guardian.id != pupil.person {
        let id: GuardianshipID = dice.new()
        var rights: [CustodyRight] = []
        for _ in 0..<dice.pick([0, 1, 2]) {
          let span = dice.span()
          rights.append(
            CustodyRight(
              id: dice.new(), guardianship: id, custody: dice.pick([.see, .see, .write]),
              isAllowed: dice.falls(1, in: 2), firstOn: span.firstOn, lastOn: span.lastOn))
        }
        care.append(
          Care(id: id, student: pupil.id, guardian: guardian.id, rights: rights, isDeleted: dice.falls(1, in: 9)))
      }
      for section in sections + [goneSection] where dice.falls(1, in: 3) {
        // Every enrolment has a first day.
        let span = dice.span()
        let begun = Span(firstOn: span.firstOn ?? day.adding(days: -20), lastOn: span.lastOn)
        seats.append(Seat(section: section, student: pupil.id, isEnrolled: !dice.falls(1, in: 5), span: begun))
      }
    }
  }

  private mutating func hire(by dice: inout Dice) {
    for person in people[22..<36] {
      let staff: StaffID = dice.new()
      let isDeleted = dice.falls(1, in: 9)
      for _ in 0..<dice.pick([0, 1, 2]) {
        work.append(
          Work(
            staff: staff, person: person.id, org: dice.pick(orgs).id,
            department: dice.pick(Self.departments.map(Optional.some) + [nil]), span: dice.span(),
            isDeleted: isDeleted))
      }
      if dice.falls(1, in: 2) {
        teaching.append(
          Teaching(section: dice.pick(sections + [goneSection]), person: person.id, span: dice.span()))
      }
    }
  }

  private mutating func openLogins(by dice: inout Dice) {
    for person in people.map(Optional.some) + [nil, nil, nil] where person == nil || dice.falls(2, in: 3) {
      let login = Login(
        id: dice.new(), person: person?.id, isEnabled: dice.falls(4, in: 5), isDeleted: dice.falls(1, in: 5))
      logins.append(login)
      for _ in 0..<dice.pick([0, 1, 2]) {
        posts.append(
          Post(
            account: login.id, role: dice.pick(roles).id, org: dice.pick(orgs.map { .some($0.id) } + [nil]),
            span: dice.span()))
      }
    }
  }
}

/// Chance, the same for the same seed.
private struct Dice {
  private var chance: SplitMix64
  private let day: SchoolDate

  init(_ chance: SplitMix64, _ day: SchoolDate) {
    self.chance = chance
    self.day = day
  }

  mutating func new<Entity>(_: Entity.Type = Entity.self) -> ID<Entity> {
    .new(at: Instant(milliseconds: 1_795_424_400_000), using: &chance)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(chance.next() % UInt64(values.count))] }

  mutating func falls(_ wins: Int, in throwsOfDice: Int) -> Bool { chance.next() % UInt64(throwsOfDice) < wins }

  /// A time that lasts today, or ended yesterday, or begins tomorrow; its ends are often today itself.
  mutating func span() -> Village.Span {
    let ends: [(Int?, Int?)] = [(nil, nil), (-9, nil), (nil, 0), (0, 0), (-9, -1), (1, nil), (-9, 9), (nil, -1)]
    let (first, last) = pick(ends)
    return Village.Span(firstOn: first.map(day.adding(days:)), lastOn: last.map(day.adding(days:)))
  }
}
