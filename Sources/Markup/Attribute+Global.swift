// Attributes that any element may carry. A nil value leaves the attribute out.
extension Attribute {
  /// A name for the element, unique on the page.
  public static func id(_ id: String?) -> Attribute { Attribute("id", id) }

  /// The classes, apart by spaces.
  public static func `class`(_ names: String?) -> Attribute { Attribute("class", names) }

  /// Those classes that are there, apart by spaces: `.class("badge", tone)`.
  public static func `class`(_ first: String?, _ second: String?, _ more: String?...) -> Attribute {
    let names = ([first, second] + more).compactMap { $0 }.filter { !$0.isEmpty }
    return Attribute("class", names.isEmpty ? nil : names.joined(separator: " "))
  }

  /// A hint on hovering; never the only place where something is said.
  public static func title(_ text: String?) -> Attribute { Attribute("title", text) }

  /// The language of the content, as a BCP 47 tag.
  public static func lang(_ tag: String?) -> Attribute { Attribute("lang", tag) }

  /// The direction of writing.
  public static func dir(_ direction: WritingDirection) -> Attribute { Attribute("dir", direction.rawValue) }

  /// Takes the element away from everybody, screen readers included.
  public static func hidden(_ hidden: Bool = true) -> Attribute { Attribute("hidden", if: hidden) }

  /// Takes the element and all inside out of reach.
  public static func inert(_ inert: Bool = true) -> Attribute { Attribute("inert", if: inert) }

  /// Where the element stands in the order of tabbing: 0 for its natural place, -1 for focus by script or link only.
  public static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", index) }

  /// The ARIA role.
  public static func role(_ role: String?) -> Attribute { Attribute("role", role) }

  /// An `aria-…` attribute: `.aria("current", "page")`.
  public static func aria(_ name: StaticString, _ value: String?) -> Attribute {
    Attribute(name, value.map(Value.aria) ?? .absent)
  }

  /// An `aria-…` attribute that is true or false, always written.
  public static func aria(_ name: StaticString, is value: Bool) -> Attribute {
    Attribute(name, .aria(value ? "true" : "false"))
  }

  /// What a screen reader calls the element.
  public static func ariaLabel(_ text: String?) -> Attribute { aria("label", text) }

  /// Ids of the elements that describe this one; absent when there are none.
  public static func ariaDescribedBy(_ ids: [String]) -> Attribute {
    aria("describedby", ids.isEmpty ? nil : ids.joined(separator: " "))
  }

  /// Decoration that screen readers skip.
  public static let ariaHidden = aria("hidden", "true")

  /// A `data-…` attribute, read by our own script.
  public static func data(_ name: StaticString, _ value: String?) -> Attribute {
    Attribute(name, value.map(Value.data) ?? .absent)
  }

  /// A `data-…` attribute with an empty value, which is how HTML says "it is so".
  public static func data(_ name: StaticString, if present: Bool = true) -> Attribute {
    Attribute(name, present ? .data("") : .absent)
  }

  /// Checks spelling while typing, or not.
  public static func spellcheck(_ on: Bool) -> Attribute { Attribute("spellcheck", on ? "true" : "false") }

  /// Translated by browsers, or not: names of people are not.
  public static func translate(_ on: Bool) -> Attribute { Attribute("translate", on ? "yes" : "no") }
}

/// The direction of writing.
public enum WritingDirection: String, Sendable {
  /// Left to right.
  case ltr
  /// Right to left.
  case rtl
  /// By the first letter that has a direction: for names and text of people.
  case auto
}
