public import Markup

/// Something to press that sends a form.
public struct Button: View {
  /// How a button looks.
  public enum Kind: String, Sendable, CaseIterable {
    /// The one thing to do on the page.
    case primary
    /// Any other thing.
    case plain
    /// Beside others, where borders would shout.
    case quiet
    /// Destroys something.
    case danger
  }

  /// What pressing does.
  public enum Role: Sendable {
    /// Sends the form.
    case submit
    /// Nothing but what the script gives it.
    case button
    /// Sets the form back.
    case reset
  }

  private let label: String
  private let style: ButtonStyle
  private let role: Role
  private let attributes: [Attribute]

  /// A button. `shortcut` is a single key that presses it and stands inside it; `attributes` may add name and value.
  public init(
    _ label: String, _ kind: Kind = .plain, icon: Icon? = nil, shortcut: String? = nil, role: Role = .submit,
    isLarge: Bool = false, isSquare: Bool = false, isDisabled: Bool = false, isBusy: Bool = false,
    _ attributes: Attribute...
  ) {
    self.label = label
    style = ButtonStyle(kind: kind, icon: icon, shortcut: shortcut, isLarge: isLarge, isSquare: isSquare)
    self.role = role
    self.attributes = attributes + [.disabled(isDisabled), .aria("busy", isBusy ? "true" : nil)]
  }

  public var body: HTML {
    let type: Attribute = role == .submit ? .type(.submit) : role == .reset ? .type(.reset) : .type(.button)
    return button(type, .all(style.attributes(label)), .all(attributes)) { style.inside(label) }
  }
}

/// A link that looks like a button: for going somewhere.
public struct ButtonLink: View {
  private let label: String
  private let style: ButtonStyle
  private let path: Path?
  private let attributes: [Attribute]

  /// A link; without a path it is shown switched off.
  public init(
    _ label: String, _ kind: Button.Kind = .plain, to path: Path?, icon: Icon? = nil, shortcut: String? = nil,
    isLarge: Bool = false, isSquare: Bool = false, _ attributes: Attribute...
  ) {
    self.label = label
    style = ButtonStyle(kind: kind, icon: icon, shortcut: shortcut, isLarge: isLarge, isSquare: isSquare)
    self.path = path
    self.attributes = attributes
  }

  public var body: HTML {
    if let path {
      a(.all(style.attributes(label)), .href(path), .all(attributes)) { style.inside(label) }
    } else {
      span(.all(style.attributes(label)), .aria("disabled", "true")) { style.inside(label) }
    }
  }
}

/// What buttons and links that look like buttons have in common.
struct ButtonStyle: Sendable {
  let kind: Button.Kind
  let icon: Icon?
  let shortcut: String?
  let isLarge: Bool
  let isSquare: Bool

  func attributes(_ label: String) -> [Attribute] {
    let shape = isSquare ? "square" : isLarge ? "large" : nil
    return [
      .class("button", kind == .plain ? nil : kind.rawValue, shape), .ariaLabel(isSquare ? label : nil),
      .data("key", shortcut?.lowercased()), .aria("keyshortcuts", shortcut),
    ]
  }

  @HTMLBuilder func inside(_ label: String) -> HTML {
    if let icon, icon != .next || isSquare { icon }
    if !isSquare { label }
    if icon == .next, !isSquare { Icon.next }
    if let shortcut, !isSquare { " \(kbd { shortcut })" }
  }
}
