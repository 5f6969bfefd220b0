// Pictures drawn with lines, for icons and charts.
/// A picture.
public func svg(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("svg", attributes, content())
}

/// Shapes that belong together.
public func g(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("g", attributes, content())
}

/// A shape from elsewhere.
public func use(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("use", attributes, content())
}

/// A shape for use elsewhere.
public func symbol(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("symbol", attributes, content())
}

/// A rectangle.
public func rect(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("rect", attributes, content())
}

/// A circle.
public func circle(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("circle", attributes, content())
}

/// A straight line.
public func line(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("line", attributes, content())
}

/// An outline.
public func path(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("path", attributes, content())
}

/// A line with corners.
public func polyline(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("polyline", attributes, content())
}

/// A closed line with corners.
public func polygon(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("polygon", attributes, content())
}

/// Words in a picture.
public func text(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("text", attributes, content())
}

/// Some of the words in a picture.
public func tspan(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("tspan", attributes, content())
}
