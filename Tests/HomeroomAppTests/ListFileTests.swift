import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import HomeroomApp

@Suite struct `Lists as files` {
  @Test(arguments: TestDatabase.engines)
  func `every list has one, in pages and API`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      let files = world.pipeline.endpoints.filter { $0.path.hasSuffix(".csv") && !$0.path.contains("/imports/") }
      #expect(files.count >= 30)
      for endpoint in files {
        let target = try #require(world.target(endpoint.path, at: world.here))
        let query = endpoint.path == "/admin/periods.csv" ? "?org=\(world.here.org)" : ""
        let answer = await world.send("GET", target + query, as: "administrator")
        #expect(answer.status == 200, "\(target) answered \(answer.status)")
        #expect(answer["Content-Type"] == "text/csv; charset=utf-8")
        let lines = try await answer.wholeText.split(separator: "\r\n")
        let mayBeEmpty = [
          "accounts", "access", "imports", "jobs", "registers", "day", "mail", "notifications", "/notices",
          "messages.csv", "sent.csv", "inbox",
        ].contains {
          endpoint.path.contains($0)
        }
        #expect(lines.count > (mayBeEmpty ? 0 : 1), "\(target) holds \(lines)")
        #expect(Set(lines.prefix(1).flatMap { $0.split(separator: ",") }).count > 1)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `holds the filter on screen, and what the page shows to this person alone`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      func lines(_ target: String, as role: String) async throws -> Int {
        try await world.send("GET", target, as: role).wholeText.split(separator: "\r\n").count - 1
      }
      #expect(try await lines("/sections.csv", as: "administrator") == 6)
      #expect(try await lines("/sections.csv?kind=homeroom", as: "administrator") == 3)
      #expect(try await lines("/sections.csv?kind=homeroom", as: "registrar") == 1)
      #expect(try await lines("/people/guardians.csv?q=gil", as: "registrar") == 1)
      #expect(try await lines("/people/guardians.csv?q=zzz", as: "registrar") == 0)
      #expect(try await lines("/people/staff.csv", as: "administrator") == 3)
      #expect(try await lines("/admin/courses.csv?q=nothing", as: "administrator") == 0)
      #expect(try await lines("/audit.csv?kind=student", as: "administrator") == 4)
      #expect(try await lines("/trash.csv", as: "administrator") == 1)
      let page = try await world.send("GET", "/sections?kind=homeroom", as: "registrar").wholeText
      #expect(page.contains("href=\"/sections.csv?kind=homeroom\""))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `leaves everybody in it in the access log`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      for target in ["/people/guardians.csv", "/people/staff.csv", "/sections/\(world.here.section)/roster.csv"] {
        _ = try await world.send("GET", target, as: "registrar").wholeText
      }
      try await world.wiring.accessLog.flush()
      let looks = try await database.read { tx in
        try tx.all("SELECT page, subject_ids FROM record_access ORDER BY page") { row in
          "\(try row.next() as String) \(try row.next() as String)"
        }
      }
      #expect(
        looks == [
          "guardians.csv [\"\(world.here.guardian)\"]", "roster.csv [\"\(world.here.student)\"]",
          "staff.csv [\"\(world.here.staff)\"]",
        ])
    }
  }
}
