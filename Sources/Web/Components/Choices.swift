public import Markup

/// One of several, all in view: a group of radio buttons under its name.
public struct RadioGroup: View {
  private let label: String
  private let name: String
  private let options: [Field.Option]
  private let hint: String?
  private let error: String?

  /// A group; the id of the first button is the field's name, so an error summary leads there.
  public init(_ label: String, name: String, _ options: [Field.Option], hint: String? = nil, error: String? = nil) {
    self.label = label
    self.name = name
    self.options = options
    self.hint = hint
    self.error = error
  }

  public var body: HTML {
    fieldset(.class("field plain", error == nil ? nil : "wrong"), .all(FieldWords.attributes(name, hint, error))) {
      legend(.class("label strong")) { label }
      FieldWords(name: name, hint: hint, error: error)
      for (index, choice) in options.enumerated() {
        Markup.label(.class("tick")) {
          input(
            .type(.radio), .name(name), .id(index == 0 ? name : "\(name)-\(index)"), .value(choice.value),
            .checked(choice.isChosen))
          span {
            choice.label
            if let hint = choice.hint { span(.class("also")) { hint } }
          }
        }
      }
    }
  }
}

/// A box to tick, or a switch that looks like one of a machine.
public struct Tick: View {
  private let label: String
  private let name: String
  private let value: String
  private let isChecked: Bool
  private let isSwitch: Bool
  private let hint: String?
  private let error: String?

  /// A box that sends `value` when ticked and nothing when not.
  public init(
    _ label: String, name: String, value: String = "on", isChecked: Bool = false, isSwitch: Bool = false,
    hint: String? = nil, error: String? = nil
  ) {
    self.label = label
    self.name = name
    self.value = value
    self.isChecked = isChecked
    self.isSwitch = isSwitch
    self.hint = hint
    self.error = error
  }

  public var body: HTML {
    div(.class("field", error == nil ? nil : "wrong")) {
      Markup.label(.class("tick")) {
        input(
          .type(.checkbox), .name(name), .id(name), .value(value), .checked(isChecked),
          .class(isSwitch ? "toggle" : nil), .role(isSwitch ? "switch" : nil),
          .all(FieldWords.attributes(name, hint, error)))
        label
      }
      FieldWords(name: name, hint: hint, error: error)
    }
  }
}

/// Several boxes under one name: any number of them may be ticked.
public struct TickGroup: View {
  private let label: String
  private let name: String
  private let options: [Field.Option]
  private let hint: String?
  private let error: String?

  /// A group; all boxes send the same name.
  public init(_ label: String, name: String, _ options: [Field.Option], hint: String? = nil, error: String? = nil) {
    self.label = label
    self.name = name
    self.options = options
    self.hint = hint
    self.error = error
  }

  public var body: HTML {
    fieldset(.class("field plain", error == nil ? nil : "wrong"), .all(FieldWords.attributes(name, hint, error))) {
      legend(.class("label strong")) { label }
      FieldWords(name: name, hint: hint, error: error)
      for (index, choice) in options.enumerated() {
        Markup.label(.class("tick")) {
          input(
            .type(.checkbox), .name(name), .id(index == 0 ? name : "\(name)-\(index)"), .value(choice.value),
            .checked(choice.isChosen))
          span {
            choice.label
            if let hint = choice.hint { span(.class("also")) { hint } }
          }
        }
      }
    }
  }
}

/// A value that a form carries along unseen.
public struct Hidden: View {
  private let name: String
  private let value: String?

  /// A value; nil is not sent at all.
  public init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }

  public var body: HTML {
    if let value { input(.type(.hidden), .name(name), .value(value)) }
  }
}
