import Academics
import Directory
import Kernel

/// What the demo school is made of, worked out piece by piece: the same for the same seed, number and day.
struct DemoPlan {
  let students: Int
  let today: SchoolDate
  let now: Instant
  /// When the next row comes to be. Identifiers carry it, so it moves on with each of them: rows of one millisecond
  /// would lie all over every index of a large school.
  private(set) var moment: Instant
  private(set) var random: SeededRandom

  /// Students of one school at most; more make a district.
  static let schoolSize = 1500
  static let homeroomSize = 25
  static let firstGrade = 7
  static let grades = 6

  init(students: Int, seed: UInt64, today: SchoolDate, now: Instant) {
    self.students = students
    self.today = today
    self.now = now
    moment = now.adding(.seconds(-86_400))
    random = SeededRandom(seed: seed)
  }

  /// How many schools there are.
  var schools: Int { max(1, (students + Self.schoolSize - 1) / Self.schoolSize) }

  /// How many students a school has.
  func size(of school: Int) -> Int { students / schools + (school < students % schools ? 1 : 0) }

  /// The calendar year in which the present school year began: it starts on 1 September.
  var startYear: Int { today.civil.month >= 8 ? today.civil.year : today.civil.year - 1 }

  mutating func id<E>(_: E.Type = E.self) -> ID<E> {
    moment = moment.adding(.milliseconds(1))
    return .new(at: moment, using: &random)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func person(like relative: SeedPerson? = nil, female: Bool? = nil) -> SeedPerson {
    SeedNames.person(&random, like: relative, female: female)
  }

  /// A day of birth for a grade: grade 7 is 12 years old when the year begins.
  mutating func birth(grade: Int) -> SchoolDate? {
    SchoolDate(year: startYear - grade - 5, month: 9, day: 1)?.adding(days: -number(0...364))
  }

  /// The year and its three terms that began so many years ago, for an organisation.
  mutating func periods(of org: OrgID, yearsAgo: Int) -> [Period] {
    let start = startYear - yearsAgo
    func day(_ year: Int, _ month: Int, _ day: Int) -> SchoolDate {
      SchoolDate(year: year, month: month, day: day) ?? today
    }
    let title = "\(start)/\((start + 1) % 100)"
    let status: PeriodStatus = yearsAgo == 0 ? .open : .closed
    let year = Period(
      id: id(), version: 1,
      details: PeriodDetails(
        org: org, kind: .year, code: title, title: title, firstOn: day(start, 9, 1), lastOn: day(start + 1, 7, 10),
        status: status))
    let terms = [
      ("T1", "Term 1", day(start, 9, 1), day(start, 12, 18)),
      ("T2", "Term 2", day(start + 1, 1, 5), day(start + 1, 3, 31)),
      ("T3", "Term 3", day(start + 1, 4, 14), day(start + 1, 7, 10)),
    ].map { code, name, first, last in
      Period(
        id: id(), version: 1,
        details: PeriodDetails(
          org: org, parent: year.id, kind: .term, code: "\(title) \(code)", title: "\(name) \(title)", firstOn: first,
          lastOn: last, status: status))
    }
    return [year] + terms
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, quick and the same everywhere.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
