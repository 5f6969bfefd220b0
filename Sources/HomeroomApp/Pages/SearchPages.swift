import Academics
import Directory
import Kernel
import Markup
import Rights
import Web

/// `/search` and what the palette asks: people, sections, and places to go.
struct SearchPages: Sendable {
  let directory: DirectoryService
  let academics: AcademicsService
  let site: Site

  var endpoints: [Endpoint] {
    let words: [QueryParameter] = [.text("q", max: 100, "What is looked for.")]
    return [
      .page("/search", "Finds people, sections and pages.", .signedIn, query: words, all),
      .page("/search/suggest", "The first few findings, for the palette.", .signedIn, query: words, suggest),
    ]
  }

  private func suggest(_ call: Call) async throws -> Reply {
    let groups = try await find(call.query("q") ?? "", limit: 7, call)
    return .html(Suggestions(groups, nothing: "Nothing is called that. Try the beginning of a name.").body)
  }

  private func all(_ call: Call) async throws -> Reply {
    let words = call.query("q") ?? ""
    let groups = try await find(words, limit: 50, call)
    return try call.page(words.isEmpty ? "Search" : "Search: \(words)", within: "/search") {
      PageHeader("Search")
      form(.method(.get), .action("/search"), .role("search"), .class("filter-bar")) {
        div(.class("search")) {
          Icon.search
          input(.class("input tight"), .type(.search), .name("q"), .value(words), .ariaLabel("Search"))
        }
        button(.class("button"), .type(.submit)) { "Search" }
      }
      Findings(groups, nothing: "Nothing is called that. Try the beginning of a name.")
    }
  }

  private func find(_ words: String, limit: Int, _ call: Call) async throws -> [Suggestions.Group] {
    let actor = try call.actor
    var people: [Suggestions.Result] = []
    var sections: [Suggestions.Result] = []
    let text = words.trimmingPrefix { "@#>".contains($0) || $0 == " " }
    if !text.isEmpty, !words.hasPrefix(">") {
      if actor.has(.viewStudents), !words.hasPrefix("#") {
        var filter = StudentFilter()
        filter.search = String(text)
        people = try await directory.students(filter, page: PageRequest(limit: limit), for: actor).items.map {
          .init(
            person: $0.displayName,
            aside: [$0.grade.map { "Grade \($0)" }, $0.number].compactMap { $0 }.joined(separator: ", "),
            path: Path("/people/students/\($0.id)"), key: $0.id.description)
        }
      }
      if actor.has(.viewSections), !words.hasPrefix("@") {
        var filter = SectionFilter()
        filter.search = String(text)
        sections = try await academics.sections(filter, page: PageRequest(limit: limit), actor: actor).items.map {
          .init($0.section.title, aside: $0.section.code, path: Path("/sections/\($0.section.id)"), icon: .learning)
        }
      }
    }
    let folded = Text.folded(String(text))
    let places = site.open(to: actor).filter { folded.isEmpty || Text.folded($0.label).contains(folded) }
      .prefix(limit).map { Suggestions.Result($0.label, path: $0.path, icon: .right) }
    return [.init("People", people), .init("Sections", sections), .init("Go to", Array(places))]
  }
}
