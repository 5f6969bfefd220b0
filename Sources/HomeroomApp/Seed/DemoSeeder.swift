import Academics
import Attendance
import Directory
import Kernel
import Persistence
import Record
import Rights

/// Makes the demo school: a district when it is large, schools, three years of terms, staff, students with guardians,
/// homerooms and lessons, and the registers of the last school days.
struct DemoSeeder {
  let database: any Database
  let record = Record()
  var plan: DemoPlan
  let zone: String
  let progress: (Int, Int) -> Void
  /// Who sits in the homerooms of the first school, whose registers are taken.
  private var rosters: [SectionID: [StudentID]] = [:]

  init(database: any Database, plan: DemoPlan, zone: String, progress: @escaping (Int, Int) -> Void) {
    self.database = database
    self.plan = plan
    self.zone = zone
    self.progress = progress
  }

  /// What accounts can be made for.
  struct Made: Sendable {
    var schools: [Org] = []
    var teacher: (person: PersonID, name: String)?
    var guardian: (person: PersonID, name: String)?
    var student: (person: PersonID, name: String)?
  }

  /// A homeroom as it is filled.
  private struct Homeroom {
    let grade: Int
    let section: SectionID
    let lessons: [SectionID]
    let teacher: PersonID
  }

  private var change: Change { Change(by: .system("seed demo"), at: plan.moment) }

  private static let courses = [
    ("MATH", "Mathematics", "Mathematics"), ("ENG", "English", "Languages"), ("SCI", "Science", "Science"),
    ("HIS", "History", "Humanities"),
  ]

  mutating func seed() async throws -> Made {
    var made = Made()
    let district = plan.schools > 1 ? try await makeDistrict() : nil
    var done = 0
    for index in 0..<plan.schools {
      let school = try await makeSchool(index, in: district)
      made.schools.append(school.org)
      let homerooms = try await makeSections(school)
      if made.teacher == nil { made.teacher = school.teachers.first }
      done = try await fill(homerooms, of: school, index: index, done: done, &made)
      if index == 0 { try await takeRegisters(homerooms, of: school.org) }
    }
    return made
  }

  private mutating func makeDistrict() async throws -> OrgID {
    let org = Org(
      id: plan.id(), version: 1,
      details: OrgDetails(kind: .district, code: "ABD", name: "Alder Bay District", timeZone: zone))
    let (record, change) = (record, change)
    try await database.write { tx in try Roster(record: record).insert([org], change, in: tx) }
    return org.id
  }

  private struct School {
    let org: Org
    let years: [[Period]]
    let teachers: [(person: PersonID, name: String)]
    let courses: [Course]
  }

  private static let places = [
    "Alder Bay", "Maple Street", "Harbour View", "Hill Road", "River Bend", "North Gate", "Cedar Grove", "Old Mill",
    "Lake Side", "Stone Bridge",
  ]

  private mutating func makeSchool(_ index: Int, in district: OrgID?) async throws -> School {
    let place = Self.places[index % Self.places.count]
    let number = index / Self.places.count
    let org = Org(
      id: plan.id(), version: 1,
      details: OrgDetails(
        parent: district, kind: .school, code: index == 0 ? "AB" : "S\(index + 1)",
        name: "\(place) School" + (number > 0 ? " \(number + 1)" : ""), timeZone: zone))
    let years = [2, 1, 0].map { plan.periods(of: org.id, yearsAgo: $0) }
    let courses = (0..<DemoPlan.grades).flatMap { grade in
      Self.courses.map { code, title, subject in
        Course(
          id: plan.id(), org: org.id, code: "\(code)\(grade + DemoPlan.firstGrade)",
          title: "\(title) \(grade + DemoPlan.firstGrade)", credits: Decimal4(tenThousandths: 10_000), subject: subject)
      }
    }
    var people: [Person] = []
    var staff: [Staff] = []
    var employments: [Employment] = []
    for order in 0..<(plan.size(of: index) / 15 + 4) {
      let person = Person(id: plan.id(), plan.person().details(born: plan.birth(grade: plan.number(20...50))))
      let member = Staff(id: plan.id(), person: person.id)
      people.append(person)
      staff.append(member)
      employments.append(
        Employment(
          id: plan.id(), staff: member.id,
          details: EmploymentDetails(
            org: org.id, job: order < 2 ? "Office" : "Teacher", number: "T\(1000 + order)",
            firstOn: years[0][0].details.firstOn)))
    }
    let (record, change) = (record, change.at(org.id))
    let (allPeople, allStaff, allEmployments) = (people, staff, employments)
    try await database.write { tx in
      let roster = Roster(record: record)
      try roster.insert([org], change, in: tx)
      for periods in years { try roster.insert(periods, change, in: tx) }
      try roster.makeCurrent(years[2][0].id, ofNew: org.id, change, in: tx)
      try roster.insert(allPeople, change, in: tx)
      try roster.insert(allStaff, change, in: tx)
      try roster.insert(allEmployments, change, in: tx)
      var batch = TeachingIntake.Batch()
      batch.courses = courses
      try TeachingIntake(record: record).insert(batch, change, in: tx)
    }
    return School(
      org: org, years: years, teachers: people.dropFirst(2).map { ($0.id, $0.details.displayName) }, courses: courses)
  }

