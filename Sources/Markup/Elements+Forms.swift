// Forms.
/// Fields that are sent together.
public func form(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("form", attributes, content())
}

/// The name of a field.
public func label(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("label", attributes, content())
}

/// Something to press.
public func button(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("button", attributes, content())
}

/// A choice of one or more.
public func select(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("select", attributes, content())
}

/// Options that belong together.
public func optgroup(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("optgroup", attributes, content())
}

/// One of the choices.
public func option(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("option", attributes, content())
}

/// Proposals for a field.
public func datalist(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("datalist", attributes, content())
}

/// Fields that belong together.
public func fieldset(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("fieldset", attributes, content())
}

/// The name of a fieldset.
public func legend(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("legend", attributes, content())
}

/// The result of what was typed.
public func output(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("output", attributes, content())
}

/// How far something has come.
public func progress(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("progress", attributes, content())
}

/// A measure within known bounds.
public func meter(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("meter", attributes, content())
}

/// A field. Has no content.
public func input(_ attributes: Attribute...) -> HTML { void("input", attributes) }

/// A field of several lines.
///
/// Parsers drop a line break right after the tag, so one more is written where the text starts with one.
public func textarea(_ attributes: Attribute..., text: String) -> HTML {
  element("textarea", attributes, HTML(text: text.first?.isNewline == true ? "\n" + text : text))
}
