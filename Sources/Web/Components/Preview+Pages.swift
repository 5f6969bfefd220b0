import Markup

/// Tables and what stands around them.
struct PreviewLists: View {
  var body: HTML {
    Example("Table", "Before the margin line what finds a row; after it the record. Cards under 640 pixels.") {
      Self.students(Array(PreviewSample.students.prefix(4)))
    }
    Example("Empty", "An empty page says why and what to do.") {
      EmptyState(
        "No lessons on Friday afternoon", icon: .timetable,
        reason: "The school is closed for staff training from 12:50."
      ) { ButtonLink("See next week", to: "/preview") }
    }
  }

  /// The list of an index page with chips, table, bulk bar and pager.
  @HTMLBuilder static func students(
    _ students: [(name: String, also: String?, born: String, guardian: String)]
  ) -> HTML {
    FilterChips(
      [.init("Year", "9", without: "/preview/students"), .init("Status", "enrolled", without: "/preview/students")],
      clear: "/preview/students", matches: "184 students match")
    form(.method(.post), .action("/preview/students")) {
      DataTable(
        caption: "Students of year 9, by name",
        columns: [
          .init("Name", sort: Path("/preview/students").query(["sort": "-name"]), order: .ascending),
          .init("Section", isNamedOnPhones: true, sort: Path("/preview/students").query(["sort": "section"])),
          .init("Born", .unbroken, room: .widest), .init("First guardian", room: .widest),
          .init("Attendance", .number), .init("Notes"), .init("Actions", .actions, room: .wide),
        ],
        selection: "id",
        rows: students.enumerated().map { index, student in
          DataTable.Row(
            id: "\(index)", name: student.name,
            lead: PersonCell(student.name, key: student.name, path: "/people/\(index)", also: student.also).body,
            cells: [
              "9B", HTML(text: student.born), bdi { student.guardian }, "\(99 - index) %",
              index % 5 == 3 ? Badge("Below 92 %", .warn, icon: .flag).body : .empty,
              ButtonLink("Open \(student.name)", .quiet, to: "/people/\(index)", icon: .more, isSquare: true).body,
            ], isSelected: index == 3)
        })
      BulkBar("students", total: "184") {
        Button("Message", .quiet, icon: .messages)
        Button("Move", .quiet, icon: .right)
        Button("Delete", .quiet, icon: .trash)
      }
    }
    Pager(shown: "12 of 184 shown", first: nil, next: Path("/preview/students").query(["after": "c2Ft"]))
  }
}

/// Parts of a record's own page, wizards and dashboards.
struct PreviewRecords: View {
  var body: HTML {
    Example("Figures, tiles", "Exceptions first. A tile filters what stands below it.") {
      Figures([
        .init("Absent today", "41", unit: "of 1,218", more: "96.6 % in"),
        .init("Not explained", "9", more: "2 for the third day"), .init("Registers missing", "3", more: "all reminded"),
      ])
      Tiles([
        .init("Create", icon: .plus, .ok, value: "214", more: "new students", path: "/preview"),
        .init("Unchanged", icon: .check, value: "963", more: "same as here", path: "/preview"),
        .init("Errors", icon: .stop, .danger, value: "7", more: "3 causes", path: "/preview", isCurrent: true),
      ])
    }
    Example("Steps, progress", "Finished steps are ticked. A job says its step, its count and what is left.") {
      Steps(
        [
          ("File", "1,219 rows"), ("Columns", "12 of 14 matched"), ("Check", "nothing written"),
          ("Import", "undo for 30 days"),
        ],
        current: 2)
      JobProgress(title: "Import, 842 of 1,212", state: .running(done: 842, total: 1_212), detail: "about 4 s left")
      JobProgress(id: "job-2", title: "Export", state: .waiting, cancel: "/preview")
      JobProgress(id: "job-3", title: "Backup", state: .done, detail: "42 MB, proved")
      JobProgress(id: "job-4", title: "Import", state: .failed, detail: "The file ended in the middle of row 17.")
    }
    Example("Record", "Summary, timeline and side cards.") {
      PageHeader(person: "Nguyễn Thị Minh Anh", language: "vi", key: "anh") {
        "Called Minh Anh. Section \(a(.href("/preview")) { "9B" }). Born 4 March 2013, 13 years."
      } badges: {
        Badge("Enrolled", .ok)
        Badge("Allergy: peanut", .danger, icon: .heart)
      } actions: {
        ButtonLink("Edit", to: "/preview", icon: .edit)
      }
      PageSection("What happened", aside: "this week", link: { a(.href("/preview")) { "All" } }) {
        Timeline([
          .init(day: "Today", time: "08:52", icon: .attendance, title: { "Present in registration" }, also: { "9B" }),
          .init(
            day: "Mon 16 Nov", time: "17:20", icon: .messages, title: { "Message from \(bdi { "Trần Thị Hương" })" }),
        ])
      }
      Card("School", link: { a(.href("/preview")) { "Edit" } }) {
        Facts([.init("Number", "AB-20241369"), .init("House", nil), .init("Section") { a(.href("/preview")) { "9B" } }])
      }
      Disclosure("How is 83.6 made?", aside: "7 marks", isOpen: true) { p { "19 of 20 × 10 %, 32 of 40 × 15 %." } }
    }
    Example("Day", "The time stands before the margin line.") {
      DayList([
        .init(time: "08:50", until: "09:00", title: "Registration 9B", path: "/preview", moment: .done),
        .init(time: "09:00", until: "09:50", title: "Mathematics 9B", also: "Room 204", moment: .now) {
          ButtonLink("Take register", .primary, to: "/preview/register")
        },
        .init(time: "09:50", title: "Break", moment: .rest),
        .init(time: "10:10", title: "Mathematics 7D", path: "/preview"),
      ])
    }
  }
}
