// Text and lists.
/// A paragraph.
public func p(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("p", attributes, content())
}

/// A link.
public func a(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("a", attributes, content())
}

/// Words without a meaning of their own.
public func span(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("span", attributes, content())
}

/// Words that stand out.
public func b(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("b", attributes, content())
}

/// Words that matter.
public func strong(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("strong", attributes, content())
}

/// Words that are stressed.
public func em(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("em", attributes, content())
}

/// Words set off; here also the marks of a register.
public func i(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("i", attributes, content())
}

/// Words that no longer hold.
public func s(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("s", attributes, content())
}

/// Side remarks.
public func small(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("small", attributes, content())
}

/// Words that were searched for.
public func mark(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("mark", attributes, content())
}

/// Words for a machine.
public func code(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("code", attributes, content())
}

/// Text whose line breaks count.
public func pre(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("pre", attributes, content())
}

/// A key to press.
public func kbd(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("kbd", attributes, content())
}

/// A short form.
public func abbr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("abbr", attributes, content())
}

/// Words of unknown direction: every name of a person.
public func bdi(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("bdi", attributes, content())
}

/// Words of somebody.
public func q(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("q", attributes, content())
}

/// Below the line.
public func sub(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("sub", attributes, content())
}

/// Above the line.
public func sup(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("sup", attributes, content())
}

/// A moment, readable by machines.
public func time(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("time", attributes, content())
}

/// A value, readable by machines.
public func data(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("data", attributes, content())
}

/// A passage of somebody.
public func blockquote(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("blockquote", attributes, content())
}

/// A list without order.
public func ul(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("ul", attributes, content())
}

/// A list in order.
public func ol(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("ol", attributes, content())
}

/// An item of a list.
public func li(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("li", attributes, content())
}

/// A list of things to do.
public func menu(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("menu", attributes, content())
}

/// A list of terms and what is said of them.
public func dl(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("dl", attributes, content())
}

/// A term.
public func dt(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("dt", attributes, content())
}

/// What is said of a term.
public func dd(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("dd", attributes, content())
}

/// A line break that belongs to the text. Has no content.
public func br(_ attributes: Attribute...) -> HTML { void("br", attributes) }

/// A place where a word may break. Has no content.
public func wbr(_ attributes: Attribute...) -> HTML { void("wbr", attributes) }

/// A picture. Has no content.
public func img(_ attributes: Attribute...) -> HTML { void("img", attributes) }
