import Academics
import Accounts
import ArgumentParser
import Directory
import Foundation
import Kernel
import Persistence
import Record
import Rights
import Secrets

/// `homeroom seed demo`
struct SeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Fills an empty installation.", subcommands: [Demo.self])

  struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a believable school, the same for the same seed, and an account for each role.",
      discussion: "Example: homeroom seed demo --students 600 --json")
    @OptionGroup var installation: Installation
    @Option(help: "How many students, 1 to 200,000.") var students = 600
    @Option(help: "Another seed makes another school.") var seed: UInt64 = 1
    @Flag(help: "Do nothing when there is a school already.") var ifEmpty = false
    @Flag(help: "Answer in JSON.") var json = false

    func validate() throws {
      guard (1...200_000).contains(students) else { throw ValidationError("--students takes 1 to 200000.") }
    }

    func run() async throws {
      let ground = try await Ground.open(installation.settings())
      try await ground.migrator.up(now: ground.clock.now())
      let wiring = try await Wiring(ground, logsRequests: false)
      try await wiring.prepare()
      let isEmpty = try await ground.database.read { tx in try Roster(record: Record()).organisations(in: tx).isEmpty }
      guard isEmpty else {
        await ground.close()
        if ifEmpty {
          return Console.error(
            "There is a school already; nothing was added. For a lost password: homeroom admin recover NAME")
        }
        throw Problem(
          .conflict, code: "NOT_EMPTY", title: "There is a school already",
          detail: "The demo goes into an empty installation. Choose another folder with --data.")
      }
      let now = ground.clock.now()
      var seeder = DemoSeeder(
        database: ground.database,
        plan: DemoPlan(students: students, seed: seed, today: wiring.zone.date(at: now), now: now),
        zone: wiring.settings.zone,
        progress: { done, total in Console.progress(done, of: total, "students") })
      let made = try await seeder.seed()
      let accounts = try await makeAccounts(made, wiring)
      try await fillBoard(made, accounts, wiring)
      await ground.close()
      report(accounts, made)
    }

    private struct Account {
      let id: AccountID
      let role: String
      let email: String
      let password: String
    }

    /// An account for each role, with a random password: there is no default one anywhere.
    private func makeAccounts(_ made: DemoSeeder.Made, _ wiring: Wiring) async throws -> [Account] {
      guard let school = made.schools.first else { return [] }
      var accounts: [Account] = []
      let people: [(role: String, name: String, person: PersonID?, org: OrgID?)] = [
        ("administrator", "Avery Admin", nil, nil), ("principal", "Pat Principal", nil, school.id),
        ("registrar", "Robin Registrar", nil, school.id),
        ("teacher", made.teacher?.name ?? "Terry Teacher", made.teacher?.person, school.id),
        ("guardian", made.guardian?.name ?? "Gray Guardian", made.guardian?.person, school.id),
        ("student", made.student?.name ?? "Sam Student", made.student?.person, school.id),
      ]
      var authors: [String: AccountID] = [:]
      for one in people {
        let (email, password) = ("\(one.role)@demo.example", Base64URL.encode(Randomness.bytes(15)))
        let added = try await wiring.accounts.addAccount(
          NewAccount(person: one.person, name: one.name, email: email), role: one.role, org: one.org,
          password: password, by: .system("seed demo"))
        accounts.append(Account(id: added.account, role: one.role, email: email, password: password))
        authors[one.role] = added.account
      }
      try await DemoMessages(
        messages: wiring.messages, database: wiring.ground.database, now: wiring.ground.clock.now()
      )
      .write(made, roles: wiring.accounts.allRoles(.system("seed demo")), authors: authors)
      return accounts
    }

    /// Notices on the board, from the people who have accounts.
    private func fillBoard(_ made: DemoSeeder.Made, _ accounts: [Account], _ wiring: Wiring) async throws {
      guard let school = made.schools.first else { return }
      var actors: [String: Actor] = [:]
      for account in accounts { actors[account.role] = try await wiring.accounts.actor(account.id) }
      let now = wiring.ground.clock.now()
      var section: SectionID?
      if let teacher = actors["teacher"] {
        section = try await wiring.academics.sectionsTaught(
          on: wiring.zone.date(at: now), actor: teacher
        ).first?.section.id
      }
      try await DemoNotices(
        service: { moment in Wiring.notices(wiring.ground, wiring.accounts, wiring.zone, clock: FixedClock(moment)) },
        now: now, school: school.id, actors: actors, section: section
      ).write()
    }

    private func report(_ accounts: [Account], _ made: DemoSeeder.Made) {
      if json {
        Console.say(
          JSON.object([
            (
              "accounts",
              .array(
                accounts.map {
                  .object([
                    ("role", .string($0.role)), ("email", .string($0.email)), ("password", .string($0.password)),
                  ])
                })
            )
          ]).text)
      } else {
        let schools = made.schools.count
        Console.say(
          "\(students) students in \(schools == 1 ? "one school" : "\(schools) schools"). Sign in as:"
        )
        for account in accounts {
          Console.say(
            "  \(account.role.padding(toLength: 14, withPad: " ", startingAt: 0))\(account.email)  \(account.password)")
        }
      }
    }
  }
}
