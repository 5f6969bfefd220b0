import Academics
import Directory
import Foundation
import Interop
import Kernel
import Persistence
import Record
import Rights
import TestSupport

/// An empty installation that rosters are imported into.
struct ImportWorld: Sendable {
  static let migrations =
    Record.migrations + DirectoryModule.migrations + AcademicsModule.migrations + InteropModule.migrations
  static let tables = DirectoryModule.tables + AcademicsModule.tables

  let database: any Database
  let clock = TestClock()
  let imports: ImportService
  let directory: DirectoryService
  let office = Actor.system("tests")

  init(_ database: any Database) {
    self.database = database
    imports = ImportService(database: database, clock: clock, tables: Self.tables)
    directory = DirectoryService(
      database: database, record: Record(), clock: clock,
      studentsTaught: { _ in "SELECT id FROM directory_student_live WHERE FALSE" }, followers: [])
  }

  static func with(_ engine: TestDatabase.Engine, _ body: (ImportWorld) async throws -> Void) async throws {
    try await engine.with(migrations) { database in try await body(ImportWorld(database)) }
  }

  /// A roster of texts, brought and written.
  @discardableResult
  func importing(
    _ files: [(String, String)], school: OrgID? = nil, source: String? = nil, mode: RosterImport.Mode = .goodRows,
    keepsFiles: Bool = false, by actor: Actor? = nil
  ) async throws -> RosterImport {
    let actor = actor ?? office
    let brought = try await bring(files, school: school, source: source, mode: mode, keepsFiles: keepsFiles, by: actor)
    return try await imports.apply(brought.0.id, from: brought.1, by: actor, at: imports.desk)
  }

  func bring(
    _ files: [(String, String)], school: OrgID? = nil, source: String? = nil, mode: RosterImport.Mode = .goodRows,
    keepsFiles: Bool = false, by actor: Actor? = nil
  ) async throws -> (RosterImport, RosterSource?) {
    let files = try RosterFiles(files.map { ($0.0, Array($0.1.utf8)) })
    let order = ImportOrder(fileName: "test.csv", files: files, school: school, source: source, mode: mode)
    let brought = try await imports.bring(order, keepsFiles: keepsFiles, by: actor ?? office)
    return (brought.import, brought.source)
  }

  func importing(path: String) async throws -> (RosterImport, RosterSource) {
    let files = try RosterFiles(path: path)
    let brought = try await imports.bring(ImportOrder(fileName: path, files: files), keepsFiles: false, by: office)
    let source = try found(brought.source)
    return (try await imports.apply(brought.import.id, from: source, by: office, at: imports.desk), source)
  }

  func school(
    _ code: String, _ name: String, kind: OrgKind = .school, below parent: OrgID? = nil
  ) async throws -> OrgID {
    try await directory.found(OrgDetails(parent: parent, kind: kind, code: code, name: name), by: office).id
  }

  /// Somebody who may import for one school.
  func clerk(of school: OrgID) -> Actor {
    Actor(
      account: .new(at: clock.now()), name: "clerk",
      reaches: [.manageImports: Reach(orgs: [school]), .makeExports: Reach(orgs: [school])])
  }

  func count(_ table: SQL) async throws -> Int {
    try await database.read { tx in try tx.count("SELECT COUNT(*) FROM \(table)") }
  }

  func dump(_ identities: CanonicalDump.Identities = .kept) async throws -> [String] {
    try await database.read { tx in try CanonicalDump.write(Self.tables, identities: identities, in: tx).lines }
  }

  func texts(_ query: SQL) async throws -> [String] {
    try await database.read { tx in try tx.all(query) { row -> String in try row.next() } }
  }
}

/// The value, or a test that ends here.
func found<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Bug("something expected was not there") }
  return value
}

/// The code of the problem that `body` ends in; "" when it does not.
func problemCode(_ body: () async throws -> Void) async -> String {
  do {
    try await body()
    return ""
  } catch let problem as any ProblemConvertible {
    return problem.problem.code
  } catch {
    return "\(error)"
  }
}