  /// Homerooms of every grade, each with its four courses; every section has a teacher and lies in this year's terms.
  private mutating func makeSections(_ school: School) async throws -> [Homeroom] {
    var homerooms: [Homeroom] = []
    var batch = TeachingIntake.Batch()
    let rooms = (plan.size(of: plan.schools - 1) + DemoPlan.homeroomSize - 1) / DemoPlan.homeroomSize + 1
    let year = school.years[2]
    for room in 0..<max(rooms, 1) {
      let grade = room % DemoPlan.grades + DemoPlan.firstGrade
      let letter = String(UnicodeScalar(UInt8(65 + room / DemoPlan.grades % 26)))
      let teacher = school.teachers[room % school.teachers.count].person
      var lessons: [SectionID] = []
      let homeroom = Section(
        id: plan.id(), school: school.org.id, kind: .homeroom, code: "\(grade)\(letter)",
        title: "Homeroom \(grade)\(letter)",
        capacity: DemoPlan.homeroomSize + 5, room: "\(100 + room)")
      add(homeroom, taughtBy: teacher, in: year, to: &batch)
      for (order, course) in school.courses.filter({ $0.code.hasSuffix("\(grade)") }).enumerated() {
        let section = Section(
          id: plan.id(), school: school.org.id, course: course.id, code: "\(grade)\(letter)-\(Self.courses[order].0)",
          title: course.title, credits: course.credits, capacity: DemoPlan.homeroomSize + 5, room: "\(100 + room)")
        lessons.append(section.id)
        add(section, taughtBy: school.teachers[(room + order * 7) % school.teachers.count].person, in: year, to: &batch)
      }
      homerooms.append(Homeroom(grade: grade, section: homeroom.id, lessons: lessons, teacher: teacher))
    }
    let (record, change, sections) = (record, change.at(school.org.id), batch)
    try await database.write { tx in try TeachingIntake(record: record).insert(sections, change, in: tx) }
    return homerooms
  }

  private mutating func add(
    _ section: Section, taughtBy teacher: PersonID, in year: [Period], to batch: inout TeachingIntake.Batch
  ) {
    batch.sections.append(section)
    batch.staff.append(
      SectionStaff(
        id: plan.id(), section: section.id, person: teacher, isPrimary: true, firstOn: year[0].details.firstOn))
    for term in year.dropFirst() {
      batch.periods.append(SectionPeriod(id: plan.id(), section: section.id, period: term.id))
    }
  }

  /// Students into homerooms, eight homerooms a transaction; the next are made up while the last are written. Answers
  /// how many students there are now.
  private mutating func fill(
    _ homerooms: [Homeroom], of school: School, index: Int, done before: Int, _ made: inout Made
  ) async throws -> Int {
    let size = plan.size(of: index)
    var done = 0
    try await withThrowingTaskGroup(of: Void.self) { writing in
      for start in stride(from: 0, to: homerooms.count, by: 8) where done < size {
        var rows = DemoRows()
        for homeroom in homerooms[start...].prefix(8) where done < size {
          let students = min(DemoPlan.homeroomSize, size - done)
          let family = DemoFamily(
            school: school.org, year: school.years[2][0], homeroom: homeroom.section, lessons: homeroom.lessons,
            grade: homeroom.grade)
          rows.lastFamily = nil
          for number in 0..<students { family.add(number: done + number + 1, to: &rows, &plan) }
          done += students
          if index == 0 { rosters[homeroom.section] = rows.students.suffix(students).map(\.id) }
        }
        if made.student == nil { (made.student, made.guardian) = rows.firstFamily }
        let (database, record, change, batch) = (database, record, change.at(school.org.id), rows)
        try await writing.next()
        progress(before + done, plan.students)
        writing.addTask { try await database.write { tx in try batch.insert(record, change, in: tx) } }
      }
      try await writing.waitForAll()
    }
    return before + done
  }

  /// The registers of the last ten school days, of the first forty homerooms.
  private mutating func takeRegisters(_ homerooms: [Homeroom], of school: Org) async throws {
    let (record, change) = (record, change.at(school.id))
    try await database.write { tx in try AttendanceIntake(record: record).insertPresets(change, in: tx) }
    for homeroom in homerooms.prefix(40) {
      guard let students = rosters[homeroom.section] else { continue }
      var day = plan.today
      var registers: [RegisterHeader] = []
      var marks: [Mark] = []
      for _ in 0..<10 {
        repeat { day = day.adding(days: -1) } while day.weekday > 5
        let at = Instant(milliseconds: day.days * 86_400_000 + 8 * 3_600_000 + 20 * 60_000)
        let register = RegisterHeader(
          id: plan.id(), key: RegisterKey(section: homeroom.section, date: day), takenBy: homeroom.teacher, takenAt: at)
        registers.append(register)
        for student in students {
          let code = attendance()
          marks.append(
            Mark(
              id: plan.id(), register: register.id, student: student, code: code.id,
              lateMinutes: code == .late ? plan.number(1...25) : 0, markedBy: homeroom.teacher, markedAt: at))
        }
      }
      let (headers, all) = (registers, marks)
      try await database.write { tx in
        try AttendanceIntake(record: record).insert(registers: headers, marks: all, change, in: tx)
      }
    }
  }

  /// Present on 94 days of 100, as schools report.
  private mutating func attendance() -> AttendanceCode {
    switch plan.number(1...100) {
    case 1...3: .absent
    case 4: .excused
    case 5...6: .late
    default: .present
    }
  }
}
