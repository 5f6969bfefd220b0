import Kernel
import Markup
import Web

/// The board: notices as they are meant to be read, one below the other.
struct NoticeBoardView: View {
  let page: Page<NoticeLine>
  let isFirst: Bool
  let tabs: [Tabs.Tab]
  let mayWrite: Bool
  let times: NoticeTimes
  let now: Instant

  var body: HTML {
    PageHeader("Notices", about: "What is new, for you.") {
      if !page.items.isEmpty { ButtonLink("Export", to: "/notices.csv", icon: .download) }
      if mayWrite { ButtonLink("New notice", .primary, to: NoticesPaths.new, icon: .plus) }
    }
    if !tabs.isEmpty { Tabs("Notices", tabs) }
    if page.items.isEmpty {
      EmptyState(
        "The board is empty", icon: .board,
        reason: isFirst ? "When there is news for you, it appears here." : "There is no more.")
    } else {
      ol(.class("noticeboard")) {
        for line in page.items { li(.class(line.notice.isPinned ? "pinned" : nil)) { entry(line) } }
      }
      Pager(
        shown: CountWords.of(page.items.count, "notice", "notices"),
        first: isFirst ? nil : NoticesPaths.board,
        next: page.next.map { NoticesPaths.board.query(["after": $0.description]) })
    }
  }

  @HTMLBuilder private func entry(_ line: NoticeLine) -> HTML {
    let notice = line.notice
    let shown = notice.shownFrom ?? now
    let (excerpt, isWhole) = notice.excerpt
    p(.class("when")) {
      time(.datetime(shown.description)) {
        b { times.words.dayAndMonth(shown) }
        times.weekday(shown, orYearAt: now)
      }
    }
    article {
      NoticeKicker(line: line)
      div(.class("words"), .dir(.auto)) {
        h2 { a(.href(NoticesPaths.notice(notice.id))) { notice.title } }
        NoticeProse(paragraphs: excerpt)
      }
      if !isWhole {
        p(.class("small")) {
          a(.href(NoticesPaths.notice(notice.id)), .ariaLabel("Read on: \(notice.title)")) { "Read on" }
        }
      }
      NoticeByline(line: line, times: times)
    }
  }
}

/// Above a notice: that it is pinned, and whom it is for.
struct NoticeKicker: View {
  let line: NoticeLine
  var showsState = false

  var body: HTML {
    p(.class("kicker")) {
      if showsState { StateWord(line.notice.state.title, line.notice.state.tone) }
      if line.notice.isPinned { NoticePin() }
      bdi { line.audience }
    }
  }
}

/// Says that a notice stands above the others.
struct NoticePin: View {
  var body: HTML {
    span(.class("pin")) {
      Icon.pin
      "Pinned"
    }
  }
}

/// Below a notice: who wrote it, and until when it is there.
struct NoticeByline: View {
  let line: NoticeLine
  let times: NoticeTimes

  var body: HTML {
    p(.class("byline")) {
      bdi { line.author }
      if let end = line.notice.expiresAt { ", until \(times.words.moment(end))" }
    }
  }
}

/// The text of a notice in its paragraphs.
struct NoticeProse: View {
  let paragraphs: [[String]]

  var body: HTML {
    div(.class("prose")) {
      for lines in paragraphs {
        p {
          for (index, text) in lines.enumerated() {
            if index > 0 { br() }
            text
          }
        }
      }
    }
  }
}

extension Notice {
  /// How much of a notice stands on the board.
  private static let excerptLength = 700

  /// As many whole paragraphs as the board has room for, and whether that is all; of a long first one its beginning.
  var excerpt: (paragraphs: [[String]], isWhole: Bool) {
    var left = Self.excerptLength
    var shown: [[String]] = []
    for paragraph in paragraphs {
      let length = paragraph.reduce(0) { $0 + $1.count }
      guard length <= left else {
        if shown.isEmpty { shown = [[Self.beginning(of: paragraph.joined(separator: " "))]] }
        return (shown, false)
      }
      shown.append(paragraph)
      left -= length
    }
    return (shown, true)
  }

