import Markup

/// Buttons, marks, badges and other small parts.
struct PreviewBasics: View {
  var body: HTML {
    Example("Button", "Four kinds. One primary a page. A key stands inside the button it presses.") {
      Example.row {
        Button("Save", .primary, shortcut: "S", role: .button)
        Button("Export", icon: .download, role: .button)
        Button("Undo", .quiet, role: .button)
        Button("Delete for good", .danger, icon: .trash, role: .button)
        Button("More", icon: .more, role: .button, isSquare: true)
      }
      Example.row {
        Button("Disabled", role: .button, isDisabled: true)
        Button("Saving", .primary, role: .button, isBusy: true)
        Button("Large, once a page", .primary, role: .button, isLarge: true)
        ButtonLink("A link", to: "/preview", icon: .next)
        ButtonLink("A link to nowhere", to: nil)
      }
    }
    Example("Mark", "Letter, shape and colour together; readable in black and white.") {
      ul(.class("legend")) {
        for mark in PreviewSample.marks {
          li {
            MarkSign(mark.letter, mark.shape, isHidden: true)
            mark.label
          }
        }
        li {
          MarkSign("", nil, isHidden: true)
          "Not marked yet"
        }
      }
    }
    Example("Badge, state, avatar", "A badge has an icon when it carries a state.") {
      Example.row {
        for tone in Tone.allCases { Badge(tone == .plain ? "plain" : tone.rawValue, tone) }
        Badge("Custody note", .warn, icon: .shield)
      }
      Example.row {
        StateWord("Done", .ok)
        StateWord("Needs a look", .warn)
        StateWord("Failed", .danger)
        StateWord("Waits", .plain)
      }
      Example.row {
        for student in PreviewSample.students.prefix(5) {
          PersonCell(student.name, key: student.name, path: "/preview", also: student.also)
        }
        Avatar(name: "Zoë Ångström", key: "zoe", isLarge: true)
        Avatar(name: "王小明", key: "wang")
      }
    }
    Example("Menu, tabs", "Native details; Escape closes. Tabs are links: the address carries the state.") {
      Example.row {
        Menu("With this student", opensAtStart: true) {
          MenuLink("Message the family", to: "/preview", icon: .messages)
          MenuLink("Move to another section", to: "/preview", icon: .right)
          hr()
          MenuAction("Delete", to: "/preview", icon: .trash, aside: "30 days to undo")
        }
        Menu("More", icon: .more, isSquare: true, opensAtStart: true) {
          MenuLink("Print", to: "/preview", icon: .print)
        }
      }
      Tabs(
        "Example",
        [
          Tabs.Tab("Overview", path: "/preview", isCurrent: true), Tabs.Tab("Family", path: "/preview"),
          Tabs.Tab("Documents", path: "/preview", count: 6),
        ])
    }
    Example("Notice and toast", "A toast says what was done and offers undo for ten seconds.") {
      Notice("Registers open an hour before the lesson.")
      Notice("214 students imported.", .ok) { "You can undo this until 17 December." }
      Notice("Only one guardian collects.", .warn, icon: .shield) { "Except on Wednesdays." }
      Notice("The register was not saved.", .danger) { "This device is offline. Your marks are kept here." }
      Toast(Flash("3 students moved to 9B.", undo: "/preview"))
    }
    Example("Icons", "Our own set, 20 by 20. Always beside a word, or with a label.") {
      ul(.class("icons")) {
        for icon in Icon.allCases {
          li {
            icon
            span { icon.rawValue }
          }
        }
      }
    }
  }
}

/// Fields in all their states.
struct PreviewForms: View {
  var body: HTML {
    Example("Error summary", "On top, focused; each line leads to its field in the same words.") {
      ErrorSummary([
        ErrorSummary.Fault("Enter a birth date that exists", field: "born"),
        ErrorSummary.Fault("Choose whom to tell", field: "tell"),
      ])
    }
    Example("Field", "Label, hint, control, error. Errors after sending, never while typing.") {
      form(.class("pair"), .method(.post), .action("/preview"), .novalidate()) {
        Field(
          "Family name or only name", name: "family", .line("Nguyễn Thị Minh Anh"), hint: "As the person writes it")
        Field(
          "Birth date", name: "born", .line("29 2 2013"), hint: "For example 31 August 2013",
          error: "Enter a birth date that exists", width: .short)
        Field("First day", name: "first", .date("2026-09-01"), width: .short)
        Field("Places", name: "places", .number("30", min: "1", max: "40"), width: .short)
        Field(
          "Section", name: "section", .select([.init("9a", "9A, 28 of 30"), .init("9b", "9B, full", isChosen: true)]))
        Field("Student number", name: "number", .line("AB-20241369"), isReadOnly: true)
        Field("Year", name: "year", .line("2025/26"), isDisabled: true)
        Field("Note", name: "note", .lines("Sits in front since 17 November.", rows: 3), isOptional: true)
        Field("File", name: "file", .file(accept: ".csv,.zip"))
        Field.email("E-mail", name: "email", value: "ada@example.org")
        Field.password("Password", name: "password", hint: "At least 12 characters")
        RadioGroup(
          "Tell the family", name: "tell",
          [.init("message", "By message", isChosen: true), .init("phone", "By telephone", hint: "The office calls")])
        RadioGroup(
          "Tell the tutor", name: "tutor", [.init("yes", "Yes"), .init("no", "No")], error: "Choose whom to tell")
        TickGroup("Days", name: "days", [.init("mon", "Monday", isChosen: true), .init("tue", "Tuesday")])
        Tick("Quiet hours after 18:00", name: "quiet", isChecked: true, isSwitch: true)
        Tick("I have asked the family", name: "asked", error: "Ask the family first")
      }
    }
    Example("Conflict", "Two people wrote at once: both versions side by side, nothing is lost.") {
      ConflictView(
        who: "Ms Lee saved at 09:40", action: "/preview", version: 8,
        differences: [
          .init(
            name: "phone", label: "Telephone", yours: ("01632 1", "01632 960 144"),
            theirs: ("01632 2", "01632 960 199")),
          .init(name: "bus", label: "Bus", yours: ("", ""), theirs: ("12", "Line 12")),
        ])
    }
  }
}
