public import Markup

/// A message within a page: what one should know before going on.
public struct Notice: View {
  private let tone: Tone
  private let icon: Icon
  private let title: String
  private let content: HTML

  /// A notice: its first words stand out, the rest explains and may hold links or buttons.
  public init(_ title: String, _ tone: Tone = .info, icon: Icon? = nil, @HTMLBuilder content: () -> HTML = { .empty }) {
    self.title = title
    self.tone = tone
    self.icon = icon ?? tone.icon ?? .info
    self.content = content()
  }

  public var body: HTML {
    div(.class("notice", tone == .info ? nil : tone.rawValue), .role(tone == .danger ? "alert" : nil)) {
      icon
      div {
        b { title }
        if !content.isEmpty { " \(content)" }
      }
    }
  }
}

/// Where toasts stand, at the foot of every page. The script adds its own here.
struct Toasts: View {
  private let flash: Flash?

  init(_ flash: Flash?) { self.flash = flash }

  var body: HTML {
    div(.class("toasts"), .id("toasts"), .role("status"), .aria("live", "polite")) {
      if let flash { Toast(flash) }
    }
  }
}

/// What was just done, with a way back. It stays ten seconds, longer while it is pointed at or has the focus.
public struct Toast: View {
  private let flash: Flash

  /// A toast.
  public init(_ flash: Flash) { self.flash = flash }

  public var body: HTML {
    div(.class("toast")) {
      span { flash.message }
      if let undo = flash.undo {
        form(.method(.post), .action(undo)) { Button("Undo", shortcut: "Z") }
      }
    }
  }
}
