public import Markup

/// A word about a record in a small box, with an icon when it carries a state.
public struct Badge: View {
  private let label: String
  private let tone: Tone
  private let icon: Icon?

  /// A badge; without an icon of its own it has that of its tone.
  public init(_ label: String, _ tone: Tone = .plain, icon: Icon? = nil) {
    self.label = label
    self.tone = tone
    self.icon = icon ?? tone.icon
  }

  public var body: HTML {
    span(.class("badge", tone.rawValue)) {
      icon?.body
      label
    }
  }
}

/// A state in words with its icon, in a line of text or a cell.
public struct StateWord: View {
  private let label: String
  private let tone: Tone

  /// A state; the plain tone is that of something which waits.
  public init(_ label: String, _ tone: Tone) {
    self.label = label
    self.tone = tone
  }

  public var body: HTML {
    span(.class("state", tone == .plain ? "waits" : tone.rawValue)) {
      tone.icon ?? Icon.clock
      label
    }
  }
}
