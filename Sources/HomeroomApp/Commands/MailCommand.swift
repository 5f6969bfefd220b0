import ArgumentParser
import Kernel
import Outbox
import Rights

/// `homeroom mail test|list|resend`
struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Tries the mail server, says what became of letters, and sends them again.",
    subcommands: [Test.self, List.self, Resend.self])

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Connects to the mail server, encrypts and signs in; then sends a mail, where an address is given.",
      discussion: "Example: homeroom mail test ada@school.example")
    @OptionGroup var installation: Installation
    @Argument(help: "Where a mail goes to; without it none is sent.") var recipient: String?

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let report = try await wiring.mailTest.run(to: recipient, by: .system("mail test"))
        for step in report { Console.say("\(step.isWell ? "ok  " : "FAIL") \(step.title): \(step.words)") }
        if report.contains(where: { !$0.isWell }) { throw ExitCode.failed }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists letters, newest first.", discussion: "Example: homeroom mail list --state failed --limit 10")
    @OptionGroup var installation: Installation
    @Option(help: "Only letters that stand so: pending, sent, failed or doubtful.") var state: String?
    @Option(help: "At most so many, 1 to 200.") var limit = 100
    @Flag(help: "Answer in JSON.") var json = false

    func validate() throws {
      guard state.map({ LetterState(rawValue: $0) != nil }) ?? true else {
        throw ValidationError("--state is one of: \(LetterState.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      guard (1...200).contains(limit) else { throw ValidationError("--limit is a whole number from 1 to 200.") }
    }

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let letters = try await wiring.outbox.page(
          state.flatMap(LetterState.init), PageRequest(limit: limit), by: .system("mail list"))
        for letter in letters.items {
          Console.say(
            json
              ? JSON.object([
                ("id", .string("\(letter.id)")), ("channel", .string(letter.channel.rawValue)),
                ("state", .string(letter.state.rawValue)), ("attempts", .int(letter.attempts)),
                ("recipient", .string(letter.recipient)), ("subject", .string(letter.subject)),
                ("words", letter.words.map(JSON.string) ?? .null), ("createdAt", .string("\(letter.createdAt)")),
              ]).text
              : "\(letter.id)  \(letter.createdAt)  \(letter.state.rawValue)  \(letter.recipient)  "
                + (letter.words ?? ""))
        }
      }
    }
  }

  struct Resend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has a letter tried again that failed, is in doubt or waits; or all that failed.",
      discussion: "Example: homeroom mail resend --failed")
    @OptionGroup var installation: Installation
    @Argument(help: "The letter's number.") var id: String?
    @Flag(help: "All that failed and still make sense.") var failed = false

    func validate() throws {
      guard failed != (id != nil) else { throw ValidationError("Give a number, or --failed.") }
      if let id, LetterID(id) == nil { throw ValidationError("\(id) is no number of a letter.") }
    }

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let actor = Actor.system("mail resend")
        if let id = id.flatMap(LetterID.init) {
          try await wiring.outbox.resend(id, by: actor)
          Console.say("It is in line; a running homeroom sends it within a second.")
        } else {
          let count = try await wiring.outbox.resendFailed(by: actor)
          Console.say("\(count) letters are in line; a running homeroom sends them.")
        }
      }
    }
  }
}
