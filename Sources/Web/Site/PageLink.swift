import Kernel
public import Markup

/// A way from the page of something, such as a section or a person, into another slice. The slices hand theirs to the
/// module whose page it is, so that neither knows the other.
public struct PageLink<Subject: Sendable>: Sendable {
  private let label: String
  private let icon: Icon
  private let isMain: Bool
  private let path: @Sendable (Subject, Call) async throws -> Path?

  /// A link to `path`; where that is nil, because the person may not go there, nothing is shown. `isMain` is for what
  /// most people come to the page for.
  public init(
    _ label: String, icon: Icon, isMain: Bool = false,
    path: @escaping @Sendable (Subject, Call) async throws -> Path?
  ) {
    self.label = label
    self.icon = icon
    self.isMain = isMain
    self.path = path
  }

  /// The link as the person of a call sees it.
  fileprivate func button(for subject: Subject, _ call: Call) async throws -> ButtonLink? {
    guard let path = try await path(subject, call) else { return nil }
    return ButtonLink(label, isMain ? .primary : .plain, to: path, icon: icon)
  }
}

extension Sequence where Self: Sendable {
  /// Those links to which the person of a call may go.
  public func buttons<Subject>(for subject: Subject, _ call: Call) async throws -> [ButtonLink]
  where Element == PageLink<Subject> {
    var buttons: [ButtonLink] = []
    for link in self {
      if let button = try await link.button(for: subject, call) { buttons.append(button) }
    }
    return buttons
  }
}
