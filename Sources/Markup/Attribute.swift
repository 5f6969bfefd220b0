/// One attribute of an element, made by the typed functions below: `.href(path)`, `.checked(isPresent)`.
///
/// Addresses take a `Path` or a `WebLink`, never a `String`; `style` and the `on…` handlers do not exist.
public struct Attribute: Sendable {
  /// What stands behind the name, and for two large families before it.
  enum Value: Sendable {
    case absent
    case bare
    case text(String)
    case aria(String)
    case data(String)
    case several([Attribute])
  }

  let name: StaticString
  let value: Value

  init(_ name: StaticString, _ value: Value) {
    self.name = name
    self.value = value
  }

  init(_ name: StaticString, _ text: String?) { self.init(name, text.map(Value.text) ?? .absent) }

  init(_ name: StaticString, _ number: Int?) { self.init(name, number.map { .text(String($0)) } ?? .absent) }

  init(_ name: StaticString, if present: Bool) { self.init(name, present ? .bare : .absent) }
}

extension Attribute {
  /// An attribute that is not written at all.
  public static let absent = Attribute("", Value.absent)

  /// Several attributes that were put together elsewhere.
  public static func all(_ attributes: [Attribute]) -> Attribute { Attribute("", .several(attributes)) }

  /// The attribute if the condition holds, else nothing.
  public static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
    condition ? attribute() : .absent
  }

  /// Any attribute that takes plain text and has no function of its own; absent when the value is nil.
  ///
  /// Names are compile-time literals. Those that would take an address, a style or a script are refused at once.
  public static func attribute(_ name: StaticString, _ value: String?) -> Attribute {
    precondition(isPlain(name.description), "This attribute does not take plain text: \(name)")
    return Attribute(name, value)
  }

  /// Says whether an attribute is one that may carry any text without harm.
  static func isPlain(_ name: String) -> Bool {
    let harmful = [
      "style", "href", "src", "action", "formaction", "srcdoc", "srcset", "data", "poster", "ping", "cite",
      "background", "manifest", "xlink:href",
    ]
    let isName =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
      }
    let lower = name.lowercased()
    return isName && !harmful.contains(lower) && !lower.hasPrefix("on")
  }
}
