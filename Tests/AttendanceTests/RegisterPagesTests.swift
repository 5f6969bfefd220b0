import Academics
import Attendance
import Kernel
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@Suite struct `The page of a register` {
  /// What a browser sends of a register page: every field as the page has it, with some of them changed.
  func fields(of school: School, _ key: RegisterKey, _ changes: [String: String] = [:]) async throws -> [(
    String, String
  )] {
    let sheet = try await school.attendance.register(key, actor: school.office)
    var fields: [(String, String)] = [("late", "L")]
    for line in sheet.lines {
      let student = line.student.description
      let mark = line.standing.mark
      let letter = mark?.code.flatMap { sheet.codes[$0]?.letter }
      let minutes = mark.flatMap { $0.lateMinutes == 0 ? nil : "\($0.lateMinutes)" } ?? ""
      if let sent = changes["mark-\(student)"] ?? letter { fields.append(("mark-\(student)", sent)) }
      fields.append(("minutes-\(student)", changes["minutes-\(student)"] ?? minutes))
      fields.append(("note-\(student)", changes["note-\(student)"] ?? mark?.note ?? ""))
      fields.append(("version-\(student)", changes["version-\(student)"] ?? "\(line.standing.version)"))
      if mark != nil { fields.append(("seen-\(student)", "\(letter ?? "")/\(minutes)/\(mark?.note ?? "")")) }
    }
    if let reason = changes["reason"] { fields.append(("reason", reason)) }
    return fields
  }

  func path(_ key: RegisterKey) -> String { "/attendance/register/\(key.section)/\(key.date)" }

  @Test(arguments: TestDatabase.engines)
  func `it lists the students, each with four marks to choose and the version that was read`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let page = await school.pipeline.send("GET", path(key), as: "amara")
      #expect(page.status == 200)
      #expect(page.text.components(of: "type=\"radio\"") == 12)
      #expect(page.text.contains("<h1>9B-MATH Mathematics</h1>"))
      for student in school.students { #expect(page.text.contains("name=\"version-\(student)\" value=\"0\"")) }
      #expect(page.text.contains("Submit register"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a plain form takes the register: two touched, the rest present`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let (first, second) = (school.students[0], school.students[1])
      let form = try await fields(
        of: school, key,
        ["mark-\(first)": "A", "mark-\(second)": "L", "minutes-\(second)": "12", "note-\(second)": "bus"])
      let answer = await school.pipeline.send("POST", path(key), as: "amara", form: form)
      #expect(answer.status == 303)
      #expect(answer["Location"] == path(key))
      #expect(try await school.letters(key) == "ALP")
      let page = await school.pipeline.send("GET", path(key), as: "amara")
      #expect(page.text.contains("Submitted"))
      #expect(page.text.contains("value=\"L/12/bus\""))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `rows nobody touched do not clash, touched ones do and say with whom`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let (first, second) = (school.students[0], school.students[1])
      let old = try await fields(of: school, key, ["mark-\(first)": "A"])
      let clash = try await fields(of: school, key, ["mark-\(second)": "E"])
      try await school.take(
        key, [MarkEntry(student: second, letter: "L", lateMinutes: 5)], submits: false, by: school.amara)
      let merged = await school.pipeline.send("POST", path(key), as: "office", form: old)
      #expect(merged.status == 303)
      #expect(try await school.letters(key) == "ALP")
      let answer = await school.pipeline.send("POST", path(key), as: "office", form: clash)
      #expect(answer.status == 409)
      #expect(answer.text.contains("Amara Okafor marked late at"))
      #expect(answer.text.contains("You marked excused, which was not saved."))
      #expect(answer.text.contains("<title>Error:"))
      #expect(try await school.letters(key) == "ALP")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `minutes that are none are said at the row, with what was typed`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let student = school.students[2]
      let form = try await fields(of: school, key, ["mark-\(student)": "L", "minutes-\(student)": "601"])
      let answer = await school.pipeline.send("POST", path(key), as: "amara", form: form)
      #expect(answer.status == 422)
      #expect(answer.text.contains("href=\"#row-3\""))
      #expect(answer.text.contains("Minutes late go from 0 to 600."))
      #expect(answer.text.contains("value=\"601\""))
      #expect(try await school.letters(key) == "---")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a locked register shows no button, to who may override it asks why`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section(), daysAgo: 1)
      let looked = await school.pipeline.send("GET", path(key), as: "amara")
      #expect(looked.text.contains("Ask the office to change it."))
      #expect(!looked.text.contains("type=\"submit\">Submit register"))
      let page = await school.pipeline.send("GET", path(key), as: "office")
      #expect(page.text.contains("name=\"reason\""))
      let changed = ["mark-\(school.students[0])": "A"]
      let form = try await fields(of: school, key, changed)
      let refused = await school.pipeline.send("POST", path(key), as: "office", form: form)
      #expect(refused.status == 422)
      #expect(refused.text.contains("Say why it is changed now."))
      let late = await school.pipeline.send("POST", path(key), as: "amara", form: form)
      #expect(late.status == 409)
      #expect(late.text.contains("Ask the office to change it."))
      let reasoned = try await fields(of: school, key, changed.merging(["reason": "list from paper"]) { $1 })
      #expect(await school.pipeline.send("POST", path(key), as: "office", form: reasoned).status == 303)
      #expect(try await school.letters(key) == "APP")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `it is there for who reaches the section and for nobody else`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let statuses = { (target: String) in
        var found: [Int] = []
        for who in ["office", "amara", "ben", "elsewhere", "grace", "nobody"] {
          found.append(await school.pipeline.send("GET", target, as: who).status)
        }
        return found
      }
      #expect(await statuses(path(key)) == [200, 200, 404, 404, 404, 303])
      #expect(await statuses("/api/v1/registers/\(key.section)/\(key.date)") == [200, 200, 404, 404, 404, 401])
      for broken in ["x/\(key.date)", "\(key.section)/2026-13-01", "\(SectionID(high: 1, low: 1))/\(key.date)"] {
        #expect(await school.pipeline.send("GET", "/attendance/register/\(broken)", as: "office").status == 404)
      }
    }
  }

  @Test func `it looks as it did`() async throws {
    try await School.with(.sqlite) { school in
      let section = try await school.section()
      let key = school.key(section)
      let entry = MarkEntry(student: school.students[1], letter: "L", lateMinutes: 12, note: "bus")
      try await school.take(key, [entry], submits: false, by: school.amara)
      var text = await school.pipeline.send("GET", path(key), as: "amara").text
      let main = try #require(text.range(of: "<main"))
      let end = try #require(text.range(of: "</main>"))
      text = String(text[main.lowerBound..<end.upperBound])
      for (index, student) in school.students.enumerated() {
        text = text.replacing(student.description, with: "(student \(index))")
      }
      text = text.replacing(section.id.description, with: "(section)").replacing(
        /\/assets\/icons\.[0-9a-f]+\.svg/, with: "/assets/icons.svg")
      try Golden("html/attendance-register.html").check(text.replacing("><", with: ">\n<") + "\n")
    }
  }
}

