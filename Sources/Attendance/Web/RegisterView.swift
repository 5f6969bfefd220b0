import Markup
import Web

/// The register as its page draws it: a form that works without scripts; keys and counts are the script's.
struct RegisterView: View {
  let model: RegisterModel

  var body: HTML {
    ErrorSummary(model.faults, detail: model.detail)
    PageHeader(model.title, about: model.about) {
      if let state = model.state { StateWord(state.label, state.tone) }
    }
    if let banner = model.banner { Notice(banner.title, .warn, icon: .lock) { banner.text } }
    if model.rows.isEmpty {
      EmptyState(
        "Nobody to mark", icon: .people, reason: "Nobody belonged to this section on that day. Enrol students first.")
    } else if model.isWritable {
      writable
    } else {
      list(isLocked: true)
    }
  }

  @HTMLBuilder private var writable: HTML {
    KeyHints([
      (["7"], "go to row"), (["J", "K"], "down, up"), (["P", "A", "L", "E"], "mark and go on"),
      (["L", "12"], "12 minutes late"), (["N"], "note"), (["Z"], "undo"), (["?"], "all keys"),
    ])
    form(.class("register-form"), .method(.post), .action(model.action)) {
      if model.asksReason {
        Field(
          "Why it is changed now", name: "reason", .line(model.reason, attributes: [.maxlength(500)]),
          hint: "Kept in the audit, with your name.", error: model.reasonError, isRequired: true)
      }
      list(isLocked: false)
      for letter in model.lateLetters { Hidden("late", letter) }
      for (field, value) in model.seen { Hidden(field, value) }
      SubmitBar(model.asksReason ? "Save changes" : "Submit register") {
        RegisterTally(choices: model.choices, rows: model.rows, rest: model.rest)
      }
    }
  }

  private func list(isLocked: Bool) -> HTML {
    RegisterList(model.listLabel, choices: model.choices, rows: model.rows, isLocked: isLocked).body
  }
}
