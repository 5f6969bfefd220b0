import Kernel
import Markup
import Record
import Rights
import Web

/// Who looked at whom: the access log, as page, file and API.
struct LookPages: Sendable {
  let service: HistoryService
  let zone: Zone

  var endpoints: [Endpoint] {
    let access = Endpoint.Access.needs(service.rights.audit)
    let list = Endpoint.listQuery.filter { $0.name == "limit" || $0.name == "after" }
    return [
      .page(
        "/access", "Who looked at whom, newest first.", access,
        query: LookQuery.parameters + [.id("after", "The last line of the page before.")], show),
      .listFile(
        "/access.csv", "Who looked at whom as a file for spreadsheets.", access, query: LookQuery.parameters, file),
      Endpoint(
        .get, "/api/v1/access", "Lists who looked at whom, newest first; a page may be short and not the last.", access,
        query: list + LookQuery.parameters, answer: .many(LookJSON.shape), handler: looks),
      .listFile(
        "/api/v1/access.csv", "Who looked at whom as a file for spreadsheets.", access, query: LookQuery.parameters,
        file),
    ]
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let query = LookQuery(call, zone)
    let isAsked = query.object != nil || !service.mustNameRecord(actor)
    let page = isAsked ? try await service.looks(query.filter, page: call.page, by: actor) : Page(items: [], next: nil)
    return try call.page("Who looked", within: OperationsPaths.access) {
      LookView(
        page: page, query: query, isFirst: call.query("after") == nil, isAsked: isAsked,
        words: MomentWords(zone: zone))
    }
  }

  private func looks(_ call: Call) async throws -> Reply {
    let page = try await service.looks(LookQuery(call, zone).filter, page: call.page, by: call.actor)
    return .many(page.map { LookJSON($0) }, LookJSON.shape, limit: call.page.limit)
  }

  private func file(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = LookQuery(call, zone).filter
    let file = ListFile<LookLine>(
      "who-looked.csv",
      [
        .init("When") { $0.look.at.description }, .init("Last") { $0.look.lastAt.description },
        .init("Who") { $0.who }, .init("Page") { $0.look.page }, .init("Filter") { $0.look.filter },
        .init("Shown") { "\($0.look.subjects.count)" }, .init("Times") { "\($0.look.repeats)" },
      ])
    return try await file.reply { after in
      try await service.looks(filter, page: .ofFile(after: after), on: "/access.csv", by: actor)
    }
  }
}

/// The filter of the access log as it stands in an address, for pages and API alike.
struct LookQuery: Sendable {
  var object: ID<AnyEntity>?
  var actor: AccountID?
  var from: SchoolDate?
  var to: SchoolDate?
  private let zone: Zone

  static let parameters: [QueryParameter] = [
    .id("object", "Only looks at this record."), .id("actor", "Only what this account looked at."),
    .date("from", "From this day on."), .date("to", "Up to this day and including it."),
  ]

  init(_ call: Call, _ zone: Zone) {
    object = call.query("object").flatMap { ID<AnyEntity>($0) }
    actor = call.query("actor").flatMap { AccountID($0) }
    from = call.query("from").flatMap { SchoolDate($0) }
    to = call.query("to").flatMap { SchoolDate($0) }
    self.zone = zone
  }

  /// Days become moments of the installation's zone.
  var filter: LookFilter {
    LookFilter(
      subject: object, actor: actor, from: from.map(zone.start(of:)),
      until: to.map { zone.start(of: $0.adding(days: 1)) })
  }

  /// The filter as the items of an address.
  var items: [(String, String?)] {
    [
      ("object", object?.description), ("actor", actor?.description), ("from", from?.description),
      ("to", to?.description),
    ]
  }
}

struct LookView: View {
  let page: Page<LookLine>
  let query: LookQuery
  let isFirst: Bool
  let isAsked: Bool
  let words: MomentWords

  var body: HTML {
    PageHeader("Who looked", about: "Who looked at whose record, and when. A list counts for everybody it showed.") {
      if isAsked {
        ButtonLink("Export", to: OperationsPaths.accessFile.query(query.items), icon: .download)
      }
      if let object = query.object { ButtonLink("Who changed it", to: OperationsPaths.history(object), icon: .clock) }
    }
    days
    FilterChips(chips, clear: OperationsPaths.access)
    if page.items.isEmpty { nothing } else { table }
    Pager(
      shown: CountWords.of(page.items.count, "entry", "entries"),
      first: isFirst ? nil : OperationsPaths.access.query(query.items),
      next: page.next.map { OperationsPaths.access.query(query.items + [("after", $0.description)]) })
  }

