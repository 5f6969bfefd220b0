public import Markup

/// The students of a register, each with a choice of marks. The radio buttons are the truth; keys, taps and counts are
/// the script's, and sending the form works without it.
public struct RegisterList: View {
  /// A mark one may choose.
  public struct Choice: Sendable, Equatable {
    /// What is sent.
    public let value: String
    /// The letter that is shown and is its key.
    public let letter: String
    /// What a screen reader says.
    public let label: String
    /// Its shape.
    public let shape: MarkShape

    /// A mark.
    public init(value: String, letter: String, label: String, shape: MarkShape) {
      self.value = value
      self.letter = letter
      self.label = label
      self.shape = shape
    }
  }

  /// One student.
  public struct Row: Sendable {
    /// The student, as the fields are named after: `RegisterList.markField(key)` and so on.
    public var key: String
    /// The name as it is called out.
    public var name: String
    /// The language of the name, where it is known.
    public var language: String?
    /// The student's page.
    public var path: Path?
    /// What one should know, with an icon, as in "Dentist, back 10:30".
    public var alert: (icon: Icon, text: String)?
    /// The last marks, the newest last; at most five are shown.
    public var lastMarks: [Choice?] = []
    /// The value of the chosen mark; nil when nothing is marked yet.
    public var chosen: String?
    /// Minutes late.
    public var minutes: Int?
    /// The note.
    public var note: String?
    /// The version of the mark that was read, 0 when there was none.
    public var version: Int = 0
    /// Who changed the mark meanwhile and to what, where that is so.
    public var conflict: String?
    /// What is wrong with what was sent.
    public var error: String?

    /// A student without marks.
    public init(key: String, name: String) {
      self.key = key
      self.name = name
    }
  }

  private let label: String
  private let choices: [Choice]
  private let rows: [Row]
  private let isLocked: Bool

  /// The list. `label` says whose, as in "Students of 9B"; a locked register is shown but not changed.
  public init(_ label: String, choices: [Choice], rows: [Row], isLocked: Bool = false) {
    self.label = label
    self.choices = choices
    self.rows = rows
    self.isLocked = isLocked
  }

  /// The field that sends a student's mark.
  public static func markField(_ key: String) -> String { "mark-\(key)" }
  /// The field that sends the minutes late.
  public static func minutesField(_ key: String) -> String { "minutes-\(key)" }
  /// The field that sends the note.
  public static func noteField(_ key: String) -> String { "note-\(key)" }
  /// The field that sends the version that was read.
  public static func versionField(_ key: String) -> String { "version-\(key)" }

  public var body: HTML {
    ol(.class("register"), .ariaLabel(label), .data("register")) {
      for (index, row) in rows.enumerated() {
        RegisterRow(number: index + 1, row: row, choices: choices, isLocked: isLocked)
      }
    }
  }
}

/// One student of a register.
private struct RegisterRow: View {
  let number: Int
  let row: RegisterList.Row
  let choices: [RegisterList.Choice]
  let isLocked: Bool

  var body: HTML {
    li(.id("row-\(number)"), .data("number", "\(number)"), .class(isDisputed ? "disputed" : nil)) {
      span(.class("number")) { "\(number)" }
      span(.class("name"), .id("name-\(number)")) { name }
      span(.class("marks"), .role("img"), .ariaLabel(lastMarksInWords)) {
        for mark in row.lastMarks.suffix(5) { MarkSign(mark?.letter ?? "", mark?.shape) }
      }
      minutes
      marks
      note
      input(.type(.hidden), .name(RegisterList.versionField(row.key)), .value("\(row.version)"))
      if let error = row.error { trouble(error, .stop) }
      if let conflict = row.conflict { trouble(conflict, .people) }
    }
  }

  private var isDisputed: Bool { row.conflict != nil || row.error != nil }

  @HTMLBuilder private var name: HTML {
    if let path = row.path {
      a(.href(path)) { bdi(.lang(row.language)) { row.name } }
    } else {
      bdi(.lang(row.language)) { row.name }
    }
    if let alert = row.alert {
      span(.class("also")) {
        alert.icon
        alert.text
      }
    }
  }

  private var lastMarksInWords: String {
    row.lastMarks.isEmpty
      ? "No marks yet"
      : "Last \(min(5, row.lastMarks.count)): "
        + row.lastMarks.suffix(5).map { $0?.label.lowercased() ?? "not marked" }.joined(separator: ", ")
  }

  /// Takes the place of the last marks once the student is late.
  private var minutes: HTML {
    label(.class("minutes")) {
      input(
        .class("input tight"), .type(.number), .inputmode("numeric"), .min("0"), .max("600"),
        .name(RegisterList.minutesField(row.key)), .value(row.minutes.map(String.init)), .disabled(isLocked),
        .ariaLabel("Minutes late, \(row.name)"))
      "min"
    }
  }

  private var marks: HTML {
    span(.class("choices"), .role("radiogroup"), .aria("labelledby", "name-\(number)")) {
      for choice in choices {
        label(.class(choice.shape.rawValue)) {
          input(
            .type(.radio), .name(RegisterList.markField(row.key)), .value(choice.value),
            .checked(choice.value == row.chosen), .disabled(isLocked), .ariaLabel(choice.label),
            .data("letter", choice.letter.lowercased()))
          span(.ariaHidden) { choice.letter }
        }
      }
    }
  }

  private var note: HTML {
    details(.class("menu note")) {
      summary(
        .class("button quiet square", row.note?.isEmpty == false ? "written" : nil), .ariaLabel("Note, \(row.name)"),
        .title("Note")
      ) { Icon.edit }
      div(.class("sheet")) {
        label(.class("field")) {
          span(.class("label")) { "Note" }
          input(
            .class("input"), .type(.text), .name(RegisterList.noteField(row.key)), .value(row.note), .maxlength(200),
            .disabled(isLocked), .autocomplete("off"))
        }
      }
    }
  }

  private func trouble(_ words: String, _ icon: Icon) -> HTML {
    p(.class("trouble"), .role("alert")) {
      icon
      words
    }
  }
}

/// The counts of a register for its submit bar; the script keeps them true while one marks.
public struct RegisterTally: View {
  private let counts: [(choice: RegisterList.Choice, count: Int)]
  private let rest: RegisterList.Choice

  /// The exceptions with their counts, then `rest`, the mark that blanks will get.
  public init(choices: [RegisterList.Choice], rows: [RegisterList.Row], rest: RegisterList.Choice) {
    counts = choices.filter { $0 != rest }.map { choice in
      (choice, rows.count { $0.chosen == choice.value })
    }
    self.rest = rest
    total = rows.count
  }

  private let total: Int

  public var body: HTML {
    for (choice, count) in counts {
      span {
        MarkSign(choice.letter, choice.shape, isHidden: true)
        "\(b(.data("tally", choice.value)) { "\(count)" }) \(choice.label.lowercased())"
      }
    }
    span {
      MarkSign(rest.letter, rest.shape, isHidden: true)
      "\(b(.data("tally-rest", rest.value)) { "\(total - counts.reduce(0) { $0 + $1.count })" }) "
      "\(rest.label.lowercased()) when you submit"
    }
  }
}
