import Foundation

/// Refuses writes that another site makes a browser send (ASVS 3.5.3): by `Sec-Fetch-Site`, else by `Origin`.
enum CrossSite {
  /// Whether an unsafe request may pass. Programs that are no browser send neither header.
  static func allows(_ incoming: Incoming, host: String?, origins: Set<String>) -> Bool {
    let origin = incoming.headers["origin"]
    if let origin, origins.contains(origin) { return true }
    if let site = incoming.headers["sec-fetch-site"] { return site == "same-origin" || site == "none" }
    guard let origin else { return true }
    guard let separator = origin.range(of: "://"), let host else { return false }
    return origin[separator.upperBound...] == host
  }
}
