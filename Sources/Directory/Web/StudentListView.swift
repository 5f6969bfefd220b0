import Kernel
import Markup
import Web

/// The list of students, ready to be drawn.
struct StudentListModel: Sendable {
  struct Row: Sendable, Equatable {
    let id: String
    let path: Path
    let name: String
    let otherName: String?
    let number: String
    let school: String?
    let grade: String
    let born: String
    let guardian: String
    let status: StudentStatus
  }

  let rows: [Row]
  let address: StudentListAddress
  let schools: [DirectoryService.OrgName]
  let grades: [String]
  let count: RowCount?
  let next: Path?
  let first: Path?
  let mayCreate: Bool
  let mayEdit: Bool
  let showsGuardians: Bool
  var fault: String?

  init(
    _ page: Page<StudentSummary>, address: StudentListAddress, isFirst: Bool, schools: [DirectoryService.OrgName],
    grades: [String], count: RowCount?, mayCreate: Bool, mayEdit: Bool, showsGuardians: Bool
  ) {
    let names = Dictionary(schools.map { ($0.id, $0.name) }) { first, _ in first }
    rows = page.items.map { student in
      Row(
        id: student.id.description, path: DirectoryPaths.student(student.id), name: student.displayName,
        otherName: student.otherName, number: student.number, school: schools.count > 1 ? names[student.school] : nil,
        grade: student.grade ?? "", born: student.birthOn?.words ?? "",
        guardian: student.firstGuardian?.displayName ?? "", status: student.status)
    }
    self.address = address
    self.schools = schools
    self.grades = grades
    self.count = count
    self.mayCreate = mayCreate
    self.mayEdit = mayEdit
    self.showsGuardians = showsGuardians
    first = isFirst ? nil : address.path()
    next = page.next.map { address.path(after: $0) }
  }
}

struct StudentListView: View {
  let model: StudentListModel

  var body: HTML {
    if let fault = model.fault { ErrorSummary([], detail: fault) }
    PageHeader("Students", figure: model.address.filter.isEmpty ? model.count.map(CountWords.figure) : nil) {
      ButtonLink("Export", to: model.address.path(DirectoryPaths.studentsFile), icon: .download)
      if model.mayCreate {
        ButtonLink("New student", .primary, to: DirectoryPaths.newStudent, icon: .plus, shortcut: "N")
      }
    }
    FilterBar(
      "Students", action: DirectoryPaths.students, query: model.address.filter.search,
      placeholder: "Name or number", kept: model.address.items.filter { !asked.contains($0.0) }, swap: "student-list"
    ) {
      menus
    }
    SwapRegion("student-list") {
      chips
      if model.rows.isEmpty { empty } else { list }
    }
  }

  /// Of more schools than these one is found faster in a list that jumps to what is typed than in a menu.
  private static let schoolsOfMenu = 12
  private var hasManySchools: Bool { model.schools.count > Self.schoolsOfMenu }

  /// What the bar asks for by fields that are seen.
  private var asked: Set<String> { hasManySchools ? ["q", "school"] : ["q"] }

  @HTMLBuilder private var menus: HTML {
    if hasManySchools {
      select(.class("input tight"), .name("school"), .ariaLabel("School")) {
        option(.value("")) { "All schools" }
        for school in model.schools {
          option(.value(school.id.description), .selected(school.id == model.address.filter.school)) { school.name }
        }
      }
    } else if model.schools.count > 1 {
      Menu("School", icon: .filter, opensAtStart: true) {
        for school in model.schools {
          MenuLink(school.name, to: atSchool(school.id))
        }
      }
    }
    if !model.grades.isEmpty {
      Menu("Grade", icon: .filter, opensAtStart: true) {
        for grade in model.grades { MenuLink(grade, to: model.address.with { $0.filter.grade = grade }) }
      }
    }
    Menu("Status", icon: .filter, opensAtStart: true) {
      for status in StudentStatus.allCases {
        MenuLink(status.title, to: model.address.with { $0.filter.status = status })
      }
    }
  }

  /// Another school has other year groups.
  private func atSchool(_ school: OrgID) -> Path {
    model.address.with { address in
      address.filter.school = school
      address.filter.grade = nil
    }
  }

