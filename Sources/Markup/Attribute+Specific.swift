// Attributes of particular elements, forms apart. A nil value leaves the attribute out.
extension Attribute {
  /// Where a link leads, on this site.
  public static func href(_ path: Path) -> Attribute { Attribute("href", path.description) }

  /// Where a link leads, elsewhere.
  public static func href(_ link: WebLink) -> Attribute { Attribute("href", link.description) }

  /// What is loaded, from this site.
  public static func src(_ path: Path) -> Attribute { Attribute("src", path.description) }

  /// How a link, or what it leads to, is related to the page.
  public static func rel(_ rel: String?) -> Attribute { Attribute("rel", rel) }

  /// Offers the target as a file, under this name if it is not empty.
  public static func download(_ name: String = "") -> Attribute {
    Attribute("download", name.isEmpty ? .bare : .text(name))
  }

  /// What a picture shows, in words; empty for decoration.
  public static func alt(_ text: String) -> Attribute { Attribute("alt", text) }

  /// The encoding of the page.
  public static func charset(_ name: String) -> Attribute { Attribute("charset", name) }

  /// The value of a `meta` element.
  public static func content(_ text: String) -> Attribute { Attribute("content", text) }

  /// The header that a `meta` element stands for, such as `refresh`.
  public static func httpEquiv(_ name: StaticString) -> Attribute { Attribute("http-equiv", name.description) }

  /// The media that a style sheet is for.
  public static func media(_ query: String?) -> Attribute { Attribute("media", query) }

  /// A moment or span for machines, as in `2026-09-01`.
  public static func datetime(_ text: String?) -> Attribute { Attribute("datetime", text) }

  /// Shows a disclosure or dialog opened.
  public static func open(_ open: Bool = true) -> Attribute { Attribute("open", if: open) }

  /// Whom a header cell speaks for.
  public static func scope(_ scope: HeaderScope) -> Attribute { Attribute("scope", scope.rawValue) }

  /// Columns that a cell covers.
  public static func colspan(_ count: Int) -> Attribute { Attribute("colspan", count) }

  /// Rows that a cell covers.
  public static func rowspan(_ count: Int) -> Attribute { Attribute("rowspan", count) }

  /// The number of the first item of a list.
  public static func start(_ number: Int) -> Attribute { Attribute("start", number) }

  /// Width, in pixels or user units.
  public static func width(_ width: Int) -> Attribute { Attribute("width", width) }

  /// Height, in pixels or user units.
  public static func height(_ height: Int) -> Attribute { Attribute("height", height) }

  /// Distance of a shape from the start of its picture.
  public static func x(_ x: Int) -> Attribute { Attribute("x", x) }

  /// Distance of a shape from the top of its picture.
  public static func y(_ y: Int) -> Attribute { Attribute("y", y) }

  /// The picture's own coordinates, as in `0 0 20 20`.
  public static func viewBox(_ box: String) -> Attribute { Attribute("viewBox", box) }

  /// How a picture fills a box of another shape.
  public static func preserveAspectRatio(_ rule: String) -> Attribute { Attribute("preserveAspectRatio", rule) }

  /// The outline of a shape.
  public static func d(_ outline: String) -> Attribute { Attribute("d", outline) }

  /// The corners of a line, as in `0,4 10,8`.
  public static func points(_ corners: String) -> Attribute { Attribute("points", corners) }
}

/// Whom a header cell speaks for.
public enum HeaderScope: String, Sendable {
  /// Its row.
  case row
  /// Its column.
  case col
  /// Its group of rows.
  case rowgroup
  /// Its group of columns.
  case colgroup
}
