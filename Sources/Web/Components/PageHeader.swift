public import Markup

/// The head of a page: its title, a line about it, and what one can do here. One primary action, and it stands last.
public struct PageHeader: View {
  private let title: HTML
  private let figure: String?
  private let about: HTML
  private let leading: HTML
  private let badges: HTML
  private let actions: HTML

  /// A title with a count beside it (`figure`), such as "Students 1,218", and a line below it.
  public init(
    _ title: String, figure: String? = nil, about: String? = nil, @HTMLBuilder actions: () -> HTML = { .empty }
  ) {
    self.title = HTML(text: title)
    self.figure = figure
    self.about = HTML(text: about ?? "")
    leading = .empty
    badges = .empty
    self.actions = actions()
  }

  /// The head of a person's page: avatar, name, a line about them, and badges.
  public init(
    person name: String, language: String? = nil, key: String, @HTMLBuilder about: () -> HTML = { .empty },
    @HTMLBuilder badges: () -> HTML = { .empty }, @HTMLBuilder actions: () -> HTML = { .empty }
  ) {
    title = bdi(.lang(language)) { name }
    figure = nil
    self.about = about()
    leading = Avatar(name: name, key: key, isLarge: true).body
    self.badges = badges()
    self.actions = actions()
  }

  public var body: HTML {
    div(.class("page-header")) {
      if leading.isEmpty {
        div { words }
      } else {
        div(.class("person head")) {
          leading
          div { words }
        }
      }
      if !actions.isEmpty { div(.class("actions")) { actions } }
    }
  }

  @HTMLBuilder private var words: HTML {
    h1 {
      title
      if let figure { span(.class("figure")) { figure } }
    }
    if !about.isEmpty { p(.class("about")) { about } }
    if !badges.isEmpty { p(.class("badges")) { badges } }
  }
}
