// Tables.
/// A table.
public func table(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("table", attributes, content())
}

/// The name of a table.
public func caption(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("caption", attributes, content())
}

/// Columns that belong together.
public func colgroup(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("colgroup", attributes, content())
}

/// The rows at the head.
public func thead(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("thead", attributes, content())
}

/// The rows.
public func tbody(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("tbody", attributes, content())
}

/// The rows at the foot.
public func tfoot(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("tfoot", attributes, content())
}

/// A row.
public func tr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("tr", attributes, content())
}

/// A cell that names its row or column.
public func th(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("th", attributes, content())
}

/// A cell.
public func td(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("td", attributes, content())
}

/// A column. Has no content.
public func col(_ attributes: Attribute...) -> HTML { void("col", attributes) }
