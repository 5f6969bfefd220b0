import Kernel
import Secrets
public import Web

/// The addresses that probes, balancers and the five runbooks ask: health, readiness, liveness, metrics.
public struct ProbeAPI: Sendable {
  private let health: HealthService
  private let metrics: Metrics
  private let gauges: @Sendable () async -> [(name: String, help: String, value: Int)]
  private let resident: @Sendable () -> Int?
  private let metricsToken: String?
  private let version: String

  /// Probes over the health of this process. Without a token, metrics are for the machine itself only.
  public init(
    health: HealthService, metrics: Metrics, metricsToken: String?, version: String,
    resident: @escaping @Sendable () -> Int?,
    gauges: @escaping @Sendable () async -> [(name: String, help: String, value: Int)] = { [] }
  ) {
    self.health = health
    self.metrics = metrics
    self.metricsToken = metricsToken
    self.version = version
    self.resident = resident
    self.gauges = gauges
  }

  /// Their addresses.
  public var endpoints: [Endpoint] {
    [
      probe(
        "/health", "Says how the system is; the aliases of the runbooks say the same.", wordForHealthy: "healthy",
        aliases: ["/api/health", "/api/v1/health"]),
      probe("/healthz", "Says how the system is, `ok` when it is well.", wordForHealthy: "ok", aliases: ["/health/"]),
      Endpoint(
        .get, "/ready", "Says whether new requests are welcome.", .open(because: "balancers have no account"),
        cost: .free,
        answer: .json(schema: Self.readySchema), aliases: ["/readyz"], handler: ready),
      Endpoint(
        .get, "/livez", "Says that the process runs; touches nothing.", .open(because: "supervisors have no account"),
        cost: .free, answer: .file("text/plain"), handler: { _ in .text("OK\n") }),
      Endpoint(
        .get, "/metrics", "Figures for Prometheus.", .open(because: "guarded by METRICS_TOKEN, or loopback only"),
        cost: .free, answer: .file("text/plain"), refusals: [401], handler: figures),
    ]
  }

  private func probe(_ path: String, _ summary: String, wordForHealthy: String, aliases: [String]) -> Endpoint {
    Endpoint(
      .get, path, summary, .open(because: "monitors have no account"), cost: .free,
      answer: .json(schema: Self.healthSchema), refusals: [503], aliases: aliases
    ) { _ in
      let health = await health.check()
      let writer = body(of: health, wordForHealthy: wordForHealthy)
      return .json(writer, status: health.status == "unhealthy" ? 503 : 200)
    }
  }

  private func body(of health: Health, wordForHealthy: String) -> JSONWriter {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("success")
    writer.bool(health.status != "unhealthy")
    writer.key("status")
    writer.string(health.status == "healthy" ? wordForHealthy : health.status)
    writer.key("timestamp")
    writer.string(health.at.description)
    writer.key("uptime")
    writer.int(health.uptime)
    writer.key("version")
    writer.string(version)
    writer.key("service")
    writer.string("homeroom")
    writer.key("components")
    writer.beginObject()
    for component in health.components {
      writer.name(component.name)
      writer.string(component.state.rawValue)
    }
    writer.endObject()
    writer.endObject()
    return writer
  }

  private func ready(_: Call) async throws -> Reply {
    let reason = await health.reasonNotReady()
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("status")
    writer.string(reason == nil ? "ready" : "not ready")
    writer.key("reason")
    if let reason { writer.string(reason) } else { writer.null() }
    writer.endObject()
    return .json(writer, status: reason == nil ? 200 : 503)
  }

  private func figures(_ call: Call) async throws -> Reply {
    if let metricsToken {
      let given = call.incoming.headers["authorization"] ?? ""
      guard takesAsLong(given, "Bearer \(metricsToken)") else { throw Problem.unauthenticated }
    } else {
      guard ["127.0.0.1", "::1", "unix"].contains(call.client) else { throw Problem.notFound("page") }
    }
    return Reply.text(metrics.text(resident: resident(), extra: await gauges()))
  }

  /// Whether both are the same, in a time that tells nothing of how far they agree.
  private func takesAsLong(_ given: String, _ expected: String) -> Bool {
    constantTimeEquals(sha256(Array(given.utf8)), sha256(Array(expected.utf8)))
  }

  private static let readySchema: @Sendable (inout [String: JSON]) -> JSON = { _ in
    let text = JSON.object([("type", .string("string"))])
    return .object([
      ("type", .string("object")),
      (
        "properties",
        .object([("status", text), ("reason", .object([("type", .array([.string("string"), .string("null")]))]))])
      ),
    ])
  }

  private static let healthSchema: @Sendable (inout [String: JSON]) -> JSON = { _ in
    let text = JSON.object([("type", .string("string"))])
    let whole = JSON.object([("type", .string("integer"))])
    return .object([
      ("type", .string("object")),
      (
        "properties",
        .object([
          ("success", .object([("type", .string("boolean"))])), ("status", text), ("timestamp", text),
          ("uptime", whole), ("version", text), ("service", text),
          ("components", .object([("type", .string("object"))])),
        ])
      ),
    ])
  }
}
