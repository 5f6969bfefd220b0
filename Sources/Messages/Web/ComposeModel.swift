import Audiences
import Kernel
import Markup
import Web

/// What stands in the form of a message.
struct ComposeModel: Sendable {
  static let fields: Set<String> = [
    "audience", "subject", "text", "priority", "byMail", "bySms", "publishOn", "publishAt", "expiresAt",
  ]

  /// The message, once it is there.
  var id: MessageID?
  var version: Int?
  var audience = ""
  var subject = ""
  var text = ""
  var priority = MessagePriority.normal
  var byMail = true
  var bySMS = false
  var publishOn = ""
  var publishTime = ""
  var expiresOn = ""
  var faults = FormFaults()
  /// How many the chosen audience has.
  var count: AudienceCount?

  var title: String { id == nil ? "New message" : "Edit message" }

  /// An empty form, for an audience where one is asked for.
  init(audience: String = "") { self.audience = audience }

  /// The form of a message as it stands.
  init(_ message: Message, moments: MomentWords) {
    id = message.id
    version = message.version
    audience = message.content.audience.description
    subject = message.content.subject
    text = message.content.text
    priority = message.content.priority
    byMail = message.content.byMail
    bySMS = message.content.bySMS
    if let publishAt = message.publishAt {
      publishOn = moments.zone.date(at: publishAt).description
      publishTime = moments.time(publishAt)
    }
    if let expiresAt = message.content.expiresAt {
      expiresOn = moments.zone.date(at: expiresAt.adding(.milliseconds(-1))).description
    }
  }

  /// The form as it was sent.
  init(_ form: FormFields, of id: MessageID? = nil) {
    self.id = id
    version = form["version"].flatMap { Int($0) }
    audience = form.text("audience")
    subject = form.text("subject")
    text = form.text("text")
    priority = MessagePriority(rawValue: form.text("priority")) ?? .normal
    byMail = form.isTicked("byMail")
    bySMS = form.isTicked("bySms")
    publishOn = form.text("publishOn")
    publishTime = form.text("publishTime")
    expiresOn = form.text("expiresAt")
  }

  /// The audience that is chosen; refuses what is none.
  func chosen() throws(Problem) -> Audience {
    guard !audience.isEmpty else {
      throw .invalid([.init(pointer: "/audience", code: "REQUIRED", detail: "Choose whom it is for.")])
    }
    return try Audience(asked: audience)
  }

  /// The message as written; throws where a day or a time cannot be read.
  func content(_ moments: MomentWords) throws(Problem) -> MessageContent {
    MessageContent(
      audience: try chosen(), subject: subject, text: text, priority: priority, byMail: byMail, bySMS: bySMS,
      publishAt: try publishAt(moments), expiresAt: try expiresAt(moments))
  }

  /// A day without a time means the morning.
  private func publishAt(_ moments: MomentWords) throws(Problem) -> Instant? {
    guard !publishOn.isEmpty else { return nil }
    let time = publishTime.isEmpty ? "07:00" : publishTime
    guard let day = SchoolDate(publishOn), let minute = MomentWords.minute(of: time) else {
      throw .invalid([
        .init(
          pointer: "/publishOn", code: "BAD_DATE", detail: "Enter a day such as 2026-09-01 and a time such as 07:30.")
      ])
    }
    return moments.zone.moment(on: day, minute: minute)
  }

  /// The day is counted in.
  private func expiresAt(_ moments: MomentWords) throws(Problem) -> Instant? {
    guard !expiresOn.isEmpty else { return nil }
    guard let day = SchoolDate(expiresOn) else {
      throw .invalid([
        .init(pointer: "/expiresAt", code: "BAD_DATE", detail: "Enter a day such as 2026-09-01.")
      ])
    }
    return moments.zone.start(of: day.adding(days: 1))
  }
}

struct ComposeView: View {
  let model: ComposeModel
  let choices: AudienceChoices
  /// Who the audience is in words, where the choices do not have it.
  let words: String?