  private var chips: HTML {
    let (address, filter) = (model.address, model.address.filter)
    var chips: [FilterChips.Chip] = []
    if let search = filter.search {
      chips.append(.init("Search", search, without: address.with { $0.filter.search = nil }))
    }
    if let school = filter.school, let name = model.schools.first(where: { $0.id == school })?.name {
      chips.append(.init("School", name, without: address.with { $0.filter.school = nil }))
    }
    if let grade = filter.grade {
      chips.append(.init("Grade", grade, without: address.with { $0.filter.grade = nil }))
    }
    if let status = filter.status {
      chips.append(.init("Status", status.title, without: address.with { $0.filter.status = nil }))
    }
    return FilterChips(
      chips, clear: DirectoryPaths.students,
      matches: filter.isEmpty
        ? nil
        : model.count.map { count in
          count == .exactly(1) ? "1 student matches" : "\(CountWords.figure(count)) students match"
        }
    ).body
  }

  private var empty: HTML {
    EmptyState(
      "No students", icon: .people,
      reason: model.address.filter.isEmpty
        ? "Students appear here once they are entered or imported, and you teach or look after them."
        : "Nobody matches. Look for another beginning of a name, or take a filter off."
    ).body
  }

  @HTMLBuilder private var list: HTML {
    if model.mayEdit {
      form(.method(.post), .action(DirectoryPaths.bulk)) {
        for (name, value) in kept { Hidden(name, value) }
        table
        bulk
      }
    } else {
      table
    }
    Pager(
      shown: CountWords.of(model.rows.count, "student shown", "students shown"), first: model.first, next: model.next)
  }

  /// The filter goes along, so that "all that match" means these; `grade` is the name of the field that sets one.
  private var kept: [(String, String?)] {
    model.address.items.filter { $0.0 != "sort" }.map { name, value in
      (name == "grade" || name == "status" ? "\(name)-filter" : name, value)
    }
  }

  private var bulk: HTML {
    let total = model.count.flatMap { $0 == .exactly(model.rows.count) ? nil : CountWords.figure($0) }
    return BulkBar("students", total: total) {
      label {
        span(.class("unseen")) { "Grade" }
        input(
          .class("input tight short"), .type(.text), .name("grade"), .placeholder("Grade"), .autocomplete("off"))
      }
      Button("Set grade", .quiet, .name("do"), .value("grade"))
      Button("On leave", .quiet, .name("do"), .value("on_leave"))
      Button("Graduate", .quiet, .name("do"), .value("graduated"))
      Button("Delete", .quiet, icon: .trash, .name("do"), .value("delete"))
    }.body
  }

  private var table: HTML {
    let (address, order) = (model.address, model.address.order)
    var columns: [DataTable.Column] = [
      .init(
        "Name", sort: address.with { $0.order = order == .name ? .nameDescending : .name },
        order: order == .name ? .ascending : order == .nameDescending ? .descending : nil),
      .init(
        "Number", room: .wide, sort: address.with { $0.order = .number },
        order: order == .number ? .ascending : nil),
    ]
    if model.schools.count > 1 { columns.append(.init("School", room: .widest)) }
    columns += [.init("Grade", isNamedOnPhones: true), .init("Born", .unbroken, room: .widest)]
    if model.showsGuardians { columns.append(.init("First guardian", room: .widest)) }
    columns.append(.init("Status"))
    return DataTable(
      caption: "Students by \(order == .number ? "number" : "name")", columns: columns,
      selection: model.mayEdit ? "ids" : nil,
      rows: model.rows.map { row in
        var cells = [HTML(text: row.number)]
        if model.schools.count > 1 { cells.append(HTML(text: row.school ?? "")) }
        cells += [HTML(text: row.grade), HTML(text: row.born)]
        if model.showsGuardians { cells.append(bdi { row.guardian }) }
        cells.append(
          row.status == .active ? HTML(text: row.status.title) : Badge(row.status.title, row.status.tone).body)
        return DataTable.Row(
          id: row.id, name: row.name,
          lead: PersonCell(row.name, key: row.id, path: row.path, also: row.otherName).body, cells: cells)
      }
    ).body
  }
}
