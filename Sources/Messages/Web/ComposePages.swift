import Audiences
import Kernel
import Markup
import Rights
import Web

/// Writing a message: new, or a draft once more.
struct ComposePages: Sendable {
  let service: MessagesService
  let zone: Zone

  private var moments: MomentWords { MomentWords(zone: zone) }

  var endpoints: [Endpoint] {
    [
      .page(
        "/messages/new", "The form for a new message.", .needs(.sendMessages),
        query: [.text("audience", max: 240, "The audience it begins with.")], new),
      .form("/messages/sent", "Saves a message, sends it, or counts its audience.", .needs(.sendMessages), create),
      .page("/messages/sent/{id}/edit", "The form of a draft.", .needs(.sendMessages), edit),
      .form(
        "/messages/sent/{id}/edit", "Saves a draft, sends it, or counts its audience.", .needs(.sendMessages), save),
    ]
  }

  private func new(_ call: Call) async throws -> Reply {
    var model = ComposeModel(audience: call.query("audience") ?? "")
    if !model.audience.isEmpty {
      model.count = try await service.count(try model.chosen(), by: call.actor)
    }
    return try await page(model, call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let form = try call.form()
    return try await answer(ComposeModel(form), form, call) { content, isSending in
      isSending
        ? try await service.send(content, by: actor) : try await service.write(content, by: actor)
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    let message = try await service.message(try call.id("id"), by: call.actor).message
    guard message.state == .draft || message.state == .withdrawn else {
      return .seeOther(MessagesPaths.sent(message.id))
    }
    return try await page(ComposeModel(message, moments: moments), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let form = try call.form()
    let id: MessageID = try call.id("id")
    _ = try await service.message(id, by: actor)
    let model = ComposeModel(form, of: id)
    do {
      return try await answer(model, form, call) { content, isSending in
        let saved = try await service.edit(id, version: model.version ?? 0, content, by: actor)
        return isSending ? try await service.send(id, version: saved.version, by: actor) : saved
      }
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(MessagesPaths.sent(id), flash: "This message was changed meanwhile. Look again.")
    }
  }

  /// Does what the pressed button says, or shows the form again with what is wrong.
  private func answer(
    _ filled: ComposeModel, _ form: FormFields, _ call: Call,
    _ act: @Sendable (MessageContent, Bool) async throws -> Message
  ) async throws -> Reply {
    var model = filled
    do {
      switch form.text("do") {
      case "count":
        model.count = try await service.count(try model.chosen(), model.priority, by: call.actor)
        return try await page(model, call)
      case "draft":
        let message = try await act(try model.content(moments), false)
        return .seeOther(MessagesPaths.sent(message.id), flash: "Draft saved.")
      default:
        let message = try await act(try model.content(moments), true)
        let words = message.publishAt.map { $0 > call.at } == true ? "It goes at its time." : "Message sent."
        return .seeOther(MessagesPaths.sent(message.id), flash: words)
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: ComposeModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func page(_ model: ComposeModel, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let choices = try await service.choices(for: actor)
    var words: String?
    if let audience = Audience(model.audience),
      !choices.groups.contains(where: { $0.choices.contains { $0.audience == audience } })
    {
      words = try await service.words(for: audience, by: actor)
    }
    let audienceWords = words
    return try call.page(
      model.title, within: MessagesPaths.sent, status: status,
      breadcrumbs: [Crumb("Messages", path: MessagesPaths.inbox), Crumb(model.title)], hasErrors: status != 200
    ) { ComposeView(model: model, choices: choices, words: audienceWords) }
  }
}
