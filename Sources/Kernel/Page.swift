/// One page asked of a list: how many rows at most, and after which one.
public struct PageRequest: Sendable, Equatable {
  /// Rows at most, 1 to 200.
  public let limit: Int
  /// The identifier of the last row of the page before; nil for the first page.
  public let after: ID<AnyEntity>?
  /// Rows to pass over instead of `after`, 0 to 10,000; for people who know page numbers.
  public let offset: Int

  /// The most rows a page may have.
  public static let maximum = 200
  /// The rows of a page when nobody says.
  public static let usual = 50

  /// A page of a list; the limit is brought into 1 to 200 and the offset into 0 to 10,000.
  public init(limit: Int = PageRequest.usual, after: ID<AnyEntity>? = nil, offset: Int = 0) {
    self.limit = min(max(limit, 1), Self.maximum)
    self.after = after
    self.offset = min(max(offset, 0), 10_000)
  }
}

/// A page of rows, and whether more follow.
public struct Page<Item: Sendable>: Sendable {
  /// The rows.
  public let items: [Item]
  /// The cursor of the next page: the identifier of this page's last row; nil when nothing follows.
  public let next: ID<AnyEntity>?

  /// A page as it is.
  public init(items: [Item], next: ID<AnyEntity>?) {
    self.items = items
    self.next = next
  }

  /// A page from `limit + 1` rows fetched: the row too many only tells that more follow.
  public init(fetched rows: [Item], limit: Int, id: (Item) -> ID<AnyEntity>) {
    items = Array(rows.prefix(limit))
    next = rows.count > limit ? items.last.map(id) : nil
  }

  /// The same page with its rows turned into something else.
  public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(items: try items.map(transform), next: next)
  }
}
