public import Kernel

/// A list as a file for spreadsheets: the rows of the list on screen, in its order, page by page.
///
/// Nothing is read ahead: the next page is asked for when the reader has taken the last one. Whoever gives the pages
/// notes in the access log whom they show, so that everybody in the file is there.
public struct ListFile<Row: Sendable>: Sendable {
  /// One column: its title, and what stands in it.
  public struct Column: Sendable {
    let title: String
    let value: @Sendable (Row) -> String

    /// A column; an empty field for nil.
    public init(_ title: String, _ value: @escaping @Sendable (Row) -> String?) {
      self.title = title
      self.value = { value($0) ?? "" }
    }
  }

  private let name: String
  private let columns: [Column]

  /// A file of the name, such as `guardians.csv`.
  public init(_ name: String, _ columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  /// The file. What the first page refuses is answered as a problem; a later refusal cuts the file off.
  public func reply(
    _ page: @escaping @Sendable (_ after: ID<AnyEntity>?) async throws -> Page<Row>
  ) async throws -> Reply {
    let walk = ListFileWalk(try await page(nil), CSVWriter(header: columns.map(\.title)), columns)
    let stream = AsyncThrowingStream<[UInt8], any Error> { try await walk.next(page) }
    return .file(name, "text/csv; charset=utf-8", .stream(stream))
  }

  /// The file of a list that is always whole.
  public func reply(_ rows: [Row]) async throws -> Reply { try await reply { _ in Page(items: rows, next: nil) } }
}

/// Where a file is. An actor because the stream may ask from any thread.
private actor ListFileWalk<Row: Sendable> {
  private var waiting: Page<Row>?
  private var after: ID<AnyEntity>?
  private var writer: CSVWriter
  private let columns: [ListFile<Row>.Column]

  init(_ first: Page<Row>, _ writer: CSVWriter, _ columns: [ListFile<Row>.Column]) {
    waiting = first
    self.writer = writer
    self.columns = columns
  }

  /// The next piece; nil at the end.
  func next(_ following: @Sendable (ID<AnyEntity>?) async throws -> Page<Row>) async throws -> [UInt8]? {
    let page: Page<Row>
    if let first = waiting {
      (waiting, page) = (nil, first)
    } else {
      guard let last = after else { return nil }
      page = try await following(last)
    }
    after = page.next
    for row in page.items { writer.append(columns.map { $0.value(row) }) }
    return writer.takeBytes()
  }
}

extension Endpoint {
  /// A list as a file for spreadsheets.
  public static func listFile(
    _ path: String, _ summary: String, _ access: Access, query: [QueryParameter] = [], refusals: [Int] = [],
    _ handler: @escaping @Sendable (Call) async throws -> Reply
  ) -> Endpoint {
    Endpoint(.get, path, summary, access, query: query, answer: .file("text/csv"), refusals: refusals, handler: handler)
  }
}

extension PageRequest {
  /// A page as a file takes it: as large as pages get.
  public static func ofFile(after: ID<AnyEntity>?) -> PageRequest { PageRequest(limit: maximum, after: after) }
}
