public import Markup

/// Every component with sample content in all its states, for looking at: served at `/preview` while developing.
///
/// `look` shows the page by day or night, from right to left, or compact.
public func previewPage(look: Look = Look()) -> HTML {
  var shell = ShellModel(title: "Components", path: "/preview")
  shell.look = look
  shell.menu = PreviewSample.menu
  shell.lastMenu = [
    MenuEntry(
      "Admin", icon: .admin, path: "/admin",
      children: [
        MenuChild("School and terms", path: "/admin/school"),
        MenuChild("Components", path: "/preview", isCurrent: true),
      ]),
    MenuEntry("Help", icon: .help, path: "/help"),
  ]
  shell.bottomBar = PreviewSample.bottomBar
  shell.school = PreviewSample.school
  shell.account = AccountBadge(name: "Johanna Lindqvist", role: "Head", key: "johanna")
  shell.search = SearchPaths()
  shell.breadcrumbs = [Crumb("Admin", path: "/admin"), Crumb("Components")]
  shell.flash = Flash("Register submitted: 2 absent, 1 excused, 27 present.", undo: "/preview")
  shell.printLine = "Alder Bay School, 2026/27. Printed Tuesday 17 November 2026, 09:14, by Johanna Lindqvist."
  return PageShell(shell) {
    PageHeader("Components", about: "Every part and state on one page. It doubles as the visual test.") {
      ButtonLink("Students", to: "/preview/students")
      ButtonLink("Register", to: "/preview/register")
    }
    PreviewBasics()
    PreviewForms()
    PreviewLists()
    PreviewRecords()
  }.body
}

/// A page of students, as the index pages have it.
public func previewStudents(look: Look = Look()) -> HTML {
  var shell = ShellModel(title: "Students", path: "/preview/students")
  shell.look = look
  shell.menu = PreviewSample.menu
  shell.bottomBar = PreviewSample.bottomBar
  shell.school = PreviewSample.school
  shell.account = AccountBadge(name: "Miriam Baptiste", role: "Registrar", key: "miriam")
  shell.search = SearchPaths()
  return PageShell(shell) {
    PageHeader("Students", figure: "1,218") {
      ButtonLink("Import", to: "/imports/new", icon: .upload)
      ButtonLink("Export", to: "/exports", icon: .download)
      ButtonLink("New student", .primary, to: "/people/students/new", icon: .plus, shortcut: "N")
    }
    Tabs(
      "Saved views",
      [
        Tabs.Tab("All", path: "/preview/students"),
        Tabs.Tab("Year 9", path: "/preview/students", count: 184, isCurrent: true),
        Tabs.Tab("Leavers", path: "/preview/students"),
      ])
    FilterBar(
      "Students", action: "/preview/students", query: nil, placeholder: "Name, number or guardian", swap: "list"
    ) {
      Menu("Filter", icon: .filter, opensAtStart: true) {
        MenuLink("Section", to: "/preview/students")
        MenuLink("Home language", to: "/preview/students")
      }
    }
    SwapRegion("list") { PreviewLists.students(PreviewSample.students) }
  }.body
}

/// A register to be taken, as teachers have it.
public func previewRegister(look: Look = Look()) -> HTML {
  var shell = ShellModel(title: "Register, 9B Mathematics", path: "/preview/register")
  shell.look = look
  shell.menu = PreviewSample.menu
  shell.bottomBar = PreviewSample.bottomBar
  shell.school = PreviewSample.school
  shell.account = AccountBadge(name: "Amara Okafor", role: "Teacher", key: "amara")
  shell.search = SearchPaths()
  shell.breadcrumbs = [Crumb("Today", path: "/today"), Crumb("Register")]
  return PageShell(shell) {
    PageHeader("9B Mathematics", about: "Tuesday 17 November, period 2, 09:00 to 09:50, room 204. 30 students.") {
      StateWord("Saved 09:03", .ok)
      ButtonLink("Seats", to: "/preview/register", icon: .columns)
    }
    KeyHints([
      (["7"], "go to row"), (["J", "K"], "down, up"), (["P", "A", "L", "E"], "mark and go on"),
      (["L", "12"], "12 minutes late"), (["N"], "note"), (["Z"], "undo"), (["?"], "all keys"),
    ])
    form(.method(.post), .action("/preview/register")) {
      RegisterList("Students of 9B", choices: PreviewSample.marks, rows: PreviewSample.register)
      SubmitBar("Submit register") {
        RegisterTally(choices: PreviewSample.marks, rows: PreviewSample.register, rest: PreviewSample.marks[0])
      }
    }
  }.body
}

/// One line of the preview: a name, a sentence, and the thing itself.
struct Example: View {
  private let name: String
  private let about: String
  private let content: HTML

  init(_ name: String, _ about: String, @HTMLBuilder content: () -> HTML) {
    self.name = name
    self.about = about
    self.content = content()
  }

  var body: HTML {
    section(.class("example")) {
      h2 { name }
      p(.class("small muted")) { about }
      div(.class("show")) { content }
    }
  }

  /// Things beside each other.
  static func row(@HTMLBuilder _ content: () -> HTML) -> HTML { div(.class("row")) { content() } }
}
