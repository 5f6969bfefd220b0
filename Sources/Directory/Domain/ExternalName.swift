public import Kernel

/// What another system calls one of our things.
public struct ExternalName: Sendable, Hashable {
  /// The kind of thing, such as `student`.
  public let kind: String
  /// The other system's name for it.
  public let external: String
  /// The organisation it holds in; nil for the whole installation.
  public let org: OrgID?

  /// A foreign name.
  public init(kind: String, external: String, org: OrgID? = nil) {
    self.kind = kind
    self.external = external
    self.org = org
  }
}
