import Kernel
import Markup
import Web

/// The list of sections, ready to be drawn.
struct SectionListModel: Sendable {
  struct Row: Sendable, Equatable {
    let path: Path
    let code: String
    let title: String
    let teacher: String
    let seats: String
    let isFull: Bool
    let room: String
  }

  let rows: [Row]
  let query: String?
  let kind: Section.Kind?
  let file: Path
  let next: Path?
  let first: Path?
  let mayCreate: Bool

  init(
    _ page: Page<SectionLine>, query: String?, kind: Section.Kind?, period: PeriodID?, isFirst: Bool,
    mayCreate: Bool
  ) {
    rows = page.items.map { line in
      let capacity = line.section.capacity
      return Row(
        path: AcademicsPaths.section(line.section.id), code: line.section.code, title: line.section.title,
        teacher: line.teacher ?? "", seats: capacity.map { "\(line.enrolled) of \($0)" } ?? "\(line.enrolled)",
        isFull: capacity.map { line.enrolled >= $0 } ?? false, room: line.section.room ?? "")
    }
    self.query = query
    self.kind = kind
    self.mayCreate = mayCreate
    let same = AcademicsPaths.sections.query(["q": query, "kind": kind?.rawValue])
    file = AcademicsPaths.sectionsFile.query(
      ["q": query, "kind": kind?.rawValue, "period": period?.description])
    first = isFirst ? nil : same
    next = page.next.map { same.query(["after": $0.description]) }
  }
}

struct SectionListView: View {
  let model: SectionListModel

  var body: HTML {
    PageHeader("Sections") {
      ButtonLink("Export", to: model.file, icon: .download)
      if model.mayCreate { ButtonLink("New section", .primary, to: AcademicsPaths.newSection, icon: .plus) }
    }
    FilterBar(
      "Sections", action: AcademicsPaths.sections, query: model.query, placeholder: "Code or title",
      kept: [("kind", model.kind?.rawValue)], swap: "section-list")
    div(.id("section-list")) {
      if let kind = model.kind {
        FilterChips([.init("Kind", kind.rawValue, without: AcademicsPaths.sections.query(["q": model.query]))])
      }
      if model.rows.isEmpty { empty } else { table }
    }
  }

  private var empty: HTML {
    EmptyState(
      "No sections", icon: .learning,
      reason: model.query == nil && model.kind == nil
        ? "Sections appear here once they are made or imported, and you teach or look after them."
        : "No section matches. Look for another word, or take the filter off."
    ).body
  }

  @HTMLBuilder private var table: HTML {
    DataTable(
      caption: "Sections by code",
      columns: [
        .init("Section"), .init("Title"), .init("Teacher", isNamedOnPhones: true),
        .init("Students", .number, isNamedOnPhones: true), .init("Room", room: .widest),
      ],
      rows: model.rows.map { row in
        DataTable.Row(
          name: row.code, lead: a(.href(row.path)) { row.code },
          cells: [
            HTML(text: row.title), bdi { row.teacher },
            HTML {
              row.seats
              if row.isFull { " \(Badge("Full", .warn))" }
            }, HTML(text: row.room),
          ])
      })
    Pager(
      shown: CountWords.of(model.rows.count, "section shown", "sections shown"), first: model.first,
      next: model.next)
  }
}
