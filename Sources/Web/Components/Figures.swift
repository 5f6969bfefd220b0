public import Markup

/// A row of figures at the head of a page: what, how many, and a word more.
public struct Figures: View {
  /// One figure.
  public struct Figure: Sendable {
    let label: String
    let value: String
    let unit: String?
    let more: String?

    /// A figure, as in "Absent today: 41 of 1,218", with a line below.
    public init(_ label: String, _ value: String, unit: String? = nil, more: String? = nil) {
      self.label = label
      self.value = value
      self.unit = unit
      self.more = more
    }
  }

  private let figures: [Figure]

  /// The figures in their order.
  public init(_ figures: [Figure]) { self.figures = figures }

  public var body: HTML {
    dl(.class("figures")) {
      for figure in figures {
        div {
          dt { figure.label }
          dd(.class("value")) {
            figure.value
            if let unit = figure.unit { " \(small { unit })" }
          }
          if let more = figure.more { dd(.class("more")) { more } }
        }
      }
    }
  }
}

/// A row of tiles that filter what stands below: the outcome of a check, each count a link.
public struct Tiles: View {
  /// One tile.
  public struct Tile: Sendable {
    let label: String
    let icon: Icon
    let tone: Tone
    let value: String
    let more: String?
    let path: Path
    let isCurrent: Bool

    /// A count with its name, a word below, and where it leads.
    public init(
      _ label: String, icon: Icon, _ tone: Tone = .plain, value: String, more: String? = nil, path: Path,
      isCurrent: Bool = false
    ) {
      self.label = label
      self.icon = icon
      self.tone = tone
      self.value = value
      self.more = more
      self.path = path
      self.isCurrent = isCurrent
    }
  }

  private let tiles: [Tile]

  /// The tiles in their order.
  public init(_ tiles: [Tile]) { self.tiles = tiles }

  public var body: HTML {
    div(.class("tiles")) {
      for tile in tiles {
        a(.class("tile"), .href(tile.path), .aria("current", tile.isCurrent ? "true" : nil)) {
          span(.class("state", tile.tone == .plain ? "waits" : tile.tone.rawValue)) {
            tile.icon
            tile.label
          }
          b { tile.value }
          if let more = tile.more { small { more } }
        }
      }
    }
  }
}
