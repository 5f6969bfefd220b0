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
      .page(
        "/forgotten-password", "Where a link for a forgotten password is asked for.",
        .open(because: "whoever forgot a password cannot sign in"), cost: .signIn, askForName),
      .form(
        "/forgotten-password", "Has a link mailed, if there is such an account; the answer is the same for all.",
        .open(because: "whoever forgot a password cannot sign in"), cost: .signIn, request),
      .form(
        "/recover/{token}", "Sets a password by a link.", .open(because: "the link is the proof"), cost: .signIn, save),
    ]
  }

  private func askForName(_ call: Call) async throws -> Reply { forgotten(FormFaults(), call) }

  private func request(_ call: Call) async throws -> Reply {
    let name = try call.form().text("email")
    do {
      try await service.requestReset(name, from: call.client)
    } catch let error as AccountsProblem {
      let faults = FormFaults(error.problem, fields: ["email"])
      return FormFaults.answer(error.problem, forgotten(faults, call, status: error.problem.status))
    }
    return .seeOther(
      AccountsPaths.signIn,
      flash: "If there is such an account, a link is on its way to its address. It works for 15 minutes.")
  }

  private func forgotten(_ faults: FormFaults, _ call: Call, status: Int = 200) -> Reply {
    call.plainPage("Password forgotten", status: status, hasErrors: !faults.isEmpty) {
      h1 { "Password forgotten" }
      p { "A link to choose a new one is mailed to the address of your account." }
      faults.summary
      form(.class("stack"), .method(.post), .action(AccountsPaths.forgotten)) {
        Field(
          "E-mail or user name", name: "email",
          .line(
            nil,
            attributes: [
              .autocomplete("username"), .autocapitalize("none"), .spellcheck(false), .maxlength(LoginName.maximum),
            ]),
          error: faults["email"], isRequired: true, hasFocus: true)
        div(.class("ways")) {
          Button("Mail me a link", .primary, isLarge: true)
          ButtonLink("Back", .quiet, to: AccountsPaths.signIn)
        }
      }
      p(.class("small muted")) { "No address, or nothing arrives? Your school office makes a link for you." }
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let account = try await service.account(ofLink: call.variable("token"))
    return page(account.name, FormFaults(), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let token = call.variable("token")
    do {
      try await service.setPassword(try call.form().text("newPassword"), byLink: token)
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
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
