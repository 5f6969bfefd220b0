import Interop
import Kernel
import Testing

private func reading(_ text: String, mapping: ColumnMapping? = nil) throws -> Reading {
  try Reading([("students.csv", text)], mapping: mapping)
}

@Suite struct `Guessing what columns mean` {
  @Test(arguments: [
    ("Student number", ColumnMapping.Meaning.number), ("STUDENT_NO", .number), ("Admission No.", .number),
    ("ID", .number), ("First Name", .givenName), ("given-name", .givenName), ("Prénom", .givenName),
    ("Surname", .familyName), ("Last name", .familyName), ("Full name", .fullName), ("Known as", .preferredName),
    ("DOB", .birthDate), ("Birth date (YYYY-MM-DD)", .birthDate), ("Date of birth", .birthDate), ("Gender", .sex),
    ("Year", .grade), ("Homeroom", .homeroom), ("Class", .homeroom), ("School", .school), ("E-mail", .email),
    ("Guardian e-mail", .guardianEmail), ("Parent phone", .guardianPhone), ("Relationship", .guardianRelation),
    ("Guardian 2 name", .guardian2Name), ("学号", .number),
  ])
  func `a header in many spellings`(header: String, meaning: ColumnMapping.Meaning) {
    let mapping = ColumnMapping.guess(header: [header])
    #expect(mapping.meaning(of: 0) == meaning)
    #expect(mapping.choices[meaning]?.confidence == .exact)
  }

  @Test func `an exact header wins over a likely one, and a column has one meaning`() {
    let mapping = ColumnMapping.guess(header: ["Local ID", "Student ID", "Shoe size"])
    #expect(mapping.choices[.number]?.column == 1)
    #expect(mapping.meaning(of: 0) == nil)
    #expect(mapping.meaning(of: 2) == nil)
    #expect(ColumnMapping.guess(header: ["Local ID"]).choices[.number]?.confidence == .likely)
  }

  @Test(arguments: ["Password", "password hash", "PWD", "Initial-Passwort", "Mot de passe", "PIN", "пароль"])
  func `a column of passwords is neither guessed nor can be chosen`(header: String) {
    var mapping = ColumnMapping.guess(header: [header, "ID"])
    #expect(mapping.meaning(of: 0) == nil)
    #expect(refusal { try mapping.choose(0, for: .username) } == "ROSTER_BAD_MAPPING")
    #expect(refusal { try mapping.choose(1, for: .username) } == nil)
  }

  @Test func `a person changes the mapping`() throws {
    var mapping = ColumnMapping.guess(header: ["Code", "Name"])
    try mapping.choose(0, for: .username)
    #expect(mapping.meaning(of: 0) == .username)
    #expect(mapping.choices[.number] == nil)
    try mapping.choose(nil, for: .username)
    #expect(mapping.fault != nil)
    #expect(refusal { try mapping.choose(2, for: .email) } == "ROSTER_BAD_MAPPING")
    #expect(refusal { try mapping.choose(-1, for: .email) } == "ROSTER_BAD_MAPPING")
  }

  @Test func `what was chosen once is chosen again for the same columns`() throws {
    var mapping = ColumnMapping.guess(header: ["Code", "Name", "Extra"])
    try mapping.choose(2, for: .username)
    let later = ColumnMapping.guess(header: ["Extra", "Name"], remembering: mapping.names)
    #expect(later.choices[.username]?.column == 0)
    #expect(later.choices[.username]?.confidence == .chosen)
    #expect(later.choices[.number] == nil)
    let hostile = ColumnMapping.guess(header: ["Password", "Name"], remembering: [.username: "Password"])
    #expect(hostile.choices[.username] == nil)
  }

  @Test func `our own template is understood in full`() throws {
    let header = try CSVReader(PlainStudents.template).header
    let mapping = ColumnMapping.guess(header: header)
    #expect(header.indices.allSatisfy { mapping.choices[mapping.meaning(of: $0) ?? .status]?.confidence == .exact })
    #expect(Set(header.indices.compactMap { mapping.meaning(of: $0) }).count == header.count)
  }
}

