public import Markup

/// Two people changed the same record: every field that differs, with both values side by side, to choose from.
///
/// It is a form of its own. Each field sends its name with the chosen value; `version` is the newer version, so that
/// saving again succeeds unless a third person was quicker.
public struct ConflictView: View {
  /// One field that differs.
  public struct Difference: Sendable {
    /// The field's name in the form.
    public let name: String
    /// Its label.
    public let label: String
    /// What this person typed: what is sent and what is read.
    public let yours: (value: String, text: String)
    /// What was saved meanwhile: what is sent and what is read.
    public let theirs: (value: String, text: String)

    /// A field with its two values.
    public init(
      name: String, label: String, yours: (value: String, text: String), theirs: (value: String, text: String)
    ) {
      self.name = name
      self.label = label
      self.yours = yours
      self.theirs = theirs
    }
  }

  private let who: String
  private let action: Path
  private let version: Int
  private let differences: [Difference]
  private let kept: [(String, String?)]

  /// The form. `who` says who saved and when, as in "Ms Lee saved at 09:40"; `kept` are the fields on which both agree.
  public init(
    who: String, action: Path, version: Int, differences: [Difference], kept: [(String, String?)] = []
  ) {
    self.who = who
    self.action = action
    self.version = version
    self.differences = differences
    self.kept = kept
  }

  public var body: HTML {
    form(.class("conflict-form"), .method(.post), .action(action)) {
      Notice("\(who) while you were writing.", .warn, icon: .people) {
        "Choose what is right for each field, then save. Nothing of yours is lost."
      }
      Hidden("version", "\(version)")
      for (name, value) in kept { Hidden(name, value) }
      for difference in differences { row(difference) }
      div(.class("actions")) { Button("Save these", .primary) }
    }
  }

  private func row(_ difference: Difference) -> HTML {
    fieldset(.class("field plain")) {
      legend(.class("label strong")) { difference.label }
      div(.class("sides")) {
        side("Yours", difference.name, difference.yours, isChosen: true)
        side("Saved meanwhile", difference.name, difference.theirs, isChosen: false)
      }
    }
  }

  private func side(_ whose: String, _ name: String, _ value: (value: String, text: String), isChosen: Bool) -> HTML {
    label(.class("side tick")) {
      input(.type(.radio), .name(name), .value(value.value), .checked(isChosen))
      span {
        span(.class("also")) { whose }
        b { bdi { value.text.isEmpty ? "(empty)" : value.text } }
      }
    }
  }
}
