import Directory
import Interop
import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

/// The slice's pages and API without a server, with a worker for its jobs.
private struct ImportBrowser: Sendable {
  static let migrations = ImportWorld.migrations + JobsModule.migrations

  let world: ImportWorld
  let school: OrgID
  let queue: JobQueue
  private let pipeline: Pipeline
  private let worker: Worker

  init(_ world: ImportWorld) async throws {
    self.world = world
    school = try await world.school("MS", "Maple Street")
    let elsewhere = try await world.school("AB", "Alder Bay")
    queue = JobQueue(database: world.database, clock: world.clock)
    let actors: [String: Actor] = [
      "office": world.clerk(of: school), "elsewhere": world.clerk(of: elsewhere),
      "nobody": Actor(account: .new(at: world.clock.now()), name: "nobody", reaches: [:]),
    ]
    let module = InteropModule(world.imports, exports: world.exports, queue: queue)
    pipeline = Pipeline(
      module.endpoints, site: .bare, authenticator: NamedActors(actors), clock: world.clock)
    worker = Worker(
      queue, handlers: module.handlers,
      settings: WorkerSettings(poll: .milliseconds(20), watch: .milliseconds(20), firstPause: .seconds(10)),
      actorOf: { account in
        guard let actor = actors.values.first(where: { $0.account == account }) else { throw Problem.unauthenticated }
        return actor
      })
  }

  static func with(_ engine: TestDatabase.Engine, _ body: @Sendable (ImportBrowser) async throws -> Void) async throws {
    try await engine.with(migrations) { database in
      let browser = try await ImportBrowser(ImportWorld(database))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await browser.worker.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(browser)) } catch { result = .failure(error) }
        browser.worker.stop()
        try await group.waitForAll()
        try result.get()
      }
    }
  }

  func send(
    _ method: String, _ target: String, as who: String = "office", type: String? = nil, _ body: String = ""
  ) async -> Outgoing {
    var headers = ["sec-fetch-site": "same-origin"]
    headers["content-type"] = type
    return await pipeline.respond(to: Incoming(method, target, as: who, headers: headers, body: Array(body.utf8)))
  }

  func form(_ target: String, as who: String = "office", _ fields: [(String, String)] = []) async -> Outgoing {
    await pipeline.send("POST", target, as: who, form: fields)
  }

  func upload(_ text: String, name: String = "list.csv", as who: String = "office") async -> Outgoing {
    let body = """
      --b\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\n\r\n\(text)\r\n\
      --b\r\nContent-Disposition: form-data; name="mode"\r\n\r\ngood_rows\r\n--b--\r\n
      """
    return await send("POST", "/imports", as: who, type: "multipart/form-data; boundary=b", body)
  }

  /// The import once a job has brought it there; as it is after half a minute at the latest.
  func settled(_ id: ImportID, as state: RosterImport.State = .done) async throws -> RosterImport {
    for _ in 0..<3000 {
      let found = try await world.imports.find(id, by: world.office)
      if found.state == state { return found }
      try await Task.sleep(for: .milliseconds(10))
    }
    return try await world.imports.find(id, by: world.office)
  }

  /// The import that an answer leads to.
  func id(in reply: Outgoing) throws -> ImportID {
    let parts = try found(reply["Location"]).split(separator: "/").map(String.init)
    return try found(parts.lazy.compactMap { ImportID($0) }.first)
  }
}

@Suite struct `The wizard of imports` {
  private static let list = """
    Nr,Vorname,Nachname,Geburtsdatum,Passwort
    S-1,Ama,<b>Mensah,28/03/2011,geheim
    S-2,Ben,Lee,04/05/2012,geheim
    ,No,Number,04/05/2012,geheim
    """

