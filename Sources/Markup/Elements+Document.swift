// The page itself and its large parts.
/// The whole page.
public func html(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("html", attributes, content())
}

/// What the page says about itself.
public func head(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("head", attributes, content())
}

/// The name of the page, or of a picture.
public func title(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("title", attributes, content())
}

/// What the page shows.
public func body(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("body", attributes, content())
}

/// What stands at the top of a page or section.
public func header(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("header", attributes, content())
}

/// A group of links to go by.
public func nav(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("nav", attributes, content())
}

/// What the page is about; once a page.
public func main(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("main", attributes, content())
}

/// A part with a heading.
public func section(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("section", attributes, content())
}

/// A part that makes sense alone.
public func article(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("article", attributes, content())
}

/// What stands beside the matter.
public func aside(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("aside", attributes, content())
}

/// What stands at the end.
public func footer(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("footer", attributes, content())
}

/// A block without a meaning of its own.
public func div(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("div", attributes, content())
}

/// The heading of the page.
public func h1(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("h1", attributes, content())
}

/// The heading of a section.
public func h2(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("h2", attributes, content())
}

/// The heading of a part of a section.
public func h3(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("h3", attributes, content())
}

/// The heading of a smaller part.
public func h4(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("h4", attributes, content())
}

/// Markup that a script copies.
public func template(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("template", attributes, content())
}

/// Shown where scripts do not run.
public func noscript(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("noscript", attributes, content())
}

/// A window within the page.
public func dialog(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("dialog", attributes, content())
}

/// What can be opened.
public func details(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("details", attributes, content())
}

/// What opens the details around it.
public func summary(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("summary", attributes, content())
}

/// A picture or table with its caption.
public func figure(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("figure", attributes, content())
}

/// The caption of a figure.
public func figcaption(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("figcaption", attributes, content())
}

/// A group of fields to search by.
public func search(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("search", attributes, content())
}

/// How to reach somebody.
public func address(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .empty }) -> HTML {
  element("address", attributes, content())
}

/// A fact about the page. Has no content.
public func meta(_ attributes: Attribute...) -> HTML { void("meta", attributes) }

/// A change of subject. Has no content.
public func hr(_ attributes: Attribute...) -> HTML { void("hr", attributes) }

/// Something the page needs, such as its style sheet. Has no content.
public func link(_ attributes: Attribute...) -> HTML { void("link", attributes) }

/// A script from this site. There is no script inside a page: the content policy would refuse it.
public func script(src: Path, type: Attribute.Kind = .module) -> HTML {
  element("script", [.type(type), .src(src)])
}

extension HTML {
  /// The first line of every page.
  public static let doctype = HTML(.trusted("<!doctype html>"))
}
