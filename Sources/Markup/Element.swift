/// An element with content.
func element(_ tag: StaticString, _ attributes: [Attribute], _ content: HTML = .empty) -> HTML {
  switch content.node {
  case .nothing: HTML(.leaf(tag, attributes, ""))
  case .text(let text): HTML(.leaf(tag, attributes, text))
  default: HTML(.element(tag, attributes, content.node))
  }
}

/// An element that has neither content nor a closing tag.
func void(_ tag: StaticString, _ attributes: [Attribute]) -> HTML { HTML(.void(tag, attributes)) }
