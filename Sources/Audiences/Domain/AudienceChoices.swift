/// The audiences that somebody may write to, as a page offers them.
public struct AudienceChoices: Sendable, Equatable {
  /// Audiences of one sort.
  public struct Group: Sendable, Equatable {
    /// What they have in common, such as `Guardians of a section`.
    public let title: String
    /// The audiences with their words.
    public let choices: [Choice]

    /// A group of the given parts.
    public init(title: String, choices: [Choice]) {
      self.title = title
      self.choices = choices
    }
  }

  /// One audience.
  public struct Choice: Sendable, Equatable {
    /// Whom it means.
    public let audience: Audience
    /// The same in words, such as `Guardians of 7A`.
    public let words: String

    /// A choice of the given parts.
    public init(_ audience: Audience, _ words: String) {
      self.audience = audience
      self.words = words
    }
  }

  /// The groups that have something in them, widest first.
  public let groups: [Group]

  /// Choices in groups; empty ones are left out.
  public init(groups: [Group]) { self.groups = groups.filter { !$0.choices.isEmpty } }

  /// Whether there is nobody to write to.
  public var isEmpty: Bool { groups.isEmpty }
}
