import Kernel
import Markup
import Web

/// The first page of an empty installation: it makes the administrator, once.
struct FirstRunPages: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    [
      .page(
        "/first-run", "Sets the installation up.", .open(because: "there is nobody yet who could sign in"), show),
      .form(
        "/first-run", "Makes the first administrator.",
        .open(because: "there is nobody yet who could sign in; refused as soon as there is"), cost: .signIn, create),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    guard try await service.isEmpty() else { return .seeOther(AccountsPaths.signIn) }
    return page(FirstRunModel(), call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    var model = FirstRunModel(name: form.text("name"), email: form.text("email"))
    let password = form.text("password")
    do {
      try await service.createFirstAdministrator(name: model.name, email: model.email, password: password)
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      if case AccountsProblem.alreadySetUp = error {
        return .seeOther(AccountsPaths.signIn, flash: error.problem.detail)
      }
      model.faults = FormFaults(error.problem, fields: ["name", "email", "password"])
      return page(model, call, status: error.problem.status)
    }
    let signed = try await service.signIn(
      SignInAttempt(
        name: model.email, password: password, address: call.client,
        agent: call.incoming.headers["user-agent"] ?? ""))
    let cookies = SignInCookies(call)
    return Reply.seeOther("/", flash: "Homeroom is yours. Make the school next, then bring its people in.")
      .with("Set-Cookie", cookies.session(signed.token, seconds: nil))
      .with("Set-Cookie", cookies.device(signed.device))
  }

  private func page(_ model: FirstRunModel, _ call: Call, status: Int = 200) -> Reply {
    call.plainPage("Set up Homeroom", status: status, hasErrors: !model.faults.isEmpty) { FirstRunView(model: model) }
  }
}

/// What the first page shows.
struct FirstRunModel: Sendable {
  var name = ""
  var email = ""
  var faults = FormFaults()
}

struct FirstRunView: View {
  let model: FirstRunModel

  var body: HTML {
    h1 { "Welcome to Homeroom" }
    p { "Nobody has an account yet. The first one may do everything and gives all others theirs." }
    model.faults.summary
    form(.class("stack"), .method(.post), .action(AccountsPaths.firstRun)) {
      Field(
        "Your name", name: "name", .line(model.name, attributes: [.autocomplete("name"), .maxlength(200)]),
        error: model.faults["name"], isRequired: true, hasFocus: model.faults.isEmpty)
      Field(
        "E-mail", name: "email",
        .line(model.email, kind: .email, attributes: [.autocomplete("username"), .maxlength(LoginName.maximum)]),
        hint: "You sign in with it.", error: model.faults["email"], isRequired: true)
      NewPasswordField(name: "password", error: model.faults["password"])
      div(.class("ways")) { Button("Make my account", .primary, isLarge: true) }
    }
  }
}

/// The field for a new password, with the rules before the first mistake.
struct NewPasswordField: View {
  let name: String
  var label = "Password"
  let error: String?

  var body: HTML {
    Field(
      label, name: name,
      .line(nil, kind: .password, attributes: [.autocomplete("new-password"), .minlength(15), .maxlength(1000)]),
      hint: "At least 15 characters. A few words that do not belong together are easy to remember.", error: error,
      isRequired: true)
  }
}
