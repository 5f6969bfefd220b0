import Interop
import Kernel

/// Small rosters of people who do not exist. Written by hand for these tests.
enum RosterFixtures {
  static let plain = """
    Student No,First Name,Surname,DOB,Gender,Grade,Class,E-mail,Parent Name,Parent Email,Relationship,Password
    S-1,Ama,Mensah,28/03/2011,F,9,9A,ama@maple.example,Kofi Mensah,kofi@home.example,Father,hunter2
    S-2,Kwame,Mensah,04/05/2012,M,8,8B,,Kofi Mensah,KOFI@home.example,Father,hunter3
    S-3,小明,王,01/12/2011,m,9,9A,,王芳,,母亲,hunter4
    S-4,Zoë,O'Neill-Łukasz,17/06/2010,X,10,10C,zoe@maple.example,,,,hunter5
    """

  static let schoolDataSync1: [(String, String)] = [
    (
      "School.csv",
      """
      SIS ID,Name,School Number,State ID,Principal Name
      100,Maple Street School,M1,LR,Someone
      200,رياض المعرفة,R2,LR,Someone
      """
    ),
    (
      "Section.csv",
      """
      SIS ID,School SIS ID,Section Name,Section Number,Term SIS ID,Term Name,Term StartDate,Term EndDate,\
      Course SIS ID,Course Name,Course Number,Course Subject,Periods,Status
      S1,100,Algebra A,A1,T1,2026/27,9/1/2026,6/30/2027,C1,Algebra,ALG,Math,2,Active
      S2,200,Algebra B,B1,T1,2026/27,9/1/2026,6/30/2027,C1,Algebra,ALG,Math,3,Active
      S3,200,Choir,B2,T2,Autumn,9/1/2026,12/20/2026,,Choir,,Music,,Inactive
      """
    ),
    (
      "Student.csv",
      """
      SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Student Number,Middle Name,Grade,Status,\
      Birthdate
      1,100,Ama,Mensah,amensah,S3cret!a,LR,N1,Efua,9,Active,3/28/2011
      2,100,Дмитрий,Соколов,dsokolov,S3cret!b,LR,N2,,10,Transferred,12/9/2010
      3,200,ليلى,حداد,lhaddad,S3cret!c,LR,N3,,9,Active,7/4/2011
      3,100,ليلى,حداد,lhaddad,S3cret!c,LR,N9,,9,Active,7/4/2011
      """
    ),
    (
      "Teacher.csv",
      """
      SIS ID,School SIS ID,First Name,Last Name,Username,Password,Teacher Number,Status,Title
      50,100,Joanna,Lee,jlee,S3cret!d,T50,Active,Head of maths
      50,200,Joanna,Lee,jlee,S3cret!d,T50,Active,
      """
    ),
    ("StudentEnrollment.csv", "Section SIS ID,SIS ID\nS1,1\nS1,2\nS2,3\n"),
    ("TeacherRoster.csv", "Section SIS ID,SIS ID\nS1,50\nS2,50\n"),
  ]

  static let schoolDataSync2: [(String, String)] = [
    (
      "orgs.csv",
      """
      sourcedId,name,type,parentSourcedId
      D1,Physics,department,S1
      S1,Maple Street School,school,M1
      M1,Ministry,ministryOfEducation,
      """
    ),
    (
      "users.csv",
      """
      sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms
      u1,ama@maple.example,Ama,Mensah,S3cret!a,,ama@maple.example,,
      u2,efua@home.example,Efua,Mensah,S3cret!b,,efua@home.example,+231770000001,+231770000002
      u3,lee@maple.example,Joanna,Lee,S3cret!c,,lee@maple.example,,
      """
    ),
    (
      "roles.csv",
      """
      userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate
      u1,S1,student,Y1,9,TRUE,2026-09-01,2027-06-30
      u3,D1,professor,Y1,,FALSE,2026-09-01,2027-06-30
      u2,S1,guardian,Y1,,TRUE,,
      """
    ),
    (
      "academicSessions.csv",
      "sourcedId,title,type,schoolYear,startDate,endDate\nY1,2026/27,schoolYear,2027,2026-09-01,2027-06-30\n"
    ),
    (
      "courses.csv",
      "sourcedId,orgSourcedId,title,code,schoolYearSourcedId,subject,grade\nC1,S1,Physics 1,PH1,Y1,14,9\n"
    ),
    ("classes.csv", "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\nK1,S1,Physics A,Y1,C1\n"),
    ("enrollments.csv", "classSourcedId,userSourcedId,role\nK1,u1,student\nK1,u3,professor\n"),
    (
      "demographics.csv",
      "userSourcedId,sex,birthDate,birthCity,birthState,birthCountry,ethnicityCodes,"
        + "raceCodes\nu1,female,2011-03-28,Buchanan,,LR,,\n"
    ),
    ("relationships.csv", "userSourcedId,relationshipUserSourcedId,relationshipRole\nu1,u2,Guardian\n"),
    ("userFlags.csv", "userSourcedId,flag\nu1,iep\n"),
  ]

