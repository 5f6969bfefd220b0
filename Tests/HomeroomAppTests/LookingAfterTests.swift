import Foundation
import Kernel
import Operations
import Persistence
import Record
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import HomeroomApp

@Suite struct `Looking after an installation` {
  @Test func `every kind of record has a name and the rights it takes`() async throws {
    let known = Set(Wiring.kinds.map(\.word))
    #expect(Set(Wiring.tables.map(\.kind)).subtracting(known) == [])
    #expect(known.count == Wiring.kinds.count)
  }

  @Test(arguments: TestDatabase.engines)
  func `the reference shows every address of the API, to strangers too`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      let index = await world.send("GET", "/api/docs", as: nil)
      #expect(index.status == 200)
      let part = await world.send("GET", "/api/docs?part=students", as: "registrar").text
      #expect(part.contains("GET /api/v1/students"))
      #expect(part.contains("Needs the right students.view."))
      let text = index.text
      for endpoint in world.pipeline.endpoints where endpoint.isAPI && endpoint.path.hasPrefix("/api/v1/") {
        #expect(text.contains("\(endpoint.method.rawValue) \(endpoint.path)"), "\(endpoint.path) is missing")
      }
      #expect(await world.send("GET", "/api/docs?part=nothing", as: nil).status == 404)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the type of a problem leads to what it means`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      let page = await world.send("GET", "/problems/section-full", as: nil)
      #expect(page.status == 200)
      #expect(page.text.contains("All seats of the section are taken."))
      #expect(await world.send("GET", "/problems/no-such-code", as: nil).status == 404)
      #expect(await world.send("GET", "/api/docs?part=problems", as: "teacher").status == 200)
    }
  }

  @Test func `doctor and check end as they found it`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "homeroom-care-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover in the temporary folder harms nobody
    let data = ["--data", folder.path]
    #expect(await Homeroom.run(["doctor"] + data) == 1)
    #expect(await Homeroom.run(["check"] + data) == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path))

    #expect(await Homeroom.run(["migrate", "up"] + data) == 0)
    #expect(await Homeroom.run(["jobs", "list"] + data) == 0)
    #expect(await Homeroom.run(["doctor", "--json"] + data) == 0)
    #expect(await Homeroom.run(["check", "--json"] + data) == 0)

    let key = folder.appending(path: "master.key").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    #expect(await Homeroom.run(["doctor"] + data) == 1)
    #expect(await Homeroom.run(["doctor", "--fix"] + data) == 0)
    #expect(await Homeroom.run(["doctor"] + data) == 0)
  }
}
