import Synchronization

/// Counts requests by route, method and status, with durations, for Prometheus. Names follow its conventions.
public final class Metrics: Sendable {
  private struct Key: Hashable {
    let route: String
    let method: String
    let status: Int
  }

  private struct Series {
    var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
    var count = 0
    var seconds = 0.0
  }

  /// The buckets of OpenTelemetry's HTTP conventions, in seconds.
  static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

  /// Guards the counters: every request adds to them.
  private let series = Mutex<[Key: Series]>([:])
  private let version: String

  /// Counters at zero, for a version of the program.
  public init(version: String) { self.version = version }

  /// Notes a request. The route is the path as declared, so the number of series is bounded by the table of endpoints.
  public func note(route: String, method: String, status: Int, microseconds: Int) {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method)
    let key = Key(route: route, method: known ? method : "other", status: status)
    let seconds = Double(microseconds) / 1_000_000
    series.withLock { series in
      var one = series[key] ?? Series()
      if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { one.buckets[bucket] += 1 }
      one.count += 1
      one.seconds += seconds
      series[key] = one
    }
  }

  /// All figures in Prometheus' text format.
  public func text(resident: Int?, extra: [(name: String, help: String, value: Int)] = []) -> String {
    var text = "# HELP homeroom_build_info The version that runs.\n# TYPE homeroom_build_info gauge\n"
    text += "homeroom_build_info{version=\"\(version)\"} 1\n"
    if let resident {
      text += "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes \(resident)\n"
    }
    for gauge in extra {
      text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n"
    }
    text += "# HELP http_server_request_duration_seconds How long requests took.\n"
    text += "# TYPE http_server_request_duration_seconds histogram\n"
    for (key, one) in series.withLock({ $0 }).sorted(by: {
      ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
    }) {
      let labels =
        "http_route=\"\(key.route)\",http_request_method=\"\(key.method)\",http_response_status_code=\"\(key.status)\""
      var running = 0
      for (bound, count) in zip(Self.bounds, one.buckets) {
        running += count
        text += "http_server_request_duration_seconds_bucket{\(labels),le=\"\(bound)\"} \(running)\n"
      }
      text += "http_server_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(one.count)\n"
      text += "http_server_request_duration_seconds_sum{\(labels)} \(one.seconds)\n"
      text += "http_server_request_duration_seconds_count{\(labels)} \(one.count)\n"
    }
    return text
  }
}
