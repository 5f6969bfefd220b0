import Accounts
import Foundation
import Jobs
import Kernel
import Mail
import Operations
import Outbox
import Record
import Rights
import Secrets
import Web

/// How the slice that writes to the outside is put together.
extension Wiring {
  /// The way out, as the settings describe it: one connection to the mail server for the whole process.
  struct WayOut: Sendable {
    let server: SMTPServer?
    let transports: Transports

    init(_ settings: Settings) {
      let server = settings.smtp.map { SMTPServer($0) }
      let gateway = settings.smsGateway.map { TextGateway(url: $0.url, token: $0.token) }
      self.server = server
      var mail: (from: MailAddress, send: Transports.SendMail)?
      if let server {
        mail = (server.settings.from, { mail, beforeEnd in try await server.send(mail, beforeEnd: beforeEnd) })
      }
      var text: Transports.SendText?
      if let gateway {
        text = { id, number, words, beforeEnd in
          try await gateway.send(id: id, to: number, text: words, beforeEnd: beforeEnd)
        }
      }
      transports = Transports(mail: mail, text: text)
    }
  }

  static func outbox(
    _ ground: Ground, _ record: Record, _ jobs: JobQueue, _ wayOut: WayOut, _ masterKey: MasterKey
  ) -> OutboxService {
    let url = ground.settings.publicURL
    return OutboxService(
      database: ground.database, record: record, clock: ground.clock, queue: jobs, transports: wayOut.transports,
      seal: LetterSeal(
        seal: { text, letter in masterKey.seal(Array(text.utf8), context: "letter:\(letter)") },
        open: { sealed, letter in
          String(decoding: try masterKey.open(sealed, context: "letter:\(letter)"), as: UTF8.self)
        }), site: URLComponents(string: url)?.host ?? url)
  }

  static func mailTest(_ outbox: OutboxService, _ wayOut: WayOut, _ zone: Zone) -> MailTest {
    MailTest(outbox, server: wayOut.server, time: MomentWords(zone: zone).plain)
  }

  static func outboxModule(
    _ outbox: OutboxService, _ test: MailTest, accessLog: AccessLog, zone: Zone
  ) -> OutboxModule {
    OutboxModule(
      outbox, test: test, accessLog: accessLog, zone: zone,
      // Whoever decides what every role may do could have made the link for any account.
      mayRecover: { actor in
        actor.reach(.manageAccounts)?.isEverywhere == true && actor.reach(.manageRoles)?.isEverywhere == true
      }, undo: { deletion in OperationsModule.restoration(of: deletion) })
  }

  static func mailState(_ outbox: OutboxService) async -> ComponentState {
    do {
      guard let isMoving = try await outbox.isMoving() else { return .unused }
      return isMoving ? .ok : .degraded
    } catch { return .degraded }
  }

  /// Whether letters leave the house: for `doctor`.
  static func mailCheck(_ outbox: OutboxService) -> DoctorCheck {
    DoctorCheck("mail.out", "Mail goes out") {
      guard let isMoving = try await outbox.isMoving() else {
        return .well("No mail server is set; letters stay in the outbox.")
      }
      let counts = try await outbox.counts(by: .system("doctor"))
      guard isMoving else {
        return .warning(
          "A letter has waited for more than a quarter of an hour.",
          cure: "Run: homeroom mail test. The outbox at /admin/mail says what the server answers.")
      }
      if let failed = counts[.failed], failed > 0 {
        return .warning(
          "\(failed) letters were not taken.", cure: "The outbox at /admin/mail?state=failed says why.")
      }
      if let doubtful = counts[.doubtful], doubtful > 0 {
        return .warning(
          "\(doubtful) letters may have arrived or not.",
          cure: "Ask their readers, and send again what is missing: /admin/mail?state=doubtful")
      }
      return .well("\(counts[.sent] ?? 0) letters were sent, \(counts[.pending] ?? 0) wait.")
    }
  }
}
