/// Which column of a student list means what: guessed from the header, then changed by a person if need be.
public struct ColumnMapping: Sendable, Equatable {
  /// What a column of a student list can mean.
  public enum Meaning: String, Sendable, CaseIterable {
    case number, givenName, middleName, familyName, fullName, preferredName, birthDate, sex, grade, homeroom, school
    case status, email, phone, username
    case guardianName, guardianEmail, guardianPhone, guardianRelation
    case guardian2Name, guardian2Email, guardian2Phone, guardian2Relation
  }

  /// How sure a guess is.
  public enum Confidence: String, Sendable {
    /// The header says it in so many words.
    case exact
    /// The header has a word of it; a person should look.
    case likely
    /// A person chose it.
    case chosen
  }

  /// A column and how it was found.
  public struct Choice: Sendable, Equatable {
    /// The column's place, from 0.
    public let column: Int
    /// How sure it is.
    public let confidence: Confidence
  }

  /// The header of the file, in order.
  public let header: [String]
  /// The columns that have a meaning; a column has one meaning at most.
  public private(set) var choices: [Meaning: Choice] = [:]
  /// How dates are written; nil lets the column itself decide, and asks where it cannot.
  public var dateOrder: DateOrder?

  /// A mapping in which nothing has a meaning yet.
  public init(header: [String]) { self.header = header }

  /// Gives `column` a meaning, or takes the meaning away with nil.
  ///
  /// Refused for a column that is not there or that holds passwords: nothing in Homeroom keeps those.
  public mutating func choose(_ column: Int?, for meaning: Meaning) throws(RosterProblem) {
    guard let column else {
      choices[meaning] = nil
      return
    }
    guard header.indices.contains(column) else { throw .badMapping("There is no column \(column + 1) in the file.") }
    guard !HeaderName(header[column]).isSecret else {
      throw .badMapping("The column \"\(header[column])\" looks like passwords. Homeroom never reads those.")
    }
    give(meaning, Choice(column: column, confidence: .chosen))
  }

  /// The guess from a header alone: the first column that fits a meaning exactly, otherwise one that nearly does.
  public static func guess(header: [String]) -> ColumnMapping {
    var mapping = ColumnMapping(header: header)
    let names = header.map(HeaderName.init)
    for confidence in [Confidence.exact, .likely] {
      for (column, name) in names.enumerated() where !name.isSecret && mapping.meaning(of: column) == nil {
        let words = confidence == .exact ? HeaderWords.exact : HeaderWords.likely
        guard let meaning = words[name.folded], mapping.choices[meaning] == nil else { continue }
        mapping.give(meaning, Choice(column: column, confidence: confidence))
      }
    }
    return mapping
  }

  /// The columns by name, to be remembered with the source that the mapping was made for.
  public var names: [Meaning: String] { choices.mapValues { header[$0.column] } }

  /// The guess, overruled by what was remembered from the same source for columns of the same names.
  public static func guess(header: [String], remembering names: [Meaning: String]) -> ColumnMapping {
    var mapping = guess(header: header)
    for (meaning, name) in names.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !HeaderName(name).isSecret {
      guard let column = header.firstIndex(of: name) else { continue }
      mapping.give(meaning, Choice(column: column, confidence: .chosen))
    }
    return mapping
  }

  /// What a column means; nil when it is not kept.
  public func meaning(of column: Int) -> Meaning? { choices.first { $0.value.column == column }?.key }

  /// What keeps the mapping from being used, in words for a person; nil when nothing does.
  public var fault: String? {
    if key == nil {
      return "Choose the column with the student number. It tells one student from another when the list is sent again."
    }
    let hasName = [.givenName, .familyName, .fullName].contains { choices[$0] != nil }
    return hasName ? nil : "Choose the columns with the given and the family name, or the one with the full name."
  }

  /// Whether students can be told apart and have names.
  var isUsable: Bool { fault == nil }

  /// The column that tells one student from another.
  var key: Meaning? { [.number, .username, .email].first { choices[$0] != nil } }

  private mutating func give(_ meaning: Meaning, _ choice: Choice) {
    choices = choices.filter { $0.value.column != choice.column }
    choices[meaning] = choice
  }
}

