import Kernel
import Markup
import Rights
import Web

/// By which channels one wants messages.
struct ChannelPages: Sendable {
  let service: MessagesService

  var endpoints: [Endpoint] {
    [
      .page("/account/channels", "By which channels one wants messages.", .signedIn, show),
      .form("/account/channels", "Chooses by which channels one wants messages.", .signedIn, save),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    let choices = try await service.channelChoices(of: call.actor)
    return try call.page(
      "How messages reach you", within: MessagesPaths.inbox,
      breadcrumbs: [Crumb("Messages", path: MessagesPaths.inbox), Crumb("How messages reach you")]
    ) {
      PageHeader("How messages reach you", about: "Every message is in your inbox here. What else would you like?")
      form(.class("stack"), .method(.post), .action(MessagesPaths.channels)) {
        Tick(
          "Mail", name: "byMail", isChecked: choices.byMail, isSwitch: true,
          hint: "To the address you sign in with, or the one your school keeps.")
        Tick(
          "Text messages", name: "bySms", isChecked: choices.bySMS, isSwitch: true,
          hint: "The subject and a link, to the number your school keeps.")
        p(.class("small muted")) { "Urgent messages of your school come all the same." }
        div(.class("actions")) { Button("Save", .primary) }
      }
    }
  }

  private func save(_ call: Call) async throws -> Reply {
    let form = try call.form()
    try await service.choose(
      ChannelChoices(byMail: form.isTicked("byMail"), bySMS: form.isTicked("bySms")), by: call.actor)
    return .seeOther(MessagesPaths.channels, flash: "Saved.")
  }
}
