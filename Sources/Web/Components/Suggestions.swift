public import Markup

/// What the palette shows under its field: the answer to `/search/suggest?q=…`, a fragment without a page around it.
public struct Suggestions: View {
  /// Results of one kind under their title.
  public struct Group: Sendable {
    let title: String
    let results: [Result]

    /// A title, as in "People", and what was found.
    public init(_ title: String, _ results: [Result]) {
      self.title = title
      self.results = results
    }
  }

  /// One result.
  public struct Result: Sendable {
    let label: String
    let aside: String?
    let path: Path
    let lead: HTML

    /// A place or a command, with its icon.
    public init(_ label: String, aside: String? = nil, path: Path, icon: Icon) {
      self.label = label
      self.aside = aside
      self.path = path
      lead = icon.body
    }

    /// A person, with an avatar.
    public init(person name: String, aside: String? = nil, path: Path, key: String) {
      label = name
      self.aside = aside
      self.path = path
      lead = Avatar(name: name, key: key).body
    }
  }

  private let groups: [Group]
  private let nothing: String

  /// The groups in their order; empty ones are left out. `nothing` is said when all are.
  public init(_ groups: [Group], nothing: String) {
    self.groups = groups.filter { !$0.results.isEmpty }
    self.nothing = nothing
  }

  public var body: HTML {
    if groups.isEmpty { li(.class("title"), .role("presentation")) { nothing } }
    for group in groups {
      li(.class("title"), .role("presentation")) { group.title }
      for result in group.results {
        li(.role("option")) {
          a(.class("choice"), .href(result.path), .tabindex(-1)) {
            result.lead
            span { bdi { result.label } }
            if let aside = result.aside { span { aside } }
          }
        }
      }
    }
  }
}

/// What was found, in full: a section of plain links for each group, on the page behind the palette.
public struct Findings: View {
  private let groups: [Suggestions.Group]
  private let nothing: String

  /// The groups in their order; empty ones are left out. `nothing` is said when all are.
  public init(_ groups: [Suggestions.Group], nothing: String) {
    self.groups = groups.filter { !$0.results.isEmpty }
    self.nothing = nothing
  }

  public var body: HTML {
    if groups.isEmpty { p(.class("muted")) { nothing } }
    for group in groups {
      PageSection(group.title) {
        ul(.class("tasks")) {
          for result in group.results {
            li {
              p(.class("what")) { a(.href(result.path)) { bdi { result.label } } }
              if let aside = result.aside { p(.class("why")) { aside } }
            }
          }
        }
      }
    }
  }
}
