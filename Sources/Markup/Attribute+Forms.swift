// Attributes of forms and their fields. A nil value leaves the attribute out.
extension Attribute {
  /// Where a form goes.
  public static func action(_ path: Path) -> Attribute { Attribute("action", path.description) }

  /// Where a form goes when this button sends it.
  public static func formaction(_ path: Path) -> Attribute { Attribute("formaction", path.description) }

  /// Sends without the browser's own checks, by this button.
  public static func formnovalidate(_ on: Bool = true) -> Attribute { Attribute("formnovalidate", if: on) }

  /// The form, by id, that a field outside it belongs to.
  public static func form(_ id: String?) -> Attribute { Attribute("form", id) }

  /// How a form is sent.
  public static func method(_ method: FormMethod) -> Attribute { Attribute("method", method.rawValue) }

  /// How a form is packed.
  public static func enctype(_ type: FormEncoding) -> Attribute { Attribute("enctype", type.rawValue) }

  /// Leaves checking to the server, whose words are better.
  public static func novalidate(_ on: Bool = true) -> Attribute { Attribute("novalidate", if: on) }

  /// What a group of choices is called.
  public static func label(_ text: String?) -> Attribute { Attribute("label", text) }
  /// The kind of a field, button or script.
  public static func type(_ kind: Kind) -> Attribute { Attribute("type", kind.name.description) }

  /// The name under which a field is sent.
  public static func name(_ name: String?) -> Attribute { Attribute("name", name) }

  /// What a field holds.
  public static func value(_ value: String?) -> Attribute { Attribute("value", value) }

  /// How far a progress bar has come.
  public static func value(_ value: Int) -> Attribute { Attribute("value", value) }

  /// A box or radio that is chosen.
  public static func checked(_ checked: Bool = true) -> Attribute { Attribute("checked", if: checked) }

  /// An option that is chosen.
  public static func selected(_ selected: Bool = true) -> Attribute { Attribute("selected", if: selected) }

  /// A field that cannot be used and is not sent.
  public static func disabled(_ disabled: Bool = true) -> Attribute { Attribute("disabled", if: disabled) }

  /// A field that must be filled.
  public static func required(_ required: Bool = true) -> Attribute { Attribute("required", if: required) }

  /// A field that is shown and sent but not changed.
  public static func readonly(_ readonly: Bool = true) -> Attribute { Attribute("readonly", if: readonly) }

  /// Several files or options at once.
  public static func multiple(_ multiple: Bool = true) -> Attribute { Attribute("multiple", if: multiple) }

  /// Puts the cursor here when the page opens.
  public static func autofocus(_ on: Bool = true) -> Attribute { Attribute("autofocus", if: on) }

  /// The id of the field that a label names.
  public static func `for`(_ id: String) -> Attribute { Attribute("for", id) }

  /// An example inside an empty field; never instead of a label.
  public static func placeholder(_ text: String?) -> Attribute { Attribute("placeholder", text) }

  /// What browsers and password keepers may fill in, as in `email` or `current-password`.
  public static func autocomplete(_ word: String?) -> Attribute { Attribute("autocomplete", word) }

  /// Whether phones write capitals by themselves: `none`, `words`, `sentences`.
  public static func autocapitalize(_ word: String?) -> Attribute { Attribute("autocapitalize", word) }

  /// The keys a phone shows: `numeric`, `decimal`, `tel`, `email`, `search`.
  public static func inputmode(_ word: String?) -> Attribute { Attribute("inputmode", word) }

  /// The most characters a field takes.
  public static func maxlength(_ count: Int?) -> Attribute { Attribute("maxlength", count) }

  /// The fewest characters a field takes.
  public static func minlength(_ count: Int?) -> Attribute { Attribute("minlength", count) }

  /// The least a field takes.
  public static func min(_ value: String?) -> Attribute { Attribute("min", value) }

  /// The most a field takes.
  public static func max(_ value: String?) -> Attribute { Attribute("max", value) }

  /// The most of a progress bar.
  public static func max(_ value: Int) -> Attribute { Attribute("max", value) }

  /// The steps between values.
  public static func step(_ value: String?) -> Attribute { Attribute("step", value) }

  /// A regular expression the whole value must match.
  public static func pattern(_ expression: String?) -> Attribute { Attribute("pattern", expression) }

  /// Kinds of files that are offered, as in `.csv,.zip`.
  public static func accept(_ kinds: String?) -> Attribute { Attribute("accept", kinds) }

  /// Rows of a text area.
  public static func rows(_ count: Int) -> Attribute { Attribute("rows", count) }

  /// Width of a field in characters.
  public static func size(_ count: Int?) -> Attribute { Attribute("size", count) }

  /// The id of a list of proposals.
  public static func list(_ id: String?) -> Attribute { Attribute("list", id) }
}

extension Attribute {
  /// The kind of a field, a button or a script.
  public struct Kind: Sendable {
    let name: StaticString

    init(_ name: StaticString) { self.name = name }

    /// One line of text.
    public static let text = Kind("text")
    /// A search field.
    public static let search = Kind("search")
    /// An e-mail address.
    public static let email = Kind("email")
    /// A telephone number.
    public static let tel = Kind("tel")
    /// An address on the web.
    public static let url = Kind("url")
    /// Hidden while it is typed.
    public static let password = Kind("password")
    /// A number with steps.
    public static let number = Kind("number")
    /// A date.
    public static let date = Kind("date")
    /// A time of day.
    public static let time = Kind("time")
    /// A date and a time of day, in no zone.
    public static let moment = Kind("datetime-local")
    /// A month of a year.
    public static let month = Kind("month")
    /// A box to tick.
    public static let checkbox = Kind("checkbox")
    /// One of several.
    public static let radio = Kind("radio")
    /// Files.
    public static let file = Kind("file")
    /// Sent but not shown.
    public static let hidden = Kind("hidden")
    /// Sends the form.
    public static let submit = Kind("submit")
    /// Does nothing by itself.
    public static let button = Kind("button")
    /// Sets the form back to how it came.
    public static let reset = Kind("reset")
    /// A picture made of lines.
    public static let svg = Kind("image/svg+xml")
    /// A script with imports.
    public static let module = Kind("module")
  }
}

/// How a form is sent.
public enum FormMethod: String, Sendable {
  /// In the address: for asking.
  case get
  /// In the body: for changing.
  case post
  /// To the dialog around it.
  case dialog
}

/// How a form is packed.
public enum FormEncoding: String, Sendable {
  /// As in an address, the default.
  case form = "application/x-www-form-urlencoded"
  /// In parts, needed for files.
  case multipart = "multipart/form-data"
}
