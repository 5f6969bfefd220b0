import Directory
import Kernel
import Markup
import Persistence
import Record
import Rights
import TestSupport
import Web
import WebTestSupport

/// The directory's pages and API without a server, used by people of different rights.
struct Browser: Sendable {
  let world: World
  let log: AccessLog
  private let pipeline: Pipeline

  init(_ world: World, also actors: [String: Actor] = [:]) {
    self.world = world
    log = AccessLog(database: world.database)
    var everyone = actors
    everyone["office"] = world.actor(DirectoryModule.permissions, at: world.maple.id)
    everyone["district"] = Actor(
      account: .new(at: world.clock.now()), name: "The district",
      reaches: Dictionary(uniqueKeysWithValues: DirectoryModule.permissions.map { ($0, Reach.everywhere) }))
    everyone["reader"] = world.actor([.viewStudents], at: world.maple.id)
    everyone["elsewhere"] = world.actor(DirectoryModule.permissions, at: world.alder.id)
    everyone["nobody"] = world.actor([], at: world.maple.id)
    pipeline = Pipeline(
      DirectoryModule(
        world.directory, changes: world.changes, accessLog: log, undo: { "/trash/\($0)" }
      ).endpoints, site: .bare,
      authenticator: NamedActors(everyone), clock: world.clock)
  }

  /// Sends a request, as the office unless somebody else is named.
  func send(
    _ method: String, _ target: String, as who: String = "office", json: String? = nil,
    form: [(String, String)]? = nil, version: Int? = nil
  ) async -> Outgoing {
    await pipeline.send(method, target, as: who, json: json, form: form, version: version)
  }
}
