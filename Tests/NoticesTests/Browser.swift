import Kernel
import Markup
import Notices
import Web
import WebTestSupport

extension School {
  /// The pages and the API of notices without a server, for the people of the school by their names.
  var pipeline: Pipeline {
    Pipeline(
      NoticesModule(service, zone: .utc, undo: { "/trash/\($0)" }).endpoints, site: .bare,
      authenticator: NamedActors(Dictionary(uniqueKeysWithValues: Self.names.map { ($0, actor($0)) })), clock: clock)
  }
}
