import Kernel
import Markup
import Web

/// Where a link leads that lets somebody choose a password: an invitation, or a recovery.
struct RecoveryPages: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    [
      .page(
        "/recover/{token}", "The form for a password, by a link.", .open(because: "the link is the proof"),
        cost: .signIn, show),
      .form(
        "/recover/{token}", "Sets a password by a link.", .open(because: "the link is the proof"), cost: .signIn, save),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    let account = try await service.account(ofLink: call.variable("token"))
    return page(account.name, FormFaults(), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let token = call.variable("token")
    do {
      try await service.setPassword(try call.form().text("newPassword"), byLink: token)
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      let account = try await service.account(ofLink: token)
      return page(
        account.name, FormFaults(error.problem, fields: ["newPassword"]), call, status: error.problem.status)
    }
    return Reply.seeOther(AccountsPaths.signIn, flash: "The password is set. Sign in with it.")
      .with("Set-Cookie", SignInCookies(call).noSession)
  }

  private func page(_ name: String, _ faults: FormFaults, _ call: Call, status: Int = 200) -> Reply {
    // The link is a secret: no other site hears of it.
    call.plainPage("Choose a password", status: status, hasErrors: !faults.isEmpty) {
      h1 { "Choose a password" }
      p { "For \(bdi { name }). The link works once; all devices that are signed in will have to sign in again." }
      faults.summary
      form(.class("stack"), .method(.post)) {
        NewPasswordField(name: "newPassword", label: "New password", error: faults["newPassword"])
        div(.class("ways")) { Button("Set the password", .primary, isLarge: true) }
      }
    }.with("Referrer-Policy", "no-referrer")
  }
}
