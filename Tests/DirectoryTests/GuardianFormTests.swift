import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@Suite struct `The forms of guardians` {
  static let engines = TestDatabase.engines

  private func fields(_ record: GuardianRecord, _ changes: [String: String]) -> [(String, String)] {
    let details = record.person.details
    var fields = [
      "givenName": details.givenName ?? "", "familyName": details.familyName ?? "",
      "displayName": details.displayName, "version": "\(record.version)",
    ]
    fields.merge(changes) { _, new in new }
    return fields.map { ($0.key, $0.value) }
  }

  @Test(arguments: engines) func `change name and contacts, and say what is wrong beside the fields`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee").student.id
      let mother = try await world.guardian("Mo", "Lee", of: ada).guardianship.guardian
      let path = "/people/guardians/\(mother)"
      #expect(await browser.send("GET", path).text.contains("\(path)/edit"))
      #expect(await browser.send("GET", "\(path)/edit").text.contains("value=\"Mo\""))
      let seen = try await world.directory.guardian(mother, for: world.office)
      let wrong = await browser.send("POST", "\(path)/edit", form: fields(seen, ["email": "nowhere"]))
      #expect(wrong.status == 422)
      let text = wrong.text
      #expect(text.contains("There is a problem") && text.contains("value=\"nowhere\""))
      let sent = ["displayName": "Mo Lee-Tan", "email": "mo@example.org", "phone": "+1 555 0100"]
      #expect(await browser.send("POST", "\(path)/edit", form: fields(seen, sent)).status == 303)
      let saved = try await world.directory.guardian(mother, for: world.office)
      #expect(saved.person.details.displayName == "Mo Lee-Tan")
      #expect(saved.contacts.map(\.value).sorted() == ["+1 555 0100", "mo@example.org"])
      #expect(saved.version == seen.version + 1)
    }
  }

  @Test(arguments: engines) func `show both versions when two people changed the same guardian`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee").student.id
      let mother = try await world.guardian("Mo", "Lee", of: ada)
      let person = mother.guardianship.guardian
      let path = "/people/guardians/\(person)/edit"
      let seen = try await world.directory.guardian(person, for: world.office)
      #expect(await browser.send("POST", path, form: fields(seen, ["phone": "111"])).status == 303)
      let late = await browser.send("POST", path, form: fields(seen, ["phone": "222"]))
      #expect(late.status == 409)
      let text = late.text
      #expect(text.contains("Saved meanwhile") && text.contains("111") && text.contains("222"))
      #expect(text.contains("name=\"version\" value=\"\(seen.version + 1)\""))

      let family = "/people/students/\(ada)/guardians/\(mother.guardianship.id)"
      let version = "\(mother.guardianship.version)"
      let first = [("relation", "aunt"), ("livesWith", "on"), ("version", version)]
      #expect(await browser.send("POST", family, form: first).status == 303)
      let second = await browser.send("POST", family, form: [("relation", "mother"), ("version", version)])
      #expect(second.status == 409)
      #expect(second.text.contains("The student lives here"))
      let none = await browser.send("POST", family, form: [("relation", "captain"), ("version", "2")])
      #expect(none.status == 422)
      #expect(none.text.contains("Choose the relation."))
    }
  }

  @Test(arguments: engines) func `keep what was typed when a new guardian or right is refused`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee").student.id
      let family = "/people/students/\(ada)/guardians"
      let refused = await browser.send(
        "POST", family, form: [("givenName", "Mo"), ("relation", "mother"), ("email", "nowhere")])
      #expect(refused.status == 422)
      #expect(refused.text.contains("value=\"Mo\""))
      let mother = try await world.guardian("Mo", "Lee", of: ada).guardianship
      let rights = "\(family)/\(mother.id)/rights"
      let dates = [("custody", "see"), ("allowed", "no"), ("firstOn", "2026-09-02"), ("lastOn", "2026-09-01")]
      let wrong = await browser.send("POST", rights, form: dates)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("value=\"2026-09-02\""))
      #expect(await browser.send("POST", rights, form: Array(dates.prefix(3))).status == 303)
    }
  }

  @Test(arguments: engines) func `are for those who may, and over the API as well`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let clerk = world.actor([.viewStudents, .viewGuardians, .editGuardians], at: world.maple.id)
      let browser = Browser(world, also: ["clerk": clerk])
      let ada = try await world.enrol("Ada", "Lee").student.id
      let mother = try await world.guardian("Mo", "Lee", of: ada).guardianship.guardian
      let path = "/api/v1/guardians/\(mother)"
      let read = await browser.send("GET", path)
      #expect(read["ETag"] == "\"1\"")
      #expect(read.json["data"]?["studentIds"]?.array?.count == 1)
      #expect(await browser.send("GET", path, as: "elsewhere").status == 404)
      #expect(await browser.send("PATCH", path, as: "elsewhere", json: "{}", version: 1).status == 404)
      #expect(await browser.send("PATCH", path, json: "{}").status == 428)
      let changed = await browser.send("PATCH", path, as: "clerk", json: #"{"phone":"555"}"#, version: 1)
      #expect(changed.status == 200 && changed["ETag"] == "\"2\"")
      let stale = await browser.send("PATCH", path, json: #"{"phone":"556"}"#, version: 1)
      #expect(stale.status == 412)
      #expect(stale.json["current"]?["phone"]?.string == "555")
      _ = try await world.directory.employ(
        NewStaff(
          person: PersonDetails(), knownPerson: mother,
          employment: EmploymentDetails(org: world.maple.id, job: "Cook")), by: world.office)
      #expect(await browser.send("PATCH", path, as: "clerk", json: #"{"phone":"557"}"#, version: 2).status == 403)
      #expect(await !browser.send("GET", "/people/guardians/\(mother)", as: "clerk").text.contains("/edit"))
    }
  }
}
