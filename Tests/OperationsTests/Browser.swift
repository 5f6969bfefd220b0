import Jobs
import Kernel
import Markup
import Record
import Rights
import Web
import WebTestSupport

@testable import Operations

extension Library {
  /// Every address of the slice, with a doctor of `checks`.
  func pipeline(checks: [DoctorCheck] = []) -> Pipeline {
    let health = HealthService(database: database, parts: [.init("mail") { .unused }], clock: clock)
    let module = OperationsModule(
      history: service,
      jobs: .init(
        queue,
        scheduler: JobScheduler(
          queue, record: Record(), regular: [RegularJob("sort", kind: "sort", cron: "0 2 * * *")], zone: .utc,
          zones: { $0 == "UTC" ? .utc : nil }), kinds: [JobWords("sort", "Sorting of books") { _ in "/books" }],
        names: { _ in [Self.ben.account ?? .new(at: Self.monday): "Ben"] }),
      system: .init(doctor: Doctor(checks), health: health, version: "1.2.3") { [("Memory", "80 MB")] }, zone: .utc,
      recordPath: { kind, id in kind == "book" ? "/books/\(id)" : nil })
    return Pipeline(
      module.endpoints, site: .bare, authenticator: NamedActors(Library.people), clock: clock,
      settings: .init(isLimited: false)
    )
  }
}

extension Pipeline {
  func get(_ target: String, as who: String?) async -> Outgoing { await send("GET", target, as: who) }

  func post(_ target: String, as who: String?, _ form: [(String, String)] = []) async -> Outgoing {
    await send("POST", target, as: who, form: form)
  }
}

extension Outgoing {
  var location: String? { self["Location"] }

  /// The pieces of a stream as text, at most so many.
  func pieces(_ most: Int = 20) async throws -> [String] {
    guard case .stream(let stream) = body else { return [] }
    var pieces: [String] = []
    for try await piece in stream {
      pieces.append(String(decoding: piece, as: UTF8.self))
      if pieces.count == most { break }
    }
    return pieces
  }
}
