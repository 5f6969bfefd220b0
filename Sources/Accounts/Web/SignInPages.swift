import Kernel
import Markup
import Web

/// The door: signing in and out.
struct SignInPages: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    [
      .page(
        "/login", "The door.", .open(because: "whoever is not signed in has to be able to"),
        query: [.text("next", max: 2000, "Where to go afterwards.")], show),
      .form(
        "/login", "Signs in.", .open(because: "whoever is not signed in has to be able to"), cost: .signIn, signIn),
      .form(
        "/logout", "Signs out.", .open(because: "a session that is over already can be left as well"), signOut),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    if call.signed != nil { return .seeOther(next(call.query("next"))) }
    if try await service.isEmpty() { return .seeOther(AccountsPaths.firstRun) }
    return page(SignInModel(greeting: greeting(at: call.at), next: call.query("next")), call)
  }

  private func signIn(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let cookies = SignInCookies(call)
    let stays = form.isTicked("stay")
    do {
      let signed = try await service.signIn(
        SignInAttempt(
          name: form.text("email"), password: form.text("password"), address: call.client,
          agent: call.incoming.headers["user-agent"] ?? "", device: cookies.device(in: call.incoming)),
        stays: stays)
      // Whoever signs in anew leaves the session that was there before.
      if let before = call.signed { try await service.signOut(before.actor) }
      let seconds = (signed.expiresAt.milliseconds - call.at.milliseconds) / 1000
      return Reply.seeOther(signed.mustChangePassword ? AccountsPaths.password : next(form["next"]))
        .with("Set-Cookie", cookies.session(signed.token, seconds: stays ? seconds : nil))
        .with("Set-Cookie", cookies.device(signed.device))
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      var model = SignInModel(greeting: greeting(at: call.at), next: form["next"])
      model.name = form.text("email")
      model.stays = stays
      model.faults = FormFaults(error.problem, fields: [])
      return FormFaults.answer(error.problem, page(model, call, status: error.problem.status))
    }
  }

  private func signOut(_ call: Call) async throws -> Reply {
    if let signed = call.signed { try await service.signOut(signed.actor) }
    return Reply.seeOther(AccountsPaths.signIn, flash: "You are signed out.")
      .with("Set-Cookie", SignInCookies(call).noSession)
  }

  private func page(_ model: SignInModel, _ call: Call, status: Int = 200) -> Reply {
    call.plainPage("Sign in", status: status, hasErrors: !model.faults.isEmpty) { SignInView(model: model) }
  }

  /// Back to where somebody was going, if that is on this site; signing in again leads nowhere.
  private func next(_ text: String?) -> Path {
    guard let path = text.flatMap({ Path(checking: $0) }), !path.description.hasPrefix("/login") else { return "/" }
    return path
  }

  private func greeting(at now: Instant) -> String {
    switch service.settings.zone.minuteOfDay(at: now) {
    case 4 * 60..<12 * 60: "Good morning"
    case 12 * 60..<18 * 60: "Good afternoon"
    default: "Good evening"
    }
  }
}

/// What the door shows.
struct SignInModel: Sendable {
  let greeting: String
  let next: String?
  var name = ""
  var stays = false
  var faults = FormFaults()
}

struct SignInView: View {
  let model: SignInModel

  var body: HTML {
    h1 { model.greeting }
    model.faults.summary
    form(.class("stack"), .method(.post), .action(AccountsPaths.signIn)) {
      Hidden("next", model.next)
      Field(
        "E-mail or user name", name: "email",
        .line(
          model.name,
          attributes: [
            .autocomplete("username"), .autocapitalize("none"), .spellcheck(false), .maxlength(LoginName.maximum),
          ]),
        isRequired: true, hasFocus: model.name.isEmpty)
      Field(
        "Password", name: "password",
        .line(nil, kind: .password, attributes: [.autocomplete("current-password"), .maxlength(1000)]),
        isRequired: true, hasFocus: !model.name.isEmpty)
      Tick("Stay signed in on this device for 7 days", name: "stay", isChecked: model.stays)
      div(.class("ways")) { Button("Sign in", .primary, isLarge: true) }
    }
    p(.class("small")) { a(.href(AccountsPaths.forgotten)) { "Password forgotten?" } }
    p(.class("small muted")) { "No account yet? Your school office gives you a link to choose a password with." }
  }
}
