import Audiences
import Kernel
import Markup
import Rights
import Web

/// The form of a notice: for a new one, and for one's own.
struct NoticeFormPages: Sendable {
  let service: NoticesService
  let zone: Zone

  var endpoints: [Endpoint] {
    [
      .page("/notices/new", "The form for a new notice.", .needs(.writeNotices), new),
      .form("/notices", "Writes a notice, as a draft or sent for approval.", .needs(.writeNotices), create),
      .page("/notices/{id}/edit", "The form of a notice of one's own.", .needs(.writeNotices), edit),
      .form(
        "/notices/{id}", "Saves a notice of one's own; one on the board waits for approval again.",
        .needs(.writeNotices), save),
    ]
  }

  private var times: NoticeTimes { NoticeTimes(zone: zone) }

  private func new(_ call: Call) async throws -> Reply { try await page(NoticeFormModel(), call) }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    var model = NoticeFormModel(form)
    do {
      let notice = try await service.write(try model.draft(times), sending: model.isSending, actor: call.actor)
      return .seeOther(NoticesPaths.notice(notice.id), flash: model.isSending ? NoticeStep.ask.done : "Draft saved.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: NoticeFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    try await page(NoticeFormModel(try await own(call), times), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    var model = NoticeFormModel(try call.form())
    let notice = try await own(call)
    model.id = notice.id
    model.state = notice.state
    do {
      let saved = try await service.change(
        notice.id, version: model.version ?? 0, to: try model.draft(times), sending: model.isSending, actor: actor)
      return .seeOther(
        NoticesPaths.notice(notice.id), flash: saved.state == .review ? "Saved, and sent for approval." : "Saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = NoticeFormModel(notice, times)
      let typed = model
      let choices = try await service.choices(actor: actor)
      return try call.page("Edit notice", within: NoticesPaths.board, status: 409, hasErrors: true) {
        typed.conflict(with: newest, action: NoticesPaths.notice(notice.id), choices)
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: NoticeFormModel.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  /// The notice for its author; for anybody else, even who may read it, the form is not there.
  private func own(_ call: Call) async throws -> Notice {
    let detail = try await service.notice(try call.id("id"), actor: call.actor)
    guard detail.steps.contains(.change) else { throw NoticeProblem.notYours(.change) }
    return detail.notice
  }

  private func page(_ model: NoticeFormModel, _ call: Call, status: Int = 200) async throws -> Reply {
    let choices = try await service.choices(actor: call.actor)
    return try call.page(
      model.title, within: NoticesPaths.board, status: status,
      breadcrumbs: [
        Crumb("Notices", path: NoticesPaths.board), Crumb("Yours", path: NoticesPaths.mine), Crumb(model.title),
      ], hasErrors: status != 200
    ) { NoticeFormView(model: model, choices: choices, zone: zone.name) }
  }
}

/// What stands in the form of a notice.
struct NoticeFormModel: Sendable {
  static let fields: Set<String> = ["title", "text", "audience", "publishAt", "expiresAt", "isPinned"]

  var id: NoticeID?
  var version: Int?
  var state = NoticeState.draft
  var name = ""
  var text = ""
  var audience = ""
  var isPinned = false
  var publishAt = ""
  var expiresAt = ""
  /// Whether it was sent by the button that asks for approval.
  var isSending = false
  var faults = FormFaults()

  var title: String { id == nil ? "New notice" : "Edit notice" }

  /// An empty form.
  init() {}

  /// The form of a notice as it stands.
  init(_ notice: Notice, _ times: NoticeTimes) {
    id = notice.id
    version = notice.version
    state = notice.state
    name = notice.title
    text = notice.text
    audience = notice.audience.description
    isPinned = notice.isPinned
    publishAt = times.field(notice.publishAt)
    expiresAt = times.field(notice.expiresAt)
  }

  /// The form as it was sent.
  init(_ form: FormFields) {
    version = form["version"].flatMap { Int($0) }
    name = form.text("title")
    text = form.text("text")
    audience = form.text("audience")
    isPinned = form.text("isPinned") == "on"
    publishAt = form.text("publishAt")
    expiresAt = form.text("expiresAt")
    isSending = form.text("do") == "send"
  }

  /// The draft; throws when something in it cannot be read.
  func draft(_ times: NoticeTimes) throws(Problem) -> NoticeDraft {
    guard let audience = Audience(audience) else {
      throw .invalid([.init(pointer: "/audience", code: "REQUIRED", detail: "Choose whom the notice is for.")])
    }
    return NoticeDraft(
      title: name, text: text, audience: audience, isPinned: isPinned,
      publishAt: try times.read(publishAt, of: "publishAt"), expiresAt: try times.read(expiresAt, of: "expiresAt"))
  }

  /// Both versions of what the author wrote in two places, to choose from.
  func conflict(with newest: NoticeFormModel, action: Path, _ choices: AudienceChoices) -> HTML {
    func words(_ audience: String) -> String {
      choices.groups.flatMap(\.choices).first { $0.audience.description == audience }?.words ?? audience
    }
    let plain = [
      ("title", "Title", name, newest.name), ("text", "Text", text, newest.text),
      ("audience", "For", audience, newest.audience), ("publishAt", "Not before", publishAt, newest.publishAt),
      ("expiresAt", "Until", expiresAt, newest.expiresAt),
      ("isPinned", "Pinned", isPinned ? "on" : "off", newest.isPinned ? "on" : "off"),
    ]
    return ConflictView(
      who: "This notice was saved elsewhere", action: action, version: newest.version ?? 0,
      differences: plain.filter { $0.2 != $0.3 }.map { name, label, yours, theirs in
        .init(
          name: name, label: label, yours: (yours, name == "audience" ? words(yours) : yours),
          theirs: (theirs, name == "audience" ? words(theirs) : theirs))
      },
      kept: plain.filter { $0.2 == $0.3 }.map { ($0.0, $0.2) }
    ).body
  }
}

struct NoticeFormView: View {
  let model: NoticeFormModel
  let choices: AudienceChoices
  let zone: String

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title)
    if model.state == .approved {
      Web.Notice("This notice is approved.", .warn) {
        "When you save other words, it comes off the board until somebody approves it again."
      }
    }
    form(.method(.post), .action(model.id.map(NoticesPaths.notice) ?? NoticesPaths.board), .novalidate()) {
      Hidden("version", model.version.map(String.init))
      Field(
        "Title", name: "title", .line(model.name, attributes: [.maxlength(NoticeDraft.longestTitle)]),
        error: model.faults["title"], width: .wide, isRequired: true)
      Field(
        "Text", name: "text", .lines(model.text, rows: 12), hint: "Plain text. A blank line begins a new paragraph.",
        error: model.faults["text"], width: .wide)
      Field("For", name: "audience", .grouped(audiences), error: model.faults["audience"], isRequired: true)
      Field(
        "Not before", name: "publishAt", .line(model.publishAt, kind: .moment), hint: "Empty for as soon as approved.",
        error: model.faults["publishAt"], width: .moment, isOptional: true)
      Field(
        "Until", name: "expiresAt", .line(model.expiresAt, kind: .moment),
        hint: "Empty for no end. Times are those of \(zone).", error: model.faults["expiresAt"], width: .moment,
        isOptional: true)
      Tick("Pin it above the others", name: "isPinned", isChecked: model.isPinned)
      div(.class("actions")) {
        if model.state == .approved || model.state == .review {
          Button("Save", .primary, .name("do"), .value("draft"))
        } else {
          Button("Send for approval", .primary, .name("do"), .value("send"))
          Button("Save draft", .plain, .name("do"), .value("draft"))
        }
        ButtonLink("Cancel", .quiet, to: model.id.map(NoticesPaths.notice) ?? NoticesPaths.board)
      }
    }
  }

  /// The audiences one may write to; that of the notice stays among them, whatever became of it.
  private var audiences: [Field.OptionGroup] {
    let known = choices.groups.flatMap(\.choices).map(\.audience.description)
    let first = [Field.Option("", "Choose …", isChosen: model.audience.isEmpty)]
    let kept =
      model.audience.isEmpty || known.contains(model.audience)
      ? [] : [Field.Option(model.audience, "As it is now", isChosen: true)]
    return [Field.OptionGroup("Whom it is for", first + kept)]
      + choices.groups.map { group in
        Field.OptionGroup(
          group.title,
          group.choices.map { choice in
            let value = choice.audience.description
            return Field.Option(value, choice.words, isChosen: value == model.audience)
          })
      }
  }
}
