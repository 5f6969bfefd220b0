import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@Suite struct `Students over the API` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `a student is entered, read, changed and deleted`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let created = await browser.send(
        "POST", "/api/v1/students",
        json: #"{"schoolId":"\#(world.maple.id)","givenName":"Ada","familyName":"Lee","email":"ada@example.org"}"#)
      #expect(created.status == 201)
      let location = try require(created["Location"])
      let data = try require(created.json["data"])
      #expect(data["displayName"]?.string == "Ada Lee")
      #expect(data["number"]?.string == "MS-000001")
      #expect(data["version"]?.int == 1)

      let read = await browser.send("GET", location)
      #expect(read.status == 200)
      #expect(read["ETag"] == "\"1\"")

      #expect(await browser.send("PATCH", location, json: #"{"grade":"9"}"#).status == 428)
      let changed = await browser.send("PATCH", location, json: #"{"grade":"9","email":null}"#, version: 1)
      #expect(changed.status == 200)
      #expect(changed["ETag"] == "\"2\"")
      #expect(changed.json["data"]?["email"] == JSON.null)
      #expect(changed.json["data"]?["givenName"]?.string == "Ada")

      let stale = await browser.send("PATCH", location, json: #"{"grade":"8"}"#, version: 1)
      #expect(stale.status == 412)
      #expect(stale.json["code"]?.string == "VERSION_STALE")
      #expect(stale.json["current"]?["grade"]?.string == "9")

      #expect(await browser.send("DELETE", location, version: 1).status == 412)
      #expect(await browser.send("DELETE", location, version: 2).status == 204)
      #expect(await browser.send("GET", location).status == 404)
    }
  }

  @Test(arguments: engines) func `many students are changed at once, or by a job`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let changes = "/api/v1/student-changes"
      let ada = try await world.enrol("Ada", "Lee").student.id
      let made = await browser.send("POST", changes, json: #"{"do":"grade","grade":"10","ids":["\#(ada)"]}"#)
      #expect(made.status == 201)
      #expect(made.json["data"]?["changed"]?.int == 1)
      let location = try require(made["Location"])
      #expect(await browser.send("GET", location).json["data"]?["state"]?.string == "done")
      #expect(await browser.send("GET", location, as: "elsewhere").status == 404)
      let undone = await browser.send("POST", "\(location)/undo")
      #expect(undone.status == 200)
      #expect(undone.json["data"]?["state"]?.string == "undone")
      #expect(await browser.send("POST", "\(location)/undo").status == 409)

      for wrong in [
        #"{"do":"grade","grade":"10"}"#, #"{"do":"status","ids":["\#(ada)"]}"#,
        #"{"do":"delete","ids":["\#(ada)"],"filter":{}}"#, #"{"do":"delete","ids":[]}"#,
      ] { #expect(await browser.send("POST", changes, json: wrong).status == 422, "\(wrong)") }

      try await world.fill(201) { index in ("A", "B\(index)") }
      let later = await browser.send("POST", changes, json: #"{"do":"delete","filter":{"grade":"8"}}"#)
      #expect(later.status == 202)
      let job = try require(later.json["data"]?["jobId"]?.string.flatMap(JobID.init))
      #expect(later["Location"] == "/api/v1/jobs/\(job)")
      try await world.work(job)
      #expect(try await world.names() == ["Ada Lee"])
    }
  }

  @Test(arguments: engines) func `a list has its page, its count and its filters`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      for name in ["A", "B", "C"] { try await world.enrol("X", name, grade: name == "C" ? "10" : "9") }
      let first = await browser.send("GET", "/api/v1/students?limit=2&count=true").json
      #expect(first["data"]?.array?.count == 2)
      #expect(first["page"]?["total"]?.int == 3)
      let next = try require(first["page"]?["next"]?.string)
      let second = await browser.send("GET", "/api/v1/students?limit=2&after=\(next)").json
      #expect(second["data"]?.array?.map { $0["displayName"]?.string } == ["X C"])
      #expect(second["page"]?["next"] == JSON.null)
      #expect(await browser.send("GET", "/api/v1/students?grade=10").json["data"]?.array?.count == 1)
      #expect(await browser.send("GET", "/api/v1/students?search=x").json["data"]?.array?.count == 0)
      #expect(await browser.send("GET", "/api/students/").json["data"]?.array?.count == 3)
      #expect(await browser.send("GET", "/api/v1/students?sort=shoe").status == 422)
      #expect(await browser.send("GET", "/api/v1/students?limit=201").status == 422)
    }
  }

  @Test(arguments: engines) func `what is wrong is named, each fault with its pointer`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let faults = await browser.send(
        "POST", "/api/v1/students", json: #"{"schoolId":"\#(world.maple.id)","email":"x","birthOn":"2999-01-01"}"#)
      #expect(faults.status == 422)
      let pointers = faults.json["errors"]?.array?.compactMap { $0["pointer"]?.string }
      #expect(Set(pointers ?? []) == ["/displayName", "/email", "/birthOn"])
      let unknown = await browser.send("POST", "/api/v1/students", json: #"{"schoolId":"x","shoeSize":3}"#)
      #expect(unknown.status == 422)
      try await world.enrol("A", "A", number: "7")
      let taken = await browser.send(
        "POST", "/api/v1/students", json: #"{"schoolId":"\#(world.maple.id)","displayName":"B","number":"7"}"#)
      #expect(taken.status == 409)
      #expect(taken.json["code"]?.string == "NUMBER_TAKEN")
    }
  }

  @Test(arguments: engines) func `rights are asked at every door`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee")
      let path = "/api/v1/students/\(ada.student.id)"
      #expect(await browser.send("GET", path, as: "stranger").status == 401)
      #expect(await browser.send("GET", path, as: "nobody").status == 403)
      #expect(await browser.send("GET", path, as: "elsewhere").status == 404)
      #expect(await browser.send("GET", path, as: "reader").status == 200)
      #expect(await browser.send("PATCH", path, as: "reader", json: "{}", version: 1).status == 403)
      #expect(await browser.send("DELETE", path, as: "elsewhere", version: 1).status == 404)
      #expect(await browser.send("GET", "\(path)/guardians", as: "reader").status == 403)
      #expect(await browser.send("GET", "/api/v1/students/nonsense").status == 404)
    }
  }

  @Test(arguments: engines) func `a status changes with its reason`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let path = "/api/v1/students/\(try await world.enrol("Ada", "Lee").student.id)/status-changes"
      #expect(await browser.send("POST", path, json: #"{"status":"withdrawn"}"#, version: 1).status == 422)
      let gone = await browser.send("POST", path, json: #"{"status":"withdrawn","reason":"moved"}"#, version: 1)
      #expect(gone.status == 200)
      #expect(gone.json["data"]?["enrolments"]?.array?.first?["status"]?.string == "left")
      let refused = await browser.send("POST", path, json: #"{"status":"graduated"}"#, version: 2)
      #expect(refused.status == 409)
      #expect(refused.json["code"]?.string == "STATUS_REFUSED")
    }
  }

  @Test(arguments: engines) func `the file has the filter, page after page, and no formula`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      try await world.fill(230) { index in ("A", "B\(index)") }
      try await world.enrol("=HYPERLINK(\"x\")", "Zed, the last", grade: "9")
      let all = try await browser.send("GET", "/api/v1/students.csv").wholeText.split(separator: "\r\n")
      #expect(all.count == 232)
      #expect(all.first == "School,Number,Name,Other name,Grade,Status,Born,First guardian")
      let one = await browser.send("GET", "/people/students.csv?grade=9")
      #expect(one["Content-Disposition"] == "attachment; filename=\"students.csv\"")
      #expect(
        try await one.wholeText.split(separator: "\r\n").dropFirst()
          == ["MS,MS-000001,\"'=HYPERLINK(\"\"x\"\") Zed, the last\",,9,Active,2013-01-01,"])
    }
  }

  @Test(arguments: engines) func `guardians, staff, organisations and periods have their addresses`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let student = try await world.enrol("Ada", "Lee").student.id
      let guardian = await browser.send(
        "POST", "/api/v1/students/\(student)/guardians",
        json: #"{"displayName":"Mo Lee","relation":"mother","phone":"+231 77 1"}"#)
      #expect(guardian.status == 201)
      let place = try require(guardian["Location"])
      #expect(await browser.send("PATCH", place, json: #"{"livesWith":false}"#, version: 1).status == 200)
      #expect(await browser.send("PATCH", place, json: #"{"livesWith":true}"#, version: 1).status == 412)
      let right = await browser.send("POST", "\(place)/rights", json: #"{"custody":"collect","isAllowed":false}"#)
      #expect(right.status == 201)
      let id = try require(right.json["data"]?["rights"]?.array?.first?["id"]?.string)
      #expect(await browser.send("DELETE", "\(place)/rights/\(id)").status == 204)
      #expect(await browser.send("GET", "/api/v1/guardians?search=mo%20l").json["data"]?.array?.count == 1)
      #expect(await browser.send("GET", "/api/v1/guardians?search=lee").json["data"]?.array?.count == 1)
      #expect(await browser.send("DELETE", place, version: 2).status == 204)

      let staff = await browser.send(
        "POST", "/api/v1/staff",
        json: #"{"displayName":"Ann Ray","job":{"orgId":"\#(world.maple.id)","job":"Teacher"}}"#)
      #expect(staff.status == 201)
      let member = try require(staff["Location"])
      #expect(await browser.send("PATCH", member, json: #"{"note":"Room 3"}"#, version: 1).status == 200)
      #expect(await browser.send("DELETE", member, version: 1).status == 412)
      #expect(await browser.send("DELETE", member, version: 2).status == 204)

      let period = "/api/v1/periods/\(world.term.id)"
      #expect(await browser.send("PATCH", period, json: #"{"status":"closed"}"#, version: 1).status == 404)
      #expect(
        await browser.send("PATCH", period, as: "district", json: #"{"status":"closed"}"#, version: 1).status == 200)
      #expect(await browser.send("PATCH", period, as: "district", json: #"{"title":"x"}"#, version: 2).status == 409)
      let org = await browser.send(
        "POST", "/api/v1/orgs", as: "district", json: #"{"kind":"school","code":"NEW","name":"New school"}"#)
      #expect(org.status == 201)
      #expect(await browser.send("DELETE", try require(org["Location"]), as: "district", version: 1).status == 204)
      #expect(await browser.send("GET", "/api/v1/orgs").json["data"]?.array?.count == 2)
    }
  }

  @Test(arguments: engines) func `every look at a record is noted, of a list with its filter`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let me = try await world.enrol("Me", "Myself")
      let browser = Browser(
        world, also: ["me": world.actor([.viewStudents], reaching: Reach(own: true), person: me.person.id)])
      try await world.enrol("Bo", "Lee")
      _ = await browser.send("GET", "/api/v1/students?grade=9")
      _ = await browser.send("GET", "/people/students/\(me.student.id)")
      _ = await browser.send("GET", "/people/students/\(me.student.id)", as: "me")
      try await browser.log.flush()
      let rows = try await database.read { tx in
        try tx.all("SELECT page, filter, subject_ids FROM record_access ORDER BY page DESC LIMIT 10") { row in
          (page: try row.next() as String, filter: try row.next() as String?, subjects: try row.next() as String)
        }
      }
      #expect(rows.map(\.page) == ["students", "student"])
      #expect(rows.first?.filter?.contains("grade=9") == true)
      #expect(rows.first?.subjects.contains(me.student.id.description) == true)
    }
  }
}
