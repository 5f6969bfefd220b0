import Kernel
import Markup
import Rights
import Web

/// One's own account: how pages look, where one is signed in, the password.
struct AccountPages: Sendable {
  let service: AccountsService
  let links: [PageLink<Void>]

  var endpoints: [Endpoint] {
    [
      .page("/account", "One's own account.", .signedIn, show),
      .form("/account/preferences", "Keeps how one likes pages.", .signedIn, savePreferences),
      .form("/account/theme", "Turns the light on or off.", .signedIn, saveTheme),
      .page("/account/password", "The form for a new password of one's own.", .signedIn, showPassword),
      .form("/account/password", "Changes one's own password.", .signedIn, cost: .signIn, savePassword),
      .form("/account/sessions/{id}/ending", "Signs another device of one's own out.", .signedIn, endSession),
      .form("/account/other-sessions/ending", "Signs all other devices of one's own out.", .signedIn, endOthers),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    guard let signed = call.signed else { throw Problem.unauthenticated }
    let model = AccountModel(
      name: signed.actor.name, role: signed.role, loginNames: try await service.ownLoginNames(signed.actor),
      look: signed.look, sessions: try await service.ownSessions(signed.actor), current: signed.actor.session,
      zone: service.settings.zone, links: try await links.buttons(for: (), call))
    return try call.page("Your account", within: AccountsPaths.own) { AccountView(model: model) }
  }

  private func savePreferences(_ call: Call) async throws -> Reply {
    let form = try call.form()
    try await service.setPreferences(
      AccountPreferences(
        theme: .init(rawValue: form.text("theme")) ?? .system,
        density: .init(rawValue: form.text("density")) ?? .comfortable, hasShortcuts: form.isTicked("shortcuts"),
        language: form.text("language")),
      actor: call.actor)
    return .seeOther(AccountsPaths.own, flash: "Saved. Pages look like this from now on.")
  }

  private func saveTheme(_ call: Call) async throws -> Reply {
    let form = try call.form()
    guard let signed = call.signed else { throw Problem.unauthenticated }
    var preferences = AccountPreferences(signed.look)
    preferences.theme = .init(rawValue: form.text("theme")) ?? .system
    try await service.setPreferences(preferences, actor: signed.actor)
    return .seeOther(Path(checking: form.text("return")) ?? "/")
  }

  private func showPassword(_ call: Call) async throws -> Reply { try passwordPage(call, FormFaults()) }

  private func savePassword(_ call: Call) async throws -> Reply {
    let form = try call.form()
    do {
      try await service.changePassword(
        current: form.text("currentPassword"), new: form.text("newPassword"), actor: call.actor)
      return .seeOther(AccountsPaths.own, flash: "Password changed. All other devices are signed out.")
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      let faults = FormFaults(error.problem, fields: ["currentPassword", "newPassword"])
      return FormFaults.answer(error.problem, try passwordPage(call, faults, status: error.problem.status))
    }
  }

  private func endSession(_ call: Call) async throws -> Reply {
    let id: SessionID = try call.id("id")
    let actor = try call.actor
    try await service.endSession(id, actor: actor)
    guard id != actor.session else { return .seeOther(AccountsPaths.signIn, flash: "You are signed out.") }
    return .seeOther(AccountsPaths.own, flash: "That device is signed out.")
  }

  private func endOthers(_ call: Call) async throws -> Reply {
    let count = try await service.endOtherSessions(call.actor)
    return .seeOther(
      AccountsPaths.own,
      flash: count == 1 ? "One other device is signed out." : "\(count) other devices are signed out.")
  }

  private func passwordPage(_ call: Call, _ faults: FormFaults, status: Int = 200) throws(Problem) -> Reply {
    let isForced = call.signed?.mustChangePassword ?? false
    let content = PasswordView(isForced: isForced, faults: faults).body
    // Nothing else is open before the password is changed, so the page shows no way to anything else.
    guard !isForced else {
      return call.plainPage("Choose a new password", status: status, hasErrors: !faults.isEmpty) { content }
    }
    return try call.page(
      "Change password", within: AccountsPaths.own, status: status,
      breadcrumbs: [Crumb("Your account", path: AccountsPaths.own), Crumb("Change password")],
      hasErrors: !faults.isEmpty
    ) { content }
  }
}

struct PasswordView: View {
  let isForced: Bool
  let faults: FormFaults

  var body: HTML {
    if isForced {
      h1 { "Choose a new password" }
      p { "The one you signed in with was made for you. Choose one that only you know." }
    } else {
      PageHeader("Change password", about: "All your other devices will have to sign in again.")
    }
    faults.summary
    form(.class("stack"), .method(.post), .action(AccountsPaths.password)) {
      Field(
        "Present password", name: "currentPassword",
        .line(nil, kind: .password, attributes: [.autocomplete("current-password"), .maxlength(1000)]),
        error: faults["currentPassword"], isRequired: true)
      NewPasswordField(name: "newPassword", label: "New password", error: faults["newPassword"])
      div(.class("actions")) { Button("Change password", .primary) }
    }
    if isForced {
      form(.method(.post), .action(AccountsPaths.signOut)) { Button("Sign out instead", .quiet) }
    }
  }
}