/// The many names that columns of student lists have, folded as `HeaderName` does.
private enum HeaderWords {
  static let exact = index([
    .number: [
      "studentnumber", "studentno", "studentnr", "studentid", "number", "no", "id", "admissionno", "admissionnumber",
      "admno", "rollnumber", "rollno", "registrationnumber", "regno", "matricule", "schulernummer", "numero", "sisid",
      "upn", "enrolmentnumber", "enrollmentnumber", "学号", "学籍番号",
    ],
    .givenName: [
      "firstname", "givenname", "given", "first", "forename", "forenames", "givennames", "firstnames", "vorname",
      "prenom", "nombre", "nome", "voornaam", "名",
    ],
    .middleName: ["middlename", "middlenames", "middle", "secondname", "zweitername"],
    .familyName: [
      "lastname", "familyname", "surname", "last", "family", "nachname", "nom", "nomdefamille", "apellido", "apellidos",
      "achternaam", "sobrenome", "姓",
    ],
    .fullName: [
      "fullname", "name", "studentname", "student", "pupil", "pupilname", "displayname", "nomcomplet", "姓名", "氏名",
    ],
    .preferredName: [
      "preferredname", "preferred", "knownas", "nickname", "preferredfirstname", "preferredgivenname", "rufname",
    ],
    .birthDate: [
      "birthdate", "dateofbirth", "dob", "birthday", "born", "geburtsdatum", "datedenaissance", "fechadenacimiento",
      "datadenascimento", "geboortedatum", "生年月日", "出生日期",
    ],
    .sex: ["sex", "gender", "geschlecht", "sexe", "sexo", "性别", "性別"],
    .grade: [
      "grade", "gradelevel", "year", "yeargroup", "yearlevel", "level", "form", "jahrgang", "stufe", "niveau", "grado",
    ],
    .homeroom: [
      "homeroom", "class", "classname", "tutorgroup", "formgroup", "section", "klasse", "classe", "clase",
      "registrationgroup",
      "homeclass", "turma", "班级",
    ],
    .school: [
      "school", "schoolname", "schoolcode", "schoolid", "campus", "schule", "ecole", "escuela", "etablissement",
    ],
    .status: ["status", "studentstatus", "enrolmentstatus", "enrollmentstatus"],
    .email: ["email", "emailaddress", "studentemail", "mail", "courriel", "correo"],
    .phone: [
      "phone", "phonenumber", "telephone", "mobile", "studentphone", "mobilenumber", "cell", "telefon", "telefono",
    ],
    .username: ["username", "login", "userid", "user", "loginname"],
    .guardianName: [
      "guardianname", "guardian", "parentname", "parent", "parentguardian", "parentguardianname", "guardian1name",
      "guardian1", "parent1name", "parent1", "contactname", "guardianfullname", "primarycontact",
    ],
    .guardianEmail: [
      "guardianemail", "parentemail", "guardian1email", "parent1email", "contactemail", "guardianemailaddress",
      "parentguardianemail",
    ],
    .guardianPhone: [
      "guardianphone", "parentphone", "guardian1phone", "parent1phone", "contactphone", "guardianphonenumber",
      "parentguardianphone", "guardianmobile", "parentmobile", "emergencyphone",
    ],
    .guardianRelation: [
      "guardianrelation", "relation", "relationship", "guardianrelationship", "guardian1relation",
      "guardian1relationship", "parent1relation", "relationtostudent", "relationshiptostudent", "contactrelation",
    ],
    .guardian2Name: ["guardian2name", "guardian2", "parent2name", "parent2", "secondguardian", "contact2name"],
    .guardian2Email: ["guardian2email", "parent2email", "contact2email"],
    .guardian2Phone: ["guardian2phone", "parent2phone", "contact2phone"],
    .guardian2Relation: ["guardian2relation", "guardian2relationship", "parent2relation", "contact2relation"],
  ])

  static let likely = index([
    .number: [
      "localid", "stateid", "studentlocalid", "externalid", "personid", "pupilid", "pupilnumber", "code",
      "stateidnumber",
    ],
    .familyName: ["legallastname", "legalfamilyname", "lastnames"],
    .givenName: ["legalfirstname", "legalgivenname"],
    .grade: ["currentgrade", "gradeorform", "classlevel", "schoolyear"],
    .homeroom: ["homeroomteacher", "group", "room", "advisory", "tutor"],
    .email: ["schoolemail", "secondaryemail", "personalemail", "homeemail"],
    .phone: ["homephone", "contactnumber"],
    .guardianName: ["mother", "mothername", "emergencycontact", "nextofkin", "carer", "carername"],
    .guardianEmail: ["motheremail", "careremail"],
    .guardianPhone: ["motherphone", "carerphone", "emergencycontactphone"],
    .guardian2Name: ["father", "fathername"],
    .guardian2Email: ["fatheremail"],
    .guardian2Phone: ["fatherphone"],
  ])

  private static func index(_ words: [ColumnMapping.Meaning: [String]]) -> [String: ColumnMapping.Meaning] {
    var index: [String: ColumnMapping.Meaning] = [:]
    for (meaning, names) in words {
      for name in names { index[name] = meaning }
    }
    return index
  }
}
