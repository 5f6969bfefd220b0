import Kernel
import Synchronization

/// A walk over a list, school by school and page by page, that ends with its reader: nothing is read ahead.
final class ListWalk: Sendable {
  private struct State {
    var first: [UInt8]?
    var schools: ArraySlice<OrgID?>
    var after: ID<AnyEntity>?
  }

  private let state: Mutex<State>
  private let page: @Sendable (OrgID?, ID<AnyEntity>?) async throws -> Page<[String]>

  /// A walk over the lists of these schools; nil stands for all of them at once.
  init(schools: [OrgID?], page: @escaping @Sendable (OrgID?, ID<AnyEntity>?) async throws -> Page<[String]>) {
    state = Mutex(State(schools: schools[...]))
    self.page = page
  }

  /// What comes before the first row.
  func begin(with bytes: [UInt8]) { state.withLock { $0.first = bytes } }

  /// The next rows as CSV; nil at the end.
  func next() async throws -> [UInt8]? {
    if let first = state.withLock({ $0.first.take() }) { return first }
    while let (school, after) = state.withLock({ state in state.schools.first.map { ($0, state.after) } }) {
      let page = try await page(school, after)
      state.withLock { state in
        state.after = page.next
        if page.next == nil { state.schools = state.schools.dropFirst() }
      }
      guard !page.items.isEmpty else { continue }
      var writer = CSVWriter(header: page.items[0].map { _ in "" })
      _ = writer.takeBytes()
      for row in page.items { writer.append(row) }
      return writer.takeBytes()
    }
    return nil
  }
}
