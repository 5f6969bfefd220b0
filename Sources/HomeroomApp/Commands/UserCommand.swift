import Accounts
import ArgumentParser
import Directory
import Foundation
import Kernel
import Persistence
import Record
import Rights

/// `homeroom user add|list|disable`
struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Adds, lists and disables accounts.",
    subcommands: [Add.self, List.self, Disable.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adds an account, and prints a link by which its owner chooses a password.",
      discussion: "Example: homeroom user add --email ada@school.example --name 'Ada Nwosu' --role teacher --school AB")
    @OptionGroup var installation: Installation
    @Option(help: "E-mail address to sign in with.") var email: String
    @Option(help: "The name as it is shown.") var name: String
    @Option(help: "A role by its code or name, such as registrar.") var role: String
    @Option(help: "Code of the school the role is given at; none is the whole installation.") var school: String?
    @Option(help: "Identifier of the person the account belongs to.") var person: String?
    @Flag(help: "Read the password from standard input instead of printing a link.") var passwordStdin = false

    func run() async throws {
      var person: PersonID?
      if let text = self.person {
        guard let id = PersonID(text) else { throw ValidationError("--person takes an identifier of 36 characters.") }
        person = id
      }
      let password = passwordStdin ? readLine(strippingNewline: true) : nil
      try await Wiring.with(installation) { wiring in
        let org = try await school(wiring)
        let added = try await wiring.accounts.addAccount(
          NewAccount(person: person, name: name, email: email), role: role, org: org, password: password,
          by: .system("user add"))
        Console.say("Added \(email) as \(role).")
        if let link = added.link {
          Console.say(AccountsModule.address(of: link, publicURL: wiring.settings.publicURL))
          Console.say("The link works once, until \(link.expiresAt).")
        }
      }
    }

    private func school(_ wiring: Wiring) async throws -> OrgID? {
      guard let code = school else { return nil }
      let found = try await wiring.ground.database.read { tx in
        try Roster(record: .init()).organisation(code: code, in: tx)?.id
      }
      guard let found else { throw ValidationError("There is no school with the code \(code).") }
      return found
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists accounts with their roles.", discussion: "Example: homeroom user list --json")
    @OptionGroup var installation: Installation
    @Option(help: "Only those whose name or login begins so.") var search: String?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        var page = PageRequest(limit: PageRequest.maximum)
        while true {
          let lines = try await wiring.accounts.list(search: search, page: page, actor: .system("user list"))
          for line in lines.items { Console.say(json ? Self.json(line).text : Self.text(line)) }
          guard let next = lines.next else { return }
          page = PageRequest(limit: PageRequest.maximum, after: next)
        }
      }
    }

    private static func json(_ line: AccountLine) -> JSON {
      .object([
        ("id", .string(line.account.id.description)), ("name", .string(line.account.name)),
        ("logins", .array(line.loginNames.map(JSON.string))), ("enabled", .bool(line.account.isEnabled)),
        ("roles", .array(line.roles.map { .string($0.name) })),
      ])
    }

    private static func text(_ line: AccountLine) -> String {
      let state = line.account.isEnabled ? "" : "  (disabled)"
      return "\(line.account.id)  \(line.account.name)  \(line.loginNames.joined(separator: " "))  "
        + line.roles.map(\.name).joined(separator: ", ") + state
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Disables an account and ends its sessions at once.",
      discussion: "Example: homeroom user disable ada@school.example")
    @OptionGroup var installation: Installation
    @Argument(help: "E-mail address, user name or identifier.") var account: String

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let actor = Actor.system("user disable")
        let found = try await wiring.accounts.list(search: account, page: PageRequest(limit: 10), actor: actor).items
          .filter { $0.account.id.description == account || $0.loginNames.contains(account.lowercased()) }
        guard let line = found.first else { throw Problem.notFound("account") }
        _ = try await wiring.accounts.update(
          line.account.id, version: line.account.version, isEnabled: false, actor: actor)
        Console.say("Disabled \(line.account.name); its sessions have ended.")
      }
    }
  }
}

/// `homeroom admin recover`
struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin", abstract: "Gets an administrator back in.", subcommands: [Recover.self])

  struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a link, good once and for 15 minutes, by which the owner chooses a new password.",
      discussion: "Example: homeroom admin recover head@school.example")
    @OptionGroup var installation: Installation
    @Argument(help: "E-mail address or user name.") var account: String

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let link = try await wiring.accounts.recover(account, by: .system("admin recover"))
        Console.say(AccountsModule.address(of: link, publicURL: wiring.settings.publicURL))
        Console.say("The link works once, until \(link.expiresAt). Its use ends all sessions of the account.")
      }
    }
  }
}

extension Wiring {
  /// Opens the installation for one command, beside a running server or without one, and closes it again.
  static func with(_ installation: Installation, _ body: (Wiring) async throws -> Void) async throws {
    let ground = try await Ground.openMigrated(installation.settings())
    do {
      let wiring = try await Wiring(ground, logsRequests: false)
      try await wiring.prepare()
      try await body(wiring)
    } catch {
      await ground.close()
      throw error
    }
    await ground.close()
  }
}
