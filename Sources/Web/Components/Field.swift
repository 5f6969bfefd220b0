public import Markup

/// One field of a form: label, hint, control, and what is wrong with it, tied together for screen readers.
///
/// The id of the control is the field's name, so `ErrorSummary` can link to it. A wrong field keeps what was typed.
public struct Field: View {
  /// The control of a field, with what it holds.
  public enum Control: Sendable {
    /// One line of text; `kind` and the other attributes say what may stand in it.
    case line(String?, kind: Attribute.Kind = .text, attributes: [Attribute] = [])
    /// Several lines.
    case lines(String?, rows: Int = 4)
    /// A date as `YYYY-MM-DD`, with its bounds.
    case date(String?, min: String? = nil, max: String? = nil)
    /// A whole number or decimal, with its bounds.
    case number(String?, min: String? = nil, max: String? = nil, step: String? = nil)
    /// One of a list.
    case select([Option])
    /// One of a list whose choices stand in groups.
    case grouped([OptionGroup])
    /// A file of these kinds, as in `.csv,.zip`.
    case file(accept: String?)
  }

  /// One of the choices of a field.
  public struct Option: Sendable, Equatable {
    /// What is sent.
    public let value: String
    /// What is read.
    public let label: String
    /// Says that it is the choice.
    public let isChosen: Bool
    /// A line below the label, in radio groups.
    public let hint: String?

    /// A choice.
    public init(_ value: String, _ label: String, isChosen: Bool = false, hint: String? = nil) {
      self.value = value
      self.label = label
      self.isChosen = isChosen
      self.hint = hint
    }
  }

  /// Choices under a heading.
  public struct OptionGroup: Sendable, Equatable {
    /// The heading; nil for choices that stand alone.
    public let title: String?
    /// The choices.
    public let options: [Option]

    /// A group.
    public init(_ title: String?, _ options: [Option]) {
      self.title = title
      self.options = options
    }
  }

  /// How wide the control is.
  public enum Width: String, Sendable {
    /// As wide as a name.
    case full = ""
    /// As wide as a date.
    case short
    /// As wide as a day with a time.
    case moment
    /// As wide as text is read.
    case wide
  }

  private let label: String
  private let name: String
  private let control: Control
  private let hint: String?
  private let error: String?
  private let width: Width
  private let flags: [Attribute]
  private let isOptional: Bool

  /// A field under its label. Say "optional" where most fields are required, rather than starring the others.
  public init(
    _ label: String, name: String, _ control: Control, hint: String? = nil, error: String? = nil, width: Width = .full,
    isRequired: Bool = false, isOptional: Bool = false, isReadOnly: Bool = false, isDisabled: Bool = false,
    hasFocus: Bool = false
  ) {
    self.label = label
    self.name = name
    self.control = control
    self.hint = hint
    self.error = error
    self.width = width
    self.isOptional = isOptional
    flags = [.required(isRequired), .readonly(isReadOnly), .disabled(isDisabled), .autofocus(hasFocus)]
  }

  public var body: HTML {
    div(.class("field", error == nil ? nil : "wrong")) {
      Markup.label(.for(name)) {
        label
        if isOptional { " \(span(.class("muted")) { "(optional)" })" }
      }
      FieldWords(name: name, hint: hint, error: error)
      input
    }
  }

  private var input: HTML {
    let common = Attribute.all(
      [.class("input", width.rawValue), .id(name), .name(name)] + FieldWords.attributes(name, hint, error) + flags)
    switch control {
    case .line(let value, let kind, let attributes):
      return Markup.input(common, .type(kind), .value(value), .all(attributes))
    case .lines(let value, let rows): return textarea(common, .dir(.auto), .rows(rows), text: value ?? "")
    case .date(let value, let min, let max):
      return Markup.input(common, .type(.date), .value(value), .min(min), .max(max))
    case .number(let value, let min, let max, let step):
      return Markup.input(
        common, .type(.number), .inputmode("decimal"), .value(value), .min(min), .max(max), .step(step))
    case .select(let options): return select(common) { choices(options) }
    case .grouped(let groups):
      return select(common) {
        for group in groups {
          if let title = group.title {
            optgroup(.label(title)) { choices(group.options) }
          } else {
            choices(group.options)
          }
        }
      }
    case .file(let accept): return Markup.input(common, .type(.file), .accept(accept))
    }
  }

  @HTMLBuilder private func choices(_ options: [Option]) -> HTML {
    for choice in options { option(.value(choice.value), .selected(choice.isChosen)) { choice.label } }
  }
}

extension Field {
  /// The e-mail address one signs in with.
  public static func email(_ label: String, name: String, value: String?, error: String? = nil) -> Field {
    Field(
      label, name: name,
      .line(value, kind: .email, attributes: [.autocomplete("username"), .autocapitalize("none"), .spellcheck(false)]),
      error: error, isRequired: true)
  }

  /// A password: never filled in by us, always by password keepers.
  public static func password(
    _ label: String, name: String, isNew: Bool = false, hint: String? = nil, error: String? = nil
  ) -> Field {
    Field(
      label, name: name,
      .line(nil, kind: .password, attributes: [.autocomplete(isNew ? "new-password" : "current-password")]),
      hint: hint, error: error, isRequired: true)
  }
}

/// The hint and the error of a field, and the attributes that tie a control to them.
struct FieldWords: View {
  let name: String
  let hint: String?
  let error: String?

  var body: HTML {
    if let hint { span(.class("hint"), .id("\(name)-hint")) { hint } }
    if let error {
      span(.class("error"), .id("\(name)-error")) {
        Icon.stop
        span {
          span(.class("unseen")) { "Error: " }
          error
        }
      }
    }
  }

  static func attributes(_ name: String, _ hint: String?, _ error: String?) -> [Attribute] {
    let ids = [hint == nil ? nil : "\(name)-hint", error == nil ? nil : "\(name)-error"].compactMap { $0 }
    return [.aria("invalid", error == nil ? nil : "true"), .ariaDescribedBy(ids)]
  }
}
