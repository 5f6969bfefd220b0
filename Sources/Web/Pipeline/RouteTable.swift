/// Finds the endpoint for a path: a tree of segments, in which a literal segment wins over a variable.
struct RouteTable: Sendable {
  /// A path that was found: what it can do, by method, and its variables.
  struct Match {
    let endpoints: [String: Endpoint]
    let variables: [String: String]
  }

  private final class Node: Sendable {
    let literals: [String: Node]
    let variable: (name: String, node: Node)?
    let endpoints: [String: Endpoint]

    init(_ routes: [(segments: ArraySlice<Substring>, endpoint: Endpoint)]) {
      var here: [String: Endpoint] = [:]
      var below: [String: [(segments: ArraySlice<Substring>, endpoint: Endpoint)]] = [:]
      for route in routes {
        guard let first = route.segments.first else {
          precondition(here[route.endpoint.method.rawValue] == nil, "\(route.endpoint.path) is declared twice")
          here[route.endpoint.method.rawValue] = route.endpoint
          continue
        }
        below[String(first), default: []].append((route.segments.dropFirst(), route.endpoint))
      }
      endpoints = here
      let names = below.keys.filter { $0.hasPrefix("{") }
      precondition(names.count <= 1, "variables of one place need one name: \(names)")
      variable = names.first.map { (String($0.dropFirst().dropLast()), Node(below[$0] ?? [])) }
      literals = below.filter { !$0.key.hasPrefix("{") }.mapValues(Node.init)
    }

    func find(_ segments: ArraySlice<String>, _ variables: inout [String: String]) -> [String: Endpoint]? {
      guard let first = segments.first else { return endpoints.isEmpty ? nil : endpoints }
      if let found = literals[first]?.find(segments.dropFirst(), &variables) { return found }
      guard let (name, node) = variable, !first.isEmpty, let found = node.find(segments.dropFirst(), &variables) else {
        return nil
      }
      variables[name] = first
      return found
    }
  }

  private let root: Node

  init(_ endpoints: [Endpoint]) {
    root = Node(
      endpoints.flatMap { endpoint in
        ([endpoint.path] + endpoint.aliases).map { (Self.split($0)[...], endpoint) }
      })
  }

  /// The endpoints at a path, which is still percent-encoded; nil when there is none or the path is broken.
  func match(_ path: String) -> Match? {
    var segments: [String] = []
    for segment in Self.split(path) {
      guard let text = PercentCoding.decode(segment), !text.contains("\0") else { return nil }
      segments.append(text)
    }
    var variables: [String: String] = [:]
    return root.find(segments[...], &variables).map { Match(endpoints: $0, variables: variables) }
  }

  private static func split(_ path: String) -> [Substring] {
    path.dropFirst().isEmpty
      ? [] : path.dropFirst().split(separator: "/", maxSplits: 20, omittingEmptySubsequences: false)
  }
}
