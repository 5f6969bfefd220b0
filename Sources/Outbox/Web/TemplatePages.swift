import Kernel
import Markup
import Web

/// What the program's own letters say: the list, and the page on which one is changed and looked at.
struct TemplatePages: Sendable {
  let service: OutboxService
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    let one = "/admin/mail/templates/{key}/{language}"
    return [
      .page("/admin/mail/templates", "What the program's own letters say.", .needs(.editMail), list),
      .page(one, "A template in one language, and how it reads.", .needs(.editMail), show),
      .form(one, "Saves what a template says.", .needs(.editMail), save),
      .form(
        one + "/preview", "Shows how words would read, and saves nothing.", .needs(.editMail), cost: .read, preview),
      .form(one + "/deletion", "Goes back to the words we bring.", .needs(.editMail), drop),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let lines = try await service.templateLines(by: call.actor)
    return try call.page("Templates", within: OutboxPaths.letters, breadcrumbs: Self.crumbs()) {
      TemplateListView(lines: lines)
    }
  }

  private func show(_ call: Call) async throws -> Reply { try page(try await line(call), nil, call) }

  private func save(_ call: Call) async throws -> Reply {
    let form = try call.form()
    let line = try await line(call)
    let words = LetterWords(subject: form.text("subject"), text: form.text("text"))
    let path = OutboxPaths.template(line.template.key, line.language)
    do {
      try await service.save(
        words, as: line.template.key, in: line.language, version: Int(form.text("version")), by: call.actor)
      return .seeOther(path, flash: "Saved. Letters say so from now on.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(
        path, flash: "Somebody changed this template meanwhile. It is shown as it is now; say again what you want.")
    } catch let problem as Problem where problem.kind == .invalid {
      return try page(line, words, call, faults: problem.errors)
    }
  }

  private func preview(_ call: Call) async throws -> Reply {
    let form = try call.form()
    return try page(try await line(call), LetterWords(subject: form.text("subject"), text: form.text("text")), call)
  }

  private func drop(_ call: Call) async throws -> Reply {
    let line = try await line(call)
    let deletion = try await service.dropWords(line.template.key, in: line.language, by: call.actor)
    return .seeOther(
      OutboxPaths.template(line.template.key, line.language), flash: "The words we bring are used again.",
      undo: undo(deletion))
  }

  private func line(_ call: Call) async throws -> TemplateLine {
    try await service.template(call.variable("key"), in: call.variable("language"), by: call.actor)
  }

  /// The page with the words as they are kept, or as somebody is writing them.
  private func page(
    _ line: TemplateLine, _ draft: LetterWords?, _ call: Call, faults: [Problem.FieldError] = []
  ) throws -> Reply {
    let words = draft ?? line.words
    var faults = faults
    var preview: LetterPage?
    if faults.isEmpty {
      do {
        let filled = try service.preview(words, of: line.template.key, in: line.language)
        preview = LetterPage(subject: filled.subject, text: filled.text, language: line.language)
      } catch let problem as Problem { faults = problem.errors }
    }
    return try call.page(
      line.template.title, within: OutboxPaths.letters, status: faults.isEmpty ? 200 : 422,
      breadcrumbs: Self.crumbs(line.template.title), hasErrors: !faults.isEmpty
    ) { TemplateView(line: line, words: words, isDraft: draft != nil, preview: preview, faults: faults) }
  }

  private static func crumbs(_ title: String? = nil) -> [Crumb] {
    let outbox = Crumb("Outbox", path: OutboxPaths.letters)
    guard let title else { return [outbox, Crumb("Templates")] }
    return [outbox, Crumb("Templates", path: OutboxPaths.templates), Crumb(title)]
  }
}