  var body: HTML {
    ErrorSummary(model.faults.faults, detail: model.faults.detail)
    PageHeader(model.title, about: "It comes into the inbox of everyone in the audience.")
    if choices.isEmpty && words == nil {
      EmptyState(
        "Nobody to write to yet", icon: .messages,
        reason: "You may write to the sections you teach and the guardians of their students. None is yours today."
      )
    } else {
      form(.method(.post), .action(model.id.map(MessagesPaths.editing) ?? MessagesPaths.sent)) {
        Hidden("version", model.version.map(String.init))
        Columns {
          audience
          Field(
            "Subject", name: "subject",
            .line(model.subject, attributes: [.maxlength(MessageContent.subjectLimit), .dir(.auto)]),
            error: model.faults["subject"], isRequired: true)
          Field(
            "Text", name: "text", .lines(model.text, rows: 12), hint: "Plain text, at most 10,000 characters.",
            error: model.faults["text"], isRequired: true)
        } side: {
          Card("How it goes") { channels }
          Card("When") { times }
        }
        SubmitBar("Send") {
          if let count = model.count { "For \(CountWords.of(count.people, "person", "people"))" }
        } more: {
          Button("Count people", .quiet, icon: .people, .name("do"), .value("count"))
          Button("Save draft", .plain, .name("do"), .value("draft"))
        }
      }
    }
  }

  @HTMLBuilder private var audience: HTML {
    Field(
      "For", name: "audience", .grouped(groups),
      hint: "Guardians get it who may see the child and may get the school's letters.", error: model.faults["audience"],
      isRequired: true)
    if let count = model.count {
      Notice("Counted.", count.people == 0 ? .warn : .info) { Self.words(for: count) }
    }
  }

  static func words(for count: AudienceCount) -> String {
    "In the audience today: \(count.people). Can read it in Homeroom: \(count.accounts). "
      + "Reached by mail, if ticked: \(count.mail), by text message: \(count.sms)."
  }

  private var groups: [Field.OptionGroup] {
    let isKnown = choices.groups.contains { $0.choices.contains { $0.audience.description == model.audience } }
    let asked = isKnown ? nil : words
    return [
      .init(nil, [Field.Option("", "Choose whom it is for", isChosen: model.audience.isEmpty)]),
      .init(nil, asked.map { [Field.Option(model.audience, $0, isChosen: true)] } ?? []),
    ]
      + choices.groups.map { group in
        .init(
          group.title,
          group.choices.map {
            Field.Option(
              $0.audience.description, $0.words, isChosen: $0.audience.description == model.audience)
          })
      }
  }

  @HTMLBuilder private var channels: HTML {
    RadioGroup(
      "Priority", name: "priority",
      [
        .init("low", "For information", isChosen: model.priority == .low),
        .init("normal", "Normal", isChosen: model.priority == .normal),
        .init("high", "Important", isChosen: model.priority == .high),
        .init(
          "urgent", "Urgent", isChosen: model.priority == .urgent,
          hint: "Goes by the ticked ways even to those who chose not to get messages there."),
      ], error: model.faults["priority"])
    Tick("Also by mail", name: "byMail", isChecked: model.byMail, error: model.faults["byMail"])
    Tick(
      "Also by text message", name: "bySms", isChecked: model.bySMS, hint: "Subject and link only.",
      error: model.faults["bySms"])
  }

  @HTMLBuilder private var times: HTML {
    Field(
      "Deliver on", name: "publishOn", .date(model.publishOn), hint: "Left empty: as soon as you send it.",
      error: model.faults["publishOn"] ?? model.faults["publishAt"], width: .short, isOptional: true)
    Field(
      "At", name: "publishTime", .line(model.publishTime, kind: .time), width: .short, isOptional: true)
    Field(
      "Last day", name: "expiresAt", .date(model.expiresOn), hint: "After it the message leaves the inboxes.",
      error: model.faults["expiresAt"], width: .short, isOptional: true)
  }
}