  /// OneRoster 1.2; `changes` replaces or adds files.
  static func oneRoster(
    _ changes: [String: String] = [:], without left: Set<String> = [], manifest: [String: String] = [:]
  ) -> [(String, String)] {
    var files = oneRosterFiles
    for (name, text) in changes { files[name] = text }
    for name in left { files[name] = nil }
    var lines = [
      "propertyName,value", "manifest.version,1.0", "oneroster.version,\(manifest["oneroster.version"] ?? "1.2")",
    ]
    for name in [
      "academicSessions", "classes", "courses", "demographics", "enrollments", "orgs", "results", "roles", "users",
    ] {
      let value = manifest["file.\(name)"] ?? (files["\(name).csv"] == nil ? "absent" : "bulk")
      lines.append("file.\(name),\(value)")
    }
    if files["manifest.csv"] == nil { files["manifest.csv"] = lines.joined(separator: "\r\n") }
    return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static let oneRosterFiles: [String: String] = [
    "orgs.csv": """
    sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
    s-1,,,Maple Street School,school,MSS,d-1
    d-1,,,Grand Bassa,district,,
    """,
    "academicSessions.csv": """
    sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
    t-1,,,Autumn,term,2026-09-01,2026-12-19,y-1,2027
    y-1,,,2026/27,schoolYear,2026-09-01,2027-07-01,,2027
    """,
    "courses.csv": """
    sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
    c-1,,,y-1,Physics,PHY,"9,10",s-1,"Science,Physics","1,2"
    """,
    "classes.csv": """
    sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,\
    termSourcedIds,subjects,subjectCodes,periods
    k-1,,,Physics 9A,9,c-1,P9A,scheduled,Lab 2,s-1,"t-1,y-1",,,"1,3"
    h-1,,,9A,9,c-1,9A,homeroom,,s-1,y-1,,,
    """,
    "users.csv": """
    sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,\
    sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,\
    preferredFamilyName,primaryOrgSourcedId,pronouns
    u-1,,,true,ama,"{state:77},{library:L-9}",Ama,Mensah,Efua,N1,ama@maple.example,,,u-2,9,S3cret!a,m-1,Amy,,,s-1,\
    she/her
    u-2,,,true,kofi,,Kofi,Mensah,,,kofi@home.example,,+231770000001,u-1,,S3cret!b,,,,,s-1,
    u-3,,,false,lee,,Joanna,Lee,,T3,lee@maple.example,,,,,S3cret!c,,,,,s-1,
    """,
    "roles.csv": """
    sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
    r-1,,,u-1,primary,student,2026-09-01,2027-07-01,s-1,
    r-2,,,u-2,primary,parent,,,s-1,
    r-3,,,u-3,primary,teacher,,,s-1,
    """,
    "enrollments.csv": """
    sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
    e-1,,,k-1,s-1,u-1,student,,2026-09-01,2026-12-19
    e-2,,,k-1,s-1,u-3,teacher,true,,
    """,
    "demographics.csv": """
    sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,\
    nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,\
    countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus
    u-1,,,2011-03-28,female,,,,,,,,LR,,Buchanan,
    """,
  ]

  static let oneRoster11Users = """
    sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,\
    identifier,email,sms,phone,agentSourcedIds,grades,password
    u-1,,,true,s-1,student,ama,,Ama,Mensah,,N1,,,,u-2,9,S3cret!a
    u-2,,,true,s-1,guardian,kofi,,Kofi,Mensah,,,,,,u-1,,
    u-3,,,true,"s-1,d-1",teacher,lee,,Joanna,Lee,,,,,,,,
    """
}

/// Everything that a reading gave.
struct Reading {
  var records: [RosterRecord] = []
  var findings: [Finding] = []
  var source: RosterSource

  init(_ files: [(String, String)], mapping: ColumnMapping? = nil) throws {
    let bytes = files.map { (name: $0.0, bytes: Array($0.1.utf8)) }
    try self.init(RosterFiles(bytes), mapping: mapping)
  }

  init(_ files: RosterFiles, mapping: ColumnMapping? = nil) throws {
    source = try RosterSource(files, mapping: mapping)
    var gathered: [RosterRecord] = []
    findings = try source.reading().readAll { gathered.append($0) }
    records = gathered
  }

  var codes: [String] { findings.map(\.code) }

  /// All that was said and read, to look for what must not be there.
  var everything: String { "\(records) \(findings) \(source.columnsNotKept)" }

  func count(_ kind: RosterKind) -> Int { records.count { $0.kind == kind } }

  var orgs: [RosterOrg] { records.compactMap { if case .org(let record) = $0 { record } else { nil } } }
  var sessions: [RosterSession] { records.compactMap { if case .session(let record) = $0 { record } else { nil } } }
  var courses: [RosterCourse] { records.compactMap { if case .course(let record) = $0 { record } else { nil } } }
  var people: [RosterPerson] { records.compactMap { if case .person(let record) = $0 { record } else { nil } } }
  var students: [RosterStudent] { records.compactMap { if case .student(let record) = $0 { record } else { nil } } }
  var staff: [RosterStaff] { records.compactMap { if case .staff(let record) = $0 { record } else { nil } } }
  var sections: [RosterSection] { records.compactMap { if case .section(let record) = $0 { record } else { nil } } }
  var enrolments: [RosterEnrolment] {
    records.compactMap { if case .enrolment(let record) = $0 { record } else { nil } }
  }
  var relationships: [RosterRelationship] {
    records.compactMap { if case .relationship(let record) = $0 { record } else { nil } }
  }
}

/// The code of the problem that `body` is refused with; nil when it is not.
func refusal(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch let problem as RosterProblem {
    return problem.problem.code
  } catch let problem as CSVProblem {
    return problem.problem.code
  } catch {
    return "\(error)"
  }
}

/// A random number generator that repeats itself for a seed (SplitMix64, S. Vigna).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
