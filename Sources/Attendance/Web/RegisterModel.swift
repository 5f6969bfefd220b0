import Academics
import Kernel
import Markup
import Web

/// The page of a register, ready to be drawn.
struct RegisterModel: Sendable {
  /// Who has which part of the day: what is above the list.
  struct Banner: Sendable, Equatable {
    let title: String
    let text: String
  }

  let title: String
  let about: String
  let state: (label: String, tone: Tone)?
  let action: Path
  let listLabel: String
  let choices: [RegisterList.Choice]
  let rest: RegisterList.Choice
  let lateLetters: [String]
  var rows: [RegisterList.Row]
  /// What was read of each row, for those that had something.
  let seen: [(field: String, value: String)]
  let banner: Banner?
  let isWritable: Bool
  let asksReason: Bool
  var reason: String?
  var reasonError: String?
  var faults: [ErrorSummary.Fault] = []
  var detail: String?

  init(_ sheet: RegisterSheet, studentPath: (StudentID) -> Path) {
    title = "\(sheet.section.code) \(sheet.section.title)"
    about = Self.about(sheet)
    state = Self.state(sheet)
    action = AttendancePaths.register(sheet.key)
    listLabel = "Students of \(sheet.section.code)"
    let choices = sheet.codes.all.map { RegisterList.Choice($0) }
    self.choices = choices
    rest = RegisterList.Choice(sheet.codes.present)
    lateLetters = sheet.codes.all.filter { $0.countsAs == .late }.map(\.letter)
    rows = sheet.lines.map { line in Self.row(line, sheet, choices, studentPath(line.student)) }
    seen = rows.compactMap { row in
      let value = RegisterForm.seen(row.chosen, row.minutes.map(String.init) ?? "", row.note ?? "")
      return value == RegisterForm.seen(nil, "", "") ? nil : (RegisterForm.seenField(row.key), value)
    }
    banner = Self.banner(sheet)
    isWritable = sheet.isWritable && !sheet.lines.isEmpty
    asksReason = sheet.day == .locked && sheet.mayOverride
  }

  /// The same page with what was typed instead of what stands, and with what is wrong about it.
  func explaining(_ problem: Problem, _ form: RegisterForm) -> RegisterModel {
    var model = typed(form)
    model.reason = form.reason
    let keys = form.entries().map(\.key)
    for error in problem.errors {
      let parts = error.pointer.split(separator: "/")
      if parts.first == "marks", parts.count > 1, let index = Int(parts[1]), keys.indices.contains(index),
        let row = model.rows.firstIndex(where: { $0.key == keys[index] })
      {
        model.rows[row].error = error.detail
        model.faults.append(.init("\(model.rows[row].name): \(error.detail)", field: "row-\(row + 1)"))
      } else if error.pointer == "/reason" {
        model.reasonError = error.detail
        model.faults.append(.init(error.detail, field: "reason"))
      } else {
        model.faults.append(.init(error.detail, field: nil))
      }
    }
    if problem.errors.isEmpty { model.detail = problem.detail }
    return model
  }

  /// The page after a save in which some marks clashed: it shows what stands, and says whose it is.
  func showing(_ conflicts: [SavedRegister.NamedConflict], zone: Zone, codes: AttendanceCodes) -> RegisterModel {
    var model = self
    for named in conflicts {
      let wanted = named.conflict.wanted
      guard let row = model.rows.firstIndex(where: { $0.key == wanted.student.description }),
        let mark = named.conflict.standing.mark
      else { continue }
      let theirs = mark.code.flatMap { codes[$0]?.title } ?? "blank"
      let yours = wanted.letter.flatMap { codes.code($0)?.title } ?? "blank"
      let words =
        "\(named.markedBy ?? "Somebody in the office") marked \(theirs.lowercased()) at "
        + "\(MomentWords(zone: zone).time(mark.markedAt)). You marked \(yours.lowercased()), which was not saved."
      model.rows[row].conflict = words
      model.faults.append(.init("\(model.rows[row].name): \(words)", field: "row-\(row + 1)"))
    }
    model.detail = "Everything else was saved."
    return model
  }

  private func typed(_ form: RegisterForm) -> RegisterModel {
    var model = self
    let typed = Dictionary(form.rows.map { ($0.key, $0) }) { first, _ in first }
    for index in model.rows.indices {
      guard let row = typed[model.rows[index].key], row.wasTouched else { continue }
      model.rows[index].chosen = row.letter
      model.rows[index].minutes = Int(row.minutes)
      model.rows[index].note = row.note
      model.rows[index].version = row.version
    }
    return model
  }

  private static func row(
    _ line: RegisterLine, _ sheet: RegisterSheet, _ choices: [RegisterList.Choice], _ path: Path
  ) -> RegisterList.Row {
    let choice = { (code: AttendanceCodeID?) in code.flatMap { sheet.codes[$0] }.map { RegisterList.Choice($0) } }
    var row = RegisterList.Row(key: line.student.description, name: line.name)
    row.path = path
    row.lastMarks = line.lastFive.map(choice)
    let mark = line.standing.mark
    row.chosen = choice(mark?.code)?.value
    row.minutes = mark.flatMap { $0.lateMinutes == 0 ? nil : $0.lateMinutes }
    row.note = mark?.note
    row.version = line.standing.version
    if line.enrolledOn == sheet.key.date {
      row.alert = (.plus, "New today")
    } else if line.enrolledOn == sheet.key.date.adding(days: -1) {
      row.alert = (.plus, "New, joined yesterday")
    }
    return row
  }

  private static func about(_ sheet: RegisterSheet) -> String {
    var parts = [sheet.key.date.longWords]
    if sheet.key.period > 0 { parts.append("period \(sheet.key.period)") }
    if let room = sheet.section.room { parts.append("room \(room)") }
    return parts.joined(separator: ", ") + ". " + CountWords.of(sheet.lines.count, "student", "students") + "."
  }

  private static func state(_ sheet: RegisterSheet) -> (String, Tone)? {
    guard let takenAt = sheet.header?.takenAt else { return sheet.header == nil ? nil : ("Not submitted yet", .warn) }
    let by = sheet.takenBy.map { " by \($0)" } ?? ""
    return ("Submitted \(MomentWords(zone: sheet.zone).time(takenAt))\(by)", .ok)
  }

  private static func banner(_ sheet: RegisterSheet) -> Banner? {
    switch sheet.day {
    case .open:
      return sheet.mayTake
        ? nil : Banner(title: "You can look, not mark.", text: "Another teacher takes this register.")
    case .locked:
      return sheet.mayOverride
        ? Banner(
          title: "This register was locked at midnight.",
          text: "You may still change it. Say why; the teacher's own marks are kept beside yours.")
        : Banner(title: "This register was locked at midnight.", text: "Ask the office to change it.")
    case .notYet:
      return Banner(title: "This register is not open yet.", text: "It opens at the school on that day.")
    }
  }
}

extension RegisterList.Choice {
  /// A code as one chooses it; its shape says what it counts as.
  init(_ code: AttendanceCode) {
    let shape: MarkShape =
      switch code.countsAs {
      case .present: .present
      case .absent: .absent
      case .late: .late
      case .excused, .neutral: .excused
      }
    self.init(value: code.letter, letter: code.letter, label: code.title, shape: shape)
  }
}
