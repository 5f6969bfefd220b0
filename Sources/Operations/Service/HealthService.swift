public import Kernel
public import Persistence
import Synchronization

/// Tells how the system is: for probes, balancers and the runbooks' own commands.
public final class HealthService: Sendable {
  /// A part that is looked at, by the name the runbooks use.
  public struct Part: Sendable {
    let name: String
    let look: @Sendable () async -> ComponentState

    /// A part and how to look at it. A look takes milliseconds, and never throws.
    public init(_ name: String, look: @escaping @Sendable () async -> ComponentState) {
      self.name = name
      self.look = look
    }

    /// How it is now.
    public var state: ComponentState { get async { await look() } }
  }

  private let database: any Database
  private let parts: [Part]
  private let clock: any WallClock
  private let started: Instant
  /// Whether the server has begun to stop; probes then send new requests elsewhere.
  private let draining = Mutex(false)

  /// A service that looks at the database and the other parts; the process counts as started now.
  public init(database: any Database, parts: [Part], clock: any WallClock) {
    self.database = database
    self.parts = parts
    self.clock = clock
    started = clock.now()
  }

  /// Looks at every part.
  public func check() async -> Health {
    var components: [(name: String, state: ComponentState)] = [("database", await databaseState())]
    for part in parts { components.append((part.name, await part.look())) }
    let now = clock.now()
    return Health(components: components, at: now, uptime: (now.milliseconds - started.milliseconds) / 1000)
  }

  /// Why new requests should go elsewhere; nil when they are welcome.
  public func reasonNotReady() async -> String? {
    if isDraining { return "stopping" }
    let health = await check()
    let down = health.components.filter { ["database", "disk"].contains($0.name) && $0.state == .down }
    return down.isEmpty ? nil : down.map { "\($0.name) is down" }.joined(separator: ", ")
  }

  /// Whether the server has begun to stop.
  public var isDraining: Bool { draining.withLock { $0 } }

  /// The server has begun to stop.
  public func drain() { draining.withLock { $0 = true } }

  private func databaseState() async -> ComponentState {
    do {
      return try await database.hasSchema() ? .ok : .degraded
    } catch {
      return .down
    }
  }
}
