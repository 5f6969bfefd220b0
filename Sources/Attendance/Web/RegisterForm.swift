import Academics
import Kernel
import Web

/// What the form of a register posts: for every student a mark, minutes, a note, the version that was read, and what
/// was read (`seen-…`), so that rows nobody touched are told from rows somebody changed.
struct RegisterForm: Sendable {
  /// One student's fields as they were sent.
  struct Row: Sendable, Equatable {
    let key: String
    let letter: String?
    let minutes: String
    let note: String
    let version: Int
    let wasTouched: Bool
  }

  /// The rows in the order sent.
  let rows: [Row]
  /// The letters whose marks take minutes.
  private let lateLetters: Set<String>
  /// Why a locked register is changed.
  let reason: String?

  init(_ form: FormFields) {
    lateLetters = Set(form.all("late"))
    reason = form.filled("reason")
    let values = Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
    let prefix = RegisterList.versionField("")
    rows = form.fields.compactMap { field -> Row? in
      guard field.name.hasPrefix(prefix) else { return nil }
      let key = String(field.name.dropFirst(prefix.count))
      let letter = values[RegisterList.markField(key)].flatMap { $0.isEmpty ? nil : $0 }
      let minutes = values[RegisterList.minutesField(key)] ?? ""
      let note = values[RegisterList.noteField(key)] ?? ""
      let now = Self.seen(letter, minutes, note)
      return Row(
        key: key, letter: letter, minutes: minutes, note: note, version: Int(field.value) ?? 0,
        wasTouched: now != values[Self.seenField(key)] ?? Self.seen(nil, "", ""))
    }
  }

  /// The field that sends back what was read of a row.
  static func seenField(_ key: String) -> String { "seen-\(key)" }

  /// What was read of a row, as one value.
  static func seen(_ letter: String?, _ minutes: String, _ note: String) -> String {
    "\(letter ?? "")/\(minutes)/\(note)"
  }

  /// The rows that were touched, as entries, with their keys in the same order; rows without a student are left out.
  func entries() -> [(key: String, entry: MarkEntry)] {
    rows.compactMap { row in
      guard row.wasTouched, let student = StudentID(row.key) else { return nil }
      let isLate = row.letter.map(lateLetters.contains) ?? false
      // Minutes of a row that is not late are left from before; what is no number is out of range and said so.
      let minutes = isLate ? (row.minutes.isEmpty ? 0 : Int(row.minutes) ?? -1) : 0
      return (
        row.key,
        MarkEntry(
          student: student, letter: row.letter, lateMinutes: minutes, note: row.note.isEmpty ? nil : row.note,
          seen: row.version)
      )
    }
  }
}
