public import Kernel

/// What the form of a section offers.
public struct SectionChoices: Sendable, Equatable {
  /// Something to choose, by name.
  public struct Choice<Entity>: Sendable, Equatable {
    /// Its identity.
    public let id: ID<Entity>
    /// Its name.
    public let name: String
  }

  /// The school the section belongs to.
  public let school: Choice<Entity.Org>
  /// The courses it may teach, at most 500 by code.
  public let courses: [Choice<Entity.Course>]
  /// The terms it may lie in, the newest first, at most 24.
  public let periods: [Choice<Entity.Period>]
}
