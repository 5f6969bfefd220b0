public import Markup

/// The table of an index page. What stands before the margin line finds a row, what stands after it is the record;
/// under 640 pixels every row becomes a card.
///
/// For selecting, put it into a form together with a `BulkBar` and give every row an `id`.
public struct DataTable: View {
  /// One column.
  public struct Column: Sendable {
    /// What its cells are.
    public enum Kind: Sendable {
      /// Words.
      case text
      /// Figures, set flush at the end.
      case number
      /// Words that must not break, such as a date.
      case unbroken
      /// Buttons at the end of the row.
      case actions
    }

    /// Where a column may be left out for want of room; the record's own page has it all.
    public enum Room: Sendable {
      /// Always there.
      case always
      /// Not on phones.
      case wide
      /// Not on phones, nor under 1,000 pixels.
      case widest
    }

    /// The order of the rows by a column.
    public enum Order: String, Sendable {
      case ascending, descending
    }

    let label: String
    let kind: Kind
    let room: Room
    let isNamedOnPhones: Bool
    let sort: Path?
    let order: Order?

    /// A column. `sort` is the address of the same list sorted by it, or turned round; `order` is set on the one that
    /// sorts the list now. `isNamedOnPhones` writes the label before each cell of a card.
    public init(
      _ label: String, _ kind: Kind = .text, room: Room = .always, isNamedOnPhones: Bool = false, sort: Path? = nil,
      order: Order? = nil
    ) {
      self.label = label
      self.kind = kind
      self.room = room
      self.isNamedOnPhones = isNamedOnPhones
      self.sort = sort
      self.order = order
    }

    var classes: String? {
      let kind: String? =
        switch self.kind {
        case .text: nil
        case .number: "num"
        case .unbroken: "nowrap"
        case .actions: "do"
        }
      let room: String? =
        switch self.room {
        case .always: nil
        case .wide: "away"
        case .widest: "away extra"
        }
      let names = [kind, room].compactMap { $0 }
      return names.isEmpty ? nil : names.joined(separator: " ")
    }
  }

  /// One row.
  public struct Row: Sendable {
    /// What a selection sends; nil for a row that cannot be selected.
    public let id: String?
    /// What a screen reader calls the row, as in "Select Ada Lovelace".
    public let name: String
    /// What stands before the margin line where nothing is selected: a number, a time, a state.
    public let margin: HTML
    /// The first cell, which names the row.
    public let lead: HTML
    /// The other cells, one for each further column.
    public let cells: [HTML]
    /// Selected already.
    public let isSelected: Bool

    /// A row.
    public init(
      id: String? = nil, name: String, margin: HTML = .empty, lead: HTML, cells: [HTML], isSelected: Bool = false
    ) {
      self.id = id
      self.name = name
      self.margin = margin
      self.lead = lead
      self.cells = cells
      self.isSelected = isSelected
    }
  }

  private let caption: String
  private let columns: [Column]
  private let selection: String?
  private let isPinned: Bool
  private let rows: [Row]

  /// A table. `caption` is read but not seen; `selection` is the name under which the ids of selected rows are sent.
  /// The first column is the lead.
  public init(
    caption: String, columns: [Column], selection: String? = nil, isPinned: Bool = true, rows: [Row]
  ) {
    self.caption = caption
    self.columns = columns
    self.selection = selection
    self.isPinned = isPinned
    self.rows = rows
  }

  public var body: HTML {
    table(.class("table cards", isPinned ? "pinned" : nil), .data("rows")) {
      Markup.caption(.class("unseen")) { caption }
      thead {
        tr {
          if selection != nil {
            th(.class("margin"), .scope(.col)) {
              label { input(.type(.checkbox), .data("select-all"), .hidden(), .ariaLabel("Select all on this page")) }
            }
          } else if hasMargin {
            td(.class("margin"))
          }
          for column in columns { head(column) }
        }
      }
      tbody { for row in rows { self.row(row) } }
    }
  }

  private var hasMargin: Bool { selection != nil || rows.contains { !$0.margin.isEmpty } }

  private func head(_ column: Column) -> HTML {
    th(.scope(.col), .class(column.classes), .aria("sort", column.order?.rawValue)) {
      if let sort = column.sort {
        a(.href(sort), .rel("nofollow")) {
          column.label
          if let order = column.order { order == .ascending ? Icon.up : Icon.down }
        }
      } else if column.kind == .actions {
        span(.class("unseen")) { column.label }
      } else {
        column.label
      }
    }
  }

  private func row(_ row: Row) -> HTML {
    tr {
      if let selection {
        td(.class("margin")) {
          if let id = row.id {
            label {
              input(
                .type(.checkbox), .name(selection), .value(id), .checked(row.isSelected),
                .ariaLabel("Select \(row.name)"))
            }
          }
        }
      } else if hasMargin {
        td(.class("margin")) { row.margin }
      }
      th(.class("lead"), .scope(.row)) { row.lead }
      for (column, cell) in zip(columns.dropFirst(), row.cells) {
        td(.class(column.classes), .data("label", column.isNamedOnPhones ? column.label : nil)) { cell }
      }
    }
  }
}