  private var nothing: HTML {
    let reason =
      if !isAsked {
        "Open a student's log, or an entry of the audit, and follow \u{201C}Who looked\u{201D} from there."
      } else if page.next != nil {
        "Nobody in this stretch of the log. The next page looks further back."
      } else {
        "No look fits these filters."
      }
    return EmptyState(isAsked ? "Nobody looked" : "At which record?", icon: .clock, reason: reason).body
  }

  private var days: HTML {
    form(.class("filter-bar"), .method(.get), .action(OperationsPaths.access), .ariaLabel("Filter the looks")) {
      for (name, value) in query.items where ["actor", "object"].contains(name) { Hidden(name, value) }
      label(.class("word")) {
        "From "
        input(.class("input tight"), .type(.date), .name("from"), .value(query.from?.description))
      }
      label(.class("word")) {
        "to "
        input(.class("input tight"), .type(.date), .name("to"), .value(query.to?.description))
      }
      Button("Show")
    }
  }

  private var chips: [FilterChips.Chip] {
    query.items.compactMap { name, value -> FilterChips.Chip? in
      guard let value else { return nil }
      let without = OperationsPaths.access.query(query.items.filter { $0.0 != name })
      return switch name {
      case "object": .init("Record", "this one", without: without)
      case "actor": .init("Who", page.items.first?.who ?? value, without: without)
      case "from": .init("From", value, without: without)
      default: .init("To", value, without: without)
      }
    }
  }

  private var table: HTML {
    DataTable(
      caption: "Looks, newest first",
      columns: [
        .init("Who"), .init("When", .unbroken, isNamedOnPhones: true), .init("Page"), .init("Filter", room: .wide),
        .init("Shown", .number, isNamedOnPhones: true), .init("Times", .number, isNamedOnPhones: true),
      ],
      rows: page.items.map { line in
        DataTable.Row(
          name: line.who,
          lead: a(.href(OperationsPaths.access.query(with(actor: line.look.actor)))) { bdi { line.who } },
          cells: [
            HTML(text: words.moment(line.look.at)), HTML(text: line.look.page), HTML(text: line.look.filter ?? ""),
            HTML(text: "\(line.look.subjects.count)"), HTML(text: "\(line.look.repeats)"),
          ])
      }
    ).body
  }

  private func with(actor: AccountID) -> [(String, String?)] {
    query.items.map { name, value in (name, name == "actor" ? actor.description : value) }
  }
}

/// Looks of one person as JSON.
struct LookJSON: Sendable {
  var id: ID<AnyEntity>
  var at: Instant
  var lastAt: Instant
  var actor: AccountID
  var who: String
  var page: String
  var filter: String?
  var shown: Int
  var repeats: Int

  static let shape = Shape(
    "Look",
    sample: LookJSON(
      id: sampleID(1), at: sampleMoment, lastAt: sampleMoment, actor: sampleID(2), who: "Robin Registrar",
      page: "student", filter: nil, shown: 1, repeats: 3)
  ) { visit, it in
    visit("id", &it.id, .id(), "The entry's identifier.")
    visit("at", &it.at, .instant, "When the first look was.")
    visit("lastAt", &it.lastAt, .instant, "When the last look within the minute was.")
    visit("actorId", &it.actor, .id(), "The account that looked.")
    visit("who", &it.who, .made, "The name of that account.")
    visit("page", &it.page, .made, "The page, such as student; names that end in .csv are files.")
    visit("filter", &it.filter, .made, "The filter a list had.")
    visit("shown", &it.shown, .count, "How many records were shown together.")
    visit("repeats", &it.repeats, .count, "How many looks they were.")
  }
}

extension LookJSON {
  init(_ line: LookLine) {
    let look = line.look
    self.init(
      id: look.id, at: look.at, lastAt: look.lastAt, actor: look.actor, who: line.who, page: look.page,
      filter: look.filter, shown: look.subjects.count, repeats: look.repeats)
  }
}