  private static func beginning(of text: String) -> String {
    let start = text.prefix(excerptLength)
    return start[..<(start.lastIndex(of: " ") ?? start.endIndex)] + " …"
  }
}

/// A list of notices for those who write or approve them.
struct NoticeListView: View {
  /// Which list it is.
  struct Kind {
    let title: String
    let path: Path
    let file: Path
    let state: NoticeState?
    /// Those one can choose by; none where the list is of some states already.
    let states: [NoticeState]
    /// Whether its notices are the reader's own, to be edited from here.
    let isOwn: Bool
    let empty: (title: String, reason: String)

    init(
      _ title: String, path: Path, file: Path, state: NoticeState? = nil, states: [NoticeState] = [],
      isOwn: Bool = false,
      empty: (title: String, reason: String)
    ) {
      self.title = title
      self.path = path
      self.file = file.query(["state": state?.rawValue])
      self.state = state
      self.states = states
      self.isOwn = isOwn
      self.empty = empty
    }

    /// The same list in a state.
    func path(in state: NoticeState?) -> Path { path.query(["state": state?.rawValue]) }
  }

  let kind: Kind
  let page: Page<NoticeLine>
  let isFirst: Bool
  let tabs: [Tabs.Tab]
  let mayWrite: Bool
  let times: NoticeTimes
  let now: Instant

  var body: HTML {
    PageHeader(kind.title) {
      ButtonLink("Export", to: kind.file, icon: .download)
      if mayWrite { ButtonLink("New notice", .primary, to: NoticesPaths.new, icon: .plus) }
    }
    if !tabs.isEmpty { Tabs("Notices", tabs) }
    if !kind.states.isEmpty { states }
    if page.items.isEmpty {
      EmptyState(
        kind.state == nil ? kind.empty.title : "None of these", icon: .board,
        reason: kind.state == nil ? kind.empty.reason : "No notice stands so at this moment.")
    } else {
      DataTable(
        caption: kind.title,
        columns: [
          .init("Notice"), .init("For"), .init("State"), .init("By", isNamedOnPhones: true),
          .init("On the board", .unbroken, isNamedOnPhones: true),
        ] + (kind.isOwn ? [.init("Edit", .actions)] : []), rows: page.items.map(row))
      Pager(
        shown: CountWords.of(page.items.count, "notice", "notices"),
        first: isFirst ? nil : kind.path(in: kind.state),
        next: page.next.map { kind.path(in: kind.state).query(["after": $0.description]) })
    }
  }

  private var states: HTML {
    nav(.class("picks"), .ariaLabel("By state")) {
      for state in [nil] + kind.states {
        a(.href(kind.path(in: state)), .aria("current", kind.state == state ? "true" : nil)) {
          state?.title ?? "Any state"
        }
      }
    }
  }

  private func row(_ line: NoticeLine) -> DataTable.Row {
    let notice = line.notice
    return DataTable.Row(
      name: notice.title,
      lead: HTML {
        a(.href(NoticesPaths.notice(notice.id)), .dir(.auto)) { notice.title }
        if notice.isPinned { " \(NoticePin().body)" }
      },
      cells: [
        bdi { line.audience }, StateWord(notice.state.title, notice.state.tone).body, bdi { line.author },
        HTML(text: onBoard(notice)),
      ] + (kind.isOwn ? [edit(notice)] : []))
  }

  @HTMLBuilder private func edit(_ notice: Notice) -> HTML {
    if notice.state != .deletionAsked {
      a(.class("button quiet"), .href(NoticesPaths.editing(notice.id)), .ariaLabel("Edit: \(notice.title)")) { "Edit" }
    }
  }

  private func onBoard(_ notice: Notice) -> String {
    guard notice.state == .approved, let shown = notice.shownFrom else { return "" }
    if notice.isOver(at: now) { return "Over" }
    return (shown > now ? "From " : "Since ") + times.words.day(shown)
  }
}
