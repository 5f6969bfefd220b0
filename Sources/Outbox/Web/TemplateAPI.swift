import Kernel
import Rights
import Web

/// What the program's own letters say, for programs.
struct TemplateAPI: Sendable {
  let service: OutboxService

  var endpoints: [Endpoint] {
    let one = "/api/v1/letter-templates/{key}/{language}"
    return [
      Endpoint(
        .get, "/api/v1/letter-templates", "Every template in every language there is.", .needs(.editMail),
        answer: .many(TemplateJSON.shape), handler: list),
      Endpoint(
        .get, one, "One template in one language.", .needs(.editMail), answer: .one(TemplateJSON.shape), handler: show),
      Endpoint(
        .put, one, "Has a template say something else, over the version that was read: 1 for the words we bring.",
        .needs(.editMail), input: .json(TemplateWordsJSON.shape), answer: .one(TemplateJSON.shape), needsVersion: true,
        handler: save),
      Endpoint(
        .delete, one, "Goes back to the words we bring.", .needs(.editMail), answer: .nothing, status: 204,
        handler: drop),
      Endpoint(
        .post, one + "/preview", "How words would read, with an example for each placeholder.", .needs(.editMail),
        cost: .read, input: .json(TemplateWordsJSON.shape), answer: .one(LetterPreviewJSON.shape), handler: preview),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let lines = try await service.templateLines(by: call.actor).map { TemplateJSON($0) }
    return .many(Page(items: lines, next: nil), TemplateJSON.shape, limit: PageRequest.maximum)
  }

  private func show(_ call: Call) async throws -> Reply {
    let line = try await service.template(call.variable("key"), in: call.variable("language"), by: call.actor)
    return .one(TemplateJSON(line), TemplateJSON.shape, version: line.revision)
  }

  private func save(_ call: Call) async throws -> Reply {
    let words = try call.json(TemplateWordsJSON.shape)
    let revision = try call.version()
    let line = try await service.save(
      LetterWords(subject: words.subject, text: words.text), as: call.variable("key"), in: call.variable("language"),
      version: revision == 1 ? nil : revision - 1, by: call.actor)
    return .one(TemplateJSON(line), TemplateJSON.shape, version: line.revision)
  }

  private func drop(_ call: Call) async throws -> Reply {
    _ = try await service.dropWords(call.variable("key"), in: call.variable("language"), by: call.actor)
    return .noContent
  }

  private func preview(_ call: Call) async throws -> Reply {
    let words = try call.json(TemplateWordsJSON.shape)
    let preview = try service.preview(
      LetterWords(subject: words.subject, text: words.text), of: call.variable("key"), in: call.variable("language"))
    return .one(
      LetterPreviewJSON(subject: preview.subject, text: preview.text, html: preview.html), LetterPreviewJSON.shape)
  }
}
