/// What each code of a problem means, what leads to it and what to do about it: the pages at `/problems/…`.
///
/// A test reads the sources and fails when a code is missing here.
public struct ProblemGuide: Sendable {
  /// One code.
  public struct Entry: Sendable, Equatable {
    /// The code, as in `code` of a problem and of its fields.
    public let code: String
    /// What leads to it.
    public let cause: String
    /// What to do about it.
    public let cure: String

    init(_ code: String, _ cause: String, _ cure: String) {
      self.code = code
      self.cause = cause
      self.cure = cure
    }

    /// The last part of the problem's `type`: `SECTION_FULL` is explained at `section-full`.
    public var slug: String { code.lowercased().replacing("_", with: "-") }
  }

  /// Codes that belong together.
  public struct Chapter: Sendable {
    /// What they have in common.
    public let title: String
    /// The codes, in the order of the alphabet.
    public let entries: [Entry]

    init(_ title: String, _ entries: [Entry]) {
      self.title = title
      self.entries = entries.sorted { $0.code < $1.code }
    }
  }

  /// Every code there is.
  public static let chapters: [Chapter] = [
    Chapter("Requests", requests), Chapter("Single values", values), Chapter("Records", records),
    Chapter("People and schools", people), Chapter("Teaching and attendance", teaching),
    Chapter("Accounts and rights", accounts), Chapter("Files and imports", files), Chapter("Rows of an import", rows),
    Chapter("Letters", letters), Chapter("Running Homeroom", system),
  ]

  /// The code at the end of a problem's `type`, such as `section-full`; also taken as it stands in `code`.
  public static func find(_ slug: String) -> Entry? {
    let wanted = slug.lowercased().replacing("_", with: "-")
    return chapters.lazy.flatMap(\.entries).first { $0.slug == wanted }
  }
}