@Suite struct `Attendance over the API` {
  @Test(arguments: TestDatabase.engines)
  func `marks are put with the versions that were read, and clashes come back`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let target = "/api/v1/registers/\(key.section)/\(key.date)"
      let body = { (code: String, version: Int, submitted: Bool) in
        """
        {"marks":[{"studentId":"\(school.students[0])","code":"\(code)","version":\(version)}],"submitted":\(submitted)}
        """
      }
      let put = await school.pipeline.send("PUT", target, as: "amara", json: body("A", 0, true))
      #expect(put.status == 200)
      #expect(put.json["data"]?["written"]?.int == 3)
      #expect(put.json["data"]?["filled"]?.int == 2)
      let clash = await school.pipeline.send("PUT", target, as: "office", json: body("L", 0, false))
      #expect(clash.status == 200)
      #expect(clash.json["data"]?["written"]?.int == 0)
      let conflict = clash.json["data"]?["conflicts"]?.array?.first
      #expect(conflict?["code"]?.string == "A")
      #expect(conflict?["markedBy"]?.string == "Amara Okafor")
      let read = await school.pipeline.send("GET", target, as: "amara")
      let marks = read.json["data"]?["marks"]?.array ?? []
      #expect(marks.compactMap { $0["code"]?.string } == ["A", "P", "P"])
      #expect(marks.first?["version"]?.int == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what is wrong with a mark is said by its pointer`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let target = "/api/v1/registers/\(key.section)/\(key.date)"
      let refusal = { (marks: String) in
        let answer = await school.pipeline.send(
          "PUT", target, as: "amara", json: "{\"marks\":[\(marks)],\"submitted\":true}")
        return "\(answer.status) \(answer.json["errors"]?.array?.first?["pointer"]?.string ?? "")"
      }
      let student = "\"studentId\":\"\(school.students[0])\",\"version\":0"
      #expect(await refusal("{\(student),\"code\":\"Q\"}") == "422 /marks/0/code")
      #expect(await refusal("{\(student),\"code\":\"L\",\"lateMinutes\":601}") == "422 /marks/0/lateMinutes")
      #expect(await refusal("{\(student),\"code\":\"A\",\"lateMinutes\":5}") == "422 /marks/0/lateMinutes")
      #expect(await refusal("{\"studentId\":\"\(school.stranger)\",\"version\":0}") == "422 /marks/0/studentId")
      #expect(await refusal("{\(student),\"colour\":\"red\"}") == "422 /marks/0/colour")
      let tomorrow = "/api/v1/registers/\(key.section)/\(key.date.adding(days: 1))"
      let early = await school.pipeline.send("PUT", tomorrow, as: "amara", json: #"{"marks":[],"submitted":true}"#)
      #expect(early.status == 409)
      #expect(early.json["code"]?.string == "REGISTER_NOT_YET")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the day, a section and a student are counted`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let key = school.key(section)
      let missing = await school.pipeline.send("GET", "/attendance/day", as: "office")
      #expect(missing.text.contains("Missing"))
      #expect(missing.text.contains("<b><a href=\"/attendance/register/\(section.id)/\(key.date)\">"))
      try await school.take(key, [MarkEntry(student: school.students[0], letter: "A")], by: school.amara)
      let day = await school.pipeline.send("GET", "/api/v1/registers", as: "office").json["data"]?.array?.first
      #expect(day?["state"]?.string == "taken")
      #expect(day?["absent"]?.int == 1)
      let total = await school.pipeline.send("GET", "/api/v1/sections/\(section.id)/attendance", as: "amara").json[
        "data"]
      #expect(total?["percent"]?.string == "66.7")
      let own = await school.pipeline.send("GET", "/api/v1/students/\(school.students[0])/attendance", as: "grace")
      #expect(own.json["data"]?.array?.first?["attendance"]?["percent"]?.string == "0")
      let other = await school.pipeline.send("GET", "/api/v1/students/\(school.students[1])/attendance", as: "grace")
      #expect(other.status == 404)
      #expect(await school.pipeline.send("GET", "/attendance/registers", as: "amara").text.contains("Taken"))
      #expect(await school.pipeline.send("GET", "/attendance/registers", as: "ben").text.contains("No registers here"))
    }
  }
}

