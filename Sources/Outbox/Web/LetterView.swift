import Kernel
import Markup
public import Web

struct LetterListView: View {
  let page: Page<Letter>
  let state: LetterState?
  let counts: [LetterState: Int]?
  let isFirst: Bool
  let channels: [LetterChannel]
  let words: MomentWords

  var body: HTML {
    PageHeader("Outbox", about: "Mails and text messages on their way out of the house, kept for 90 days.") {
      ButtonLink("Export", to: OutboxPaths.file.query(["state": state?.rawValue]), icon: .download)
      if counts != nil, counts?[.failed] ?? 0 > 0 {
        form(.method(.post), .action(OutboxPaths.retry)) { Button("Try all failed again") }
      }
    }
    if !channels.contains(.mail) {
      Notice("Nothing is sent by mail.", .warn) {
        "No mail server is set, so mails stay here, to be read and handed over. Give SMTP_HOST and SMTP_FROM."
      }
    }
    Tabs(
      "Letters by state",
      [.init("All", path: OutboxPaths.letters, isCurrent: state == nil)]
        + LetterState.allCases.map {
          .init($0.words, path: Self.path($0), count: counts?[$0], isCurrent: state == $0)
        })
    list
    if counts != nil { div(.class("letter-test")) { test } }
  }

  @HTMLBuilder private var list: HTML {
    if page.items.isEmpty {
      EmptyState(
        "No letters", icon: .mail,
        reason: state == nil ? "What is sent by mail or as a text message appears here." : "No letter stands so.")
    } else {
      DataTable(
        caption: "Letters, newest first",
        columns: [
          .init("To"), .init("State"), .init("Subject", room: .wide), .init("Written", .unbroken),
        ], rows: page.items.map(row))
      Pager(
        shown: CountWords.of(page.items.count, "letter", "letters"),
        first: isFirst ? nil : Self.path(state),
        next: page.next.map { Self.path(state).query(["after": $0.description]) })
    }
  }

  private var test: PageSection {
    PageSection("Does mail go out?") {
      form(.class("stack"), .method(.post), .action(OutboxPaths.test)) {
        Field(
          "Send a test mail to", name: "recipient",
          .line(nil, kind: .email, attributes: [.autocomplete("email")]),
          hint: "Empty only to connect, encrypt and sign in.", isOptional: true)
        div(.class("actions")) { Button("Test the mail server") }
      }
    }
  }

  private static func path(_ state: LetterState?) -> Path { OutboxPaths.letters.query(["state": state?.rawValue]) }

  private func row(_ letter: Letter) -> DataTable.Row {
    DataTable.Row(
      name: letter.recipient, lead: a(.href(OutboxPaths.letter(letter.id))) { bdi { letter.recipient } },
      cells: [
        StateWord(letter.state.words, letter.state.tone).body,
        bdi { letter.subject.isEmpty ? "Text message" : letter.subject }, HTML(text: words.moment(letter.createdAt)),
      ])
  }
}

extension LetterState {
  /// How it stands beside a letter.
  public var tone: Tone {
    switch self {
    case .pending: .info
    case .sent: .ok
    case .failed: .danger
    case .doubtful: .warn
    }
  }

  /// What people read.
  public var words: String {
    switch self {
    case .pending: "Pending"
    case .sent: "Sent"
    case .failed: "Failed"
    case .doubtful: "In doubt"
    }
  }
}

struct LetterView: View {
  let letter: Letter
  let title: String
  let link: String?
  let words: MomentWords

  var body: HTML {
    PageHeader(title) {
      if letter.state != .sent {
        form(.method(.post), .action(OutboxPaths.resending(letter.id))) {
          Button(letter.state == .pending ? "Send now" : "Send again")
        }
      }
    }
    Columns {
      div(.class("stack")) {
        notices
        article(.class("letter prose card"), .lang(letter.language), .dir(page.direction)) { page.content }
      }
    } side: {
      Card("What became of it") { Facts(facts) }
    }
  }

  private var page: LetterPage {
    LetterPage(subject: letter.subject, text: letter.shownText(link: link), language: letter.language)
  }

  @HTMLBuilder private var notices: HTML {
    switch letter.state {
    case .doubtful:
      Notice("It may have arrived, or not.", .warn) {
        "It was handed over whole, and no answer came. Ask the reader before you send it again."
      }
    case .failed: Notice("It was not sent.", .danger) { HTML(text: letter.words ?? "") }
    case .pending where letter.nextAt == nil:
      Notice("It waits.", .info) {
        "There is nothing to send it with. Hand it over yourself, or give the settings of a server."
      }
    case .pending, .sent: HTML.empty
    }
  }

  private var facts: [Facts.Fact] {
    let facts: [Facts.Fact?] = [
      .init("State") { StateWord(letter.state.words, letter.state.tone).body },
      .init("To") { bdi { letter.recipient } }, letter.name.map { name in .init("Name") { bdi { name } } },
      .init("Written", words.moment(letter.createdAt)), letter.sentAt.map { .init("Sent", words.moment($0)) },
      letter.nextAt.map { .init("Next try", words.moment($0)) }, .init("Tries", "\(letter.attempts)"),
      letter.words.map { .init("The server's words", $0) },
      letter.fileCount > 0 ? .init("Files", "\(letter.fileCount)") : nil,
      .init("Number") { code { "\(letter.id)" } },
    ]
    return facts.compactMap { $0 }
  }
}

struct MailTestView: View {
  let report: [MailTest.Step]

  var body: HTML {
    PageHeader("Test of the mail server") { ButtonLink("Back to the outbox", to: OutboxPaths.letters) }
    div(.class("stack")) {
      for step in report {
        Notice("\(step.title): \(step.isWell ? "well" : "not well")", step.isWell ? .ok : .danger) {
          HTML(text: step.words)
        }
      }
    }
  }
}
