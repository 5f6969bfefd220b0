public import Markup

/// A line icon of our own set. It stands beside a word or in something that has a label, so screen readers skip it.
public enum Icon: String, Sendable, CaseIterable {
  case today, people, attendance, timetable, learning, messages, reports, admin, help, search, bell, jobs
  case plus, check, cross, alert, stop, info, down, up, next, back, right, more, filter, columns, download, upload
  case undo, clock, shield, disk, key, document, phone, mail, lock, edit, trash, grip, eye, theme, print, room, copy
  case play, hand, heart, function, passkey, flag, board, pin
  case tickRound = "tick-round"

  /// Icons that point somewhere turn round where people write from right to left.
  var turns: Bool { self == .next || self == .back || self == .right }
}

extension Icon: View {
  public var body: HTML { Self.drawn[self] ?? .empty }

  /// Each of them written out: a page of a register has a hundred.
  private static let drawn: [Icon: HTML] = Dictionary(
    uniqueKeysWithValues: allCases.map { icon in
      (
        icon,
        svg(.class(icon.turns ? "icon turns" : "icon"), .ariaHidden) {
          use(.href(Asset.icons.path.fragment(icon.rawValue)))
        }.drawn()
      )
    })
}

/// The sign of the product, a door whose frame is the margin line, with or without its letters.
struct Wordmark: View {
  var body: HTML {
    a(.class("wordmark"), .href("/"), .ariaLabel("Homeroom")) {
      svg(.class("sign"), .ariaHidden) { use(.href(Asset.icons.path.fragment("sign"))) }
      svg(.class("letters"), .ariaHidden) { use(.href(Asset.icons.path.fragment("letters"))) }
    }
  }
}