  @Test(arguments: TestDatabase.engines)
  func `file, columns, check, import, and undo`(engine: TestDatabase.Engine) async throws {
    try await ImportBrowser.with(engine) { browser in
      #expect(await browser.send("GET", "/imports").text.contains("No imports yet"))
      #expect(await browser.send("GET", "/imports/new").text.contains("multipart/form-data"))
      let sent = await browser.upload(Self.list)
      #expect(sent.status == 303)
      let id = try browser.id(in: sent)
      let columns = await browser.send("GET", "/imports/\(id)/columns").text
      #expect(columns.contains("&lt;b&gt;Mensah") && !columns.contains("geheim") && columns.contains("is not read"))
      let wrong = await browser.form("/imports/\(id)/columns", [("column-1", "givenName")])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("student number"))
      let twice = await browser.form(
        "/imports/\(id)/columns", [("column-0", "number"), ("column-1", "givenName"), ("column-2", "givenName")])
      #expect(twice.status == 422)
      let chosen = await browser.form(
        "/imports/\(id)/columns",
        [
          ("column-0", "number"), ("column-1", "givenName"), ("column-2", "familyName"), ("column-3", "birthDate"),
          ("dateOrder", "day-first"),
        ])
      #expect(chosen.status == 303)
      let check = await browser.send("GET", "/imports/\(id)").text
      #expect(check.contains("Errors by cause") && check.contains("Something is missing") && check.contains("row 4"))
      #expect(try await browser.world.count("directory_student_live") == 0)
      #expect(await browser.form("/imports/\(id)/application", [("mode", "good_rows")]).status == 303)
      #expect(try await browser.settled(id).state == .done)
      #expect(
        try await browser.world.texts("SELECT number || ' ' || birth_on FROM directory_student_live ORDER BY number")
          == ["S-1 2011-03-28", "S-2 2012-05-04"])
      let done = await browser.send("GET", "/imports/\(id)").text
      #expect(done.contains("Undo this import") && done.contains("failed-rows.csv"))
      let failed = try await browser.send("GET", "/imports/\(id)/failed-rows.csv").wholeText
      #expect(failed.contains("No,Number") && !failed.contains("geheim"))
      #expect(await browser.form("/imports/\(id)/undo").status == 303)
      #expect(try await browser.settled(id, as: .undone).state == .undone)
      #expect(try await browser.world.count("directory_student_live") == 0)
      #expect(await browser.send("GET", "/imports").text.contains("Undone"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a file that is no roster is refused in words, and nothing is kept`(engine: TestDatabase.Engine) async throws {
    try await ImportBrowser.with(engine) { browser in
      let none = await browser.send("POST", "/imports", type: "multipart/form-data; boundary=b", "--b--\r\n")
      #expect(none.status == 422)
      for text in ["", "Nr,Name\n1,\u{0}\n", "Nr,Name\n1,\"open\n"] {
        let reply = await browser.upload(text)
        #expect(reply.status == 422)
        let page = reply.text
        #expect(page.contains("There is a problem"))
      }
      #expect(await browser.upload("PK\u{3}\u{4}no zip", name: "x.zip").status == 422)
      let kept = try await browser.world.count("interop_import")
      #expect(kept == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `imports of another school are not there`(engine: TestDatabase.Engine) async throws {
    try await ImportBrowser.with(engine) { browser in
      let id = try browser.id(in: await browser.upload(Self.list))
      for path in ["", "/columns", "/failed-rows.csv"] {
        #expect(await browser.send("GET", "/imports/\(id)\(path)", as: "elsewhere").status == 404)
        #expect(await browser.send("GET", "/imports/\(id)\(path)", as: "nobody").status == 403)
      }
      for path in ["/columns", "/application", "/undo"] {
        #expect(await browser.form("/imports/\(id)\(path)", as: "elsewhere", [("column-0", "number")]).status == 404)
      }
      #expect(await browser.send("GET", "/exports/oneroster.zip", as: "nobody").status == 403)
    }
  }
}

@Suite struct `Imports over the API` {
  @Test(arguments: TestDatabase.engines)
  func `a body of text is checked, written by a job and taken back`(engine: TestDatabase.Engine) async throws {
    try await ImportBrowser.with(engine) { browser in
      let list = "Student No,Name\n1,Ama Mensah\n2,Ben Lee\n"
      let made = await browser.send("POST", "/api/v1/imports?fileName=a.csv", type: "text/csv", list)
      #expect(made.status == 201)
      let json = made.json
      #expect(json["data"]?["state"]?.string == "checked")
      #expect(json["data"]?["create"]?.int == 4)
      let id = try browser.id(in: made)
      let started = await browser.send("POST", "/api/v1/imports/\(id)/application")
      #expect(started.status == 202)
      #expect(started["Location"]?.hasPrefix("/api/v1/jobs/") ?? false)
      #expect(try await browser.settled(id).counts[.student].create == 2)
      #expect(await browser.send("POST", "/api/v1/imports/\(id)/application").status == 409)
      let list2 = await browser.send("GET", "/api/v1/imports").json
      #expect(list2["data"]?.array?.count == 1)
      #expect(await browser.send("GET", "/api/v1/imports/\(id)", as: "elsewhere").status == 404)
      #expect(await browser.send("GET", "/api/v1/imports/\(id)/failed-rows.csv").status == 404)
      #expect(await browser.send("DELETE", "/api/v1/imports/\(id)").status == 202)
      #expect(try await browser.settled(id, as: .undone).state == .undone)
      #expect(await browser.send("POST", "/api/v1/imports/\(id)/undo").status == 409)
      #expect(await browser.send("POST", "/api/v1/imports", type: "text/plain", list).status == 415)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the roster goes out as a package`(engine: TestDatabase.Engine) async throws {
    try await ImportBrowser.with(engine) { browser in
      let reply = await browser.send("GET", "/api/v1/exports/oneroster.zip")
      #expect(reply.status == 200)
      guard case .bytes(let bytes) = reply.body else { throw Bug("a package is sent whole") }
      let files = try RosterFiles(upload: "x.zip", bytes)
      #expect(files.names.contains("manifest.csv"))
    }
  }
}
