import Accounts
import Audiences
import Foundation
import Kernel
import Messages
import Persistence
import Rights

/// A few messages, so that nobody's inbox of the demo school is empty. They are for single people and for roles, so
/// they cost the same however large the school is.
struct DemoMessages {
  let messages: MessagesService
  let database: any Database
  let now: Instant

  /// Writes to the people of `made` and to everybody with one of the roles; `authors` are accounts by their role.
  func write(_ made: DemoSeeder.Made, roles: [RoleLine], authors: [String: AccountID]) async throws {
    var letters: [(content: MessageContent, author: AccountID?, hoursAgo: Int)] = roles.filter { line in
      line.role.isAdministrator || authors[line.role.code ?? ""] != nil
    }.map { line in
      (
        MessageContent(
          audience: .role(line.role.id, at: nil), subject: "Welcome to Homeroom",
          text: """
            This is your inbox. What the school writes to you appears here, and the number beside the envelope tells \
            when it does.

            Under Messages, Channels you choose whether it comes by mail as well.
            """, priority: .low), authors["principal"], 50
      )
    }
    if let guardian = made.guardian {
      letters.append(
        (
          MessageContent(
            audience: .person(guardian.person), subject: "Trip to the harbour on Friday",
            text: """
              Dear parents,

              on Friday the class goes to the harbour. We leave at 8:15 and are back by 13:00.
              Please pack a raincoat and something to eat.
              """, priority: .high), authors["teacher"], 3
        ))
    }
    if let student = made.student {
      letters.append(
        (
          MessageContent(
            audience: .person(student.person), subject: "Library books",
            text: "Two of your books are due this week. Bring them to the library before Thursday."),
          authors["registrar"], 20
        ))
    }
    if let teacher = made.teacher {
      letters.append(
        (
          MessageContent(
            audience: .person(teacher.person), subject: "Registers by 8:45",
            text: "Please submit the register of your homeroom by 8:45, so that the office can ring the parents."),
          authors["registrar"], 5
        ))
    }
    let all = letters
    try await database.write { tx in
      for letter in all {
        try messages.takeIn(
          letter.content, from: letter.author, at: now.adding(.seconds(-3600 * letter.hoursAgo)),
          by: .system("seed demo"), in: tx)
      }
    }
  }
}