@Suite struct `Teaching over pages and the API` {
  @Test(arguments: TestDatabase.engines)
  func `a section is made, filled, changed and deleted over the API`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let course = await school.pipeline.send(
        "POST", "/api/v1/courses", as: "office",
        json: "{\"orgId\":\"\(school.school)\",\"code\":\"M9\",\"title\":\"Maths\",\"credits\":\"3.5\"}")
      #expect(course.status == 201)
      let courseID = course.json["data"]?["id"]?.string ?? ""
      let made = await school.pipeline.send(
        "POST", "/api/v1/sections", as: "office",
        json: """
          {"schoolId":"\(school.school)","kind":"scheduled","courseId":"\(courseID)","code":"9C","capacity":1,
          "periodIds":["\(school.term)"]}
          """)
      #expect(made.status == 201)
      let location = made["Location"] ?? ""
      let enrol = { (student: StudentID) in
        await school.pipeline.send(
          "POST", "\(location)/enrolments", as: "office", json: "{\"studentId\":\"\(student)\"}")
      }
      let first = await enrol(school.students[0])
      #expect(first.status == 201)
      #expect(await enrol(school.students[0]).json["code"]?.string == "ALREADY_ENROLLED")
      let full = await enrol(school.students[1])
      #expect(full.status == 409 && full.json["code"]?.string == "SECTION_FULL")
      let patch = { (version: Int?) in
        await school.pipeline.send(
          "PATCH", location, as: "office", json: #"{"capacity":2,"room":"204"}"#, version: version)
      }
      #expect(await patch(nil).status == 428)
      #expect(await patch(7).status == 412)
      let changed = await patch(1)
      #expect(changed["ETag"] == "\"2\"" && changed.json["data"]?["room"]?.string == "204")
      let batch = await school.pipeline.send(
        "POST", "\(location)/enrolment-batches", as: "office",
        json: "{\"studentIds\":[\"\(school.students[1])\",\"\(school.students[2])\"],\"mode\":\"bestEffort\"}")
      #expect(batch.json["data"]?["enrolled"]?.array?.count == 1)
      #expect(batch.json["data"]?["refused"]?.array?.first?["code"]?.string == "SECTION_FULL")
      let enrolment = first["Location"] ?? ""
      let dropped = await school.pipeline.send(
        "PATCH", enrolment, as: "office", json: #"{"status":"dropped","reason":"moved"}"#, version: 1)
      #expect(dropped.json["data"]?["status"]?.string == "dropped")
      #expect(await school.pipeline.send("GET", enrolment, as: "amara").status == 404)
      let list = await school.pipeline.send("GET", "/api/v1/sections?search=9c&count=true", as: "office")
      #expect(list.json["page"]?["total"]?.int == 1)
      #expect(await school.pipeline.send("DELETE", location, as: "office", version: 2).status == 204)
      #expect(await school.pipeline.send("GET", location, as: "office").status == 404)
      #expect(
        await school.pipeline.send("DELETE", "/api/v1/courses/\(courseID)", as: "office", version: 1).status == 204)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the section's page shows its roster and enrols by number`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section(capacity: 3)
      let target = "/sections/\(section.id)"
      let page = await school.pipeline.send("GET", target, as: "office").text
      #expect(page.contains("3 of 3 seats taken"))
      #expect(page.contains("/attendance/register/\(section.id)/\(school.today)"))
      #expect(page.contains("Student 1002"))
      #expect(!(await school.pipeline.send("GET", target, as: "amara").text.contains("Student numbers")))
      let form = { (numbers: String) in
        await school.pipeline.send("POST", "\(target)/enrolments", as: "office", form: [("numbers", numbers)])
      }
      let unknown = await form("NOBODY")
      #expect(unknown.status == 409 && unknown.text.contains("NOBODY: There is no such student"))
      let again = await form("S1000")
      #expect(again.status == 409 && again.text.contains("is enrolled in 9B-MATH already"))
      #expect(await form(" ").status == 422)
      let line = try await school.academics.roster(of: section.id, actor: school.office)[0].enrolment
      let dropped = await school.pipeline.send(
        "POST", "/enrolments/\(line.id)/ending", as: "office", form: [("version", "1"), ("status", "dropped")])
      #expect(dropped.status == 303)
      #expect(await form("S1000\n").status == 303)
      #expect(await school.pipeline.send("GET", "/sections?q=math", as: "amara").text.contains("9B-MATH"))
      #expect(await school.pipeline.send("GET", "/sections", as: "ben").text.contains("No sections"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two who edit a section see both versions, and nothing is lost`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let target = "/sections/\(section.id)/edit"
      let save = { (title: String, version: String) in
        await school.pipeline.send(
          "POST", target, as: "office",
          form: [
            ("code", "9B"), ("title", title), ("capacity", ""), ("room", ""), ("version", version),
            ("periodIds", school.term.description),
          ])
      }
      #expect(await save("Algebra", "1").status == 303)
      let stale = await save("Geometry", "1")
      #expect(stale.status == 409)
      #expect(stale.text.contains("Geometry") && stale.text.contains("Algebra"))
      #expect(stale.text.contains("name=\"version\" value=\"2\""))
      #expect(await save("Geometry", "2").status == 303)
      let wrong = await school.pipeline.send(
        "POST", target, as: "office", form: [("code", ""), ("capacity", "many"), ("version", "3")])
      #expect(wrong.status == 422 && wrong.text.contains("href=\"#capacity\""))
      for page in ["/sections/new", "/admin/courses", "/admin/courses/new", target] {
        #expect(await school.pipeline.send("GET", page, as: "office").status == 200)
      }
      #expect(await school.pipeline.send("GET", "/sections/new", as: "amara").status == 403)
    }
  }
}

extension String {
  /// How often a piece stands in it.
  fileprivate func components(of piece: String) -> Int { ranges(of: piece).count }

  fileprivate func range(of piece: String) -> Range<String.Index>? { firstRange(of: piece) }
}