@Suite struct `Reading a plain list of students` {
  @Test func `students, homerooms and guardians are found`() throws {
    let reading = try reading(RosterFixtures.plain)
    #expect(reading.source.format == .plainStudents)
    #expect(reading.findings == [])
    #expect(reading.students.map(\.number) == ["S-1", "S-2", "S-3", "S-4"])
    #expect(reading.students.allSatisfy { $0.school == nil })
    #expect(reading.sections.map(\.title) == ["9A", "8B", "10C"])
    #expect(reading.sections.allSatisfy { $0.kind == .homeroom })
    #expect(reading.enrolments.map(\.section) == ["9A", "8B", "9A", "10C"])
    #expect(reading.relationships.map(\.relation) == ["father", "father", "母亲"])
    #expect(
      reading.people.map { $0.birthDate?.description }.compactMap { $0 } == [
        "2011-03-28", "2012-05-04", "2011-12-01", "2010-06-17",
      ])
    #expect(reading.people.map(\.sex).compactMap { $0 } == [.female, .male, .male, .other])
  }

  @Test func `siblings share their guardian`() throws {
    let reading = try reading(RosterFixtures.plain)
    #expect(reading.people.count { $0.fullName == "Kofi Mensah" } == 1)
    #expect(Set(reading.relationships.prefix(2).map(\.guardian)).count == 1)
  }

  @Test func `passwords are named as not kept and are nowhere else`() throws {
    let reading = try reading(RosterFixtures.plain)
    #expect(reading.source.columnsNotKept == [UnkeptColumn(file: "students.csv", column: "Password")])
    #expect(reading.source.columnsNotKept.allSatisfy { $0.isSecret })
    #expect(!reading.everything.contains("hunter"))
    let files = try RosterFiles([("students.csv", Array(RosterFixtures.plain.utf8))])
    #expect(try !"\(PlainStudents.sample(of: files))".contains("hunter"))
  }

  @Test func `a password that slipped into another column is not shown`() throws {
    let reading = try reading("ID,Name,E-mail,Password\n1,Ama,hunter2,hunter2\n2,Kofi,not an address,hunter3\n")
    #expect(reading.codes == ["BAD_EMAIL", "BAD_EMAIL"])
    #expect(reading.findings.map(\.value) == [nil, "not an address"])
  }

  @Test func `a column for schools makes schools, and numbers of two schools do not clash`() throws {
    let reading = try reading("School,ID,Name,Homeroom\nNorth,1,Ama,9A\nSouth,1,Kofi,9A\n")
    #expect(reading.orgs.map(\.name) == ["North", "South"])
    #expect(reading.people.map(\.id) == ["North/1", "South/1"])
    #expect(reading.sections.map(\.id) == ["North/9A", "South/9A"])
  }

  @Test func `one date that can be read in one way decides for all`() throws {
    let head = "ID,Name,DOB\n"
    #expect(try reading(head + "1,A,03/04/2011\n2,B,13/04/2011\n").people.first?.birthDate?.description == "2011-04-03")
    #expect(try reading(head + "1,A,03/04/2011\n2,B,04/13/2011\n").people.first?.birthDate?.description == "2011-03-04")
    #expect(try reading(head + "1,A,2011-04-03\n").people.first?.birthDate?.description == "2011-04-03")
    #expect(try reading(head + "1,A,3.4.2011\n").people.first?.birthDate?.description == "2011-04-03")
  }

  @Test func `when no date decides, a person is asked, and the answer is taken`() throws {
    let text = "ID,Name,DOB\n1,A,03/04/2011\n2,B,05/05/2011\n"
    let asked = try reading(text)
    #expect(asked.findings.map(\.code) == ["DATE_ORDER_UNCLEAR"])
    #expect(asked.findings.map(\.column) == ["DOB"])
    #expect(asked.people.map(\.birthDate) == [nil, nil])
    var mapping = ColumnMapping.guess(header: ["ID", "Name", "DOB"])
    mapping.dateOrder = .monthFirst
    let answered = try reading(text, mapping: mapping)
    #expect(answered.findings == [])
    #expect(answered.people.map { $0.birthDate?.description } == ["2011-03-04", "2011-05-05"])
  }

  @Test func `a column in both orders is an error, and so is no date at all`() throws {
    let mixed = try reading("ID,Name,DOB\n1,A,13/04/2011\n2,B,04/13/2011\n")
    #expect(mixed.codes == ["DATE_ORDER_MIXED"])
    let wrong = try reading("ID,Name,DOB\n1,A,31/02/2011\n2,B,1/2/11\n3,C,soon\n")
    #expect(wrong.codes == ["BAD_DATE", "BAD_DATE", "BAD_DATE"])
    #expect(wrong.findings.map(\.row) == [2, 3, 4])
    #expect(wrong.students.count == 3)
  }

  @Test func `rows without a number or name, ragged rows and double ones are told of and left out`() throws {
    let reading = try reading("ID,First name,Last name\n,Ama,Mensah\n2,,\n3,Kofi\n4,Efua,Doe\n4,Efua,Doe\n")
    #expect(
      Set(reading.findings.map { "\($0.row ?? 0) \($0.code)" }) == [
        "2 REQUIRED", "3 REQUIRED", "4 RAGGED_ROW", "6 DUPLICATE",
      ])
    #expect(reading.students.map(\.number) == ["4"])
    #expect(reading.findings.allSatisfy { $0.severity == .error })
  }

  @Test func `rows with errors come back with what to do, without passwords`() throws {
    let text = "ID,Name,Password,Sex\n1,Ama,hunter2,f\n,=Kofi,hunter3,m\n3,Efua,hunter4,?\n4,x\n"
    let reading = try reading(text)
    let failed = try #require(try reading.source.failedRows(of: "students.csv", reading.findings))
    var rows = try CSVReader(failed)
    #expect(rows.header == ["ID", "Name", "Sex", "Row", "What to do"])
    _ = try rows.nextRow()
    #expect((0..<5).map { rows.text($0) } == ["", "'=Kofi", "m", "3", "ID: Fill in ID."])
    _ = try rows.nextRow()
    #expect((0..<4).map { rows.text($0) } == ["", "", "", "5"])
    #expect(try !rows.nextRow())
    #expect(!String(decoding: failed, as: UTF8.self).contains("hunter"))
    #expect(try reading.source.failedRows(of: "students.csv", []) == nil)
  }

  @Test func `over-long and hostile values are refused field by field`() throws {
    let long = String(repeating: "x", count: 201)
    let reading = try reading(
      "ID,First name,Last name,Grade\n1,\(long),Mensah,9\n2,Ama\u{7},Mensah,9\n3,\u{202E}amA,Mensah,9\n"
        + "4,<script>alert(1)</script>,'; DROP TABLE student;--,\(long)\n")
    #expect(
      reading.findings.map { "\($0.row ?? 0) \($0.column ?? "") \($0.code)" } == [
        "2 First name TOO_LONG", "3 First name BAD_CHARACTER", "4 First name BAD_CHARACTER", "5 Grade TOO_LONG",
      ])
    #expect(reading.people.last?.givenName == "<script>alert(1)</script>")
    #expect(reading.findings.allSatisfy { ($0.value ?? "").count <= 100 && Text.isPlain($0.value ?? "") })
  }

  @Test func `a list that no one can be told apart by is refused with what to do`() throws {
    let files = try RosterFiles([("a.csv", Array("Colour,Shape\nred,round\n".utf8))])
    #expect(refusal { _ = try RosterSource(files) } == "ROSTER_UNKNOWN_FORMAT")
    #expect(refusal { _ = try RosterSource(files, format: .plainStudents) } == "ROSTER_MISSING_MEANING")
    let other = ColumnMapping(header: ["Other"])
    #expect(refusal { _ = try RosterSource(files, format: .plainStudents, mapping: other) } == "ROSTER_BAD_MAPPING")
  }
}
