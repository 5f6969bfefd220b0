import Kernel
import Testing

@testable import Web

@Suite struct `The description of the API` {
  let document = OpenAPI(pipeline().endpoints, version: "1", server: "http://127.0.0.1").document

  @Test func `names every JSON endpoint and no page`() {
    guard case .object(let paths) = document["paths"] else {
      Issue.record("there are no paths")
      return
    }
    #expect(paths.map(\.name) == ["/api/v1/broken", "/api/v1/things", "/api/v1/things/{id}", "/livez"])
  }

  @Test func `refers only to schemas it has`() {
    let text = document.text
    for piece in text.split(separator: "\"#/components/schemas/").dropFirst() {
      let name = String(piece.prefix { $0 != "\"" })
      #expect(document["components"]?["schemas"]?[name] != nil, "\(name) is missing")
    }
  }

  @Test func `says that a change names its version`() {
    let patch = document["paths"]?["/api/v1/things/{id}"]?["patch"]
    #expect(patch?["parameters"]?.array?.contains { $0["name"]?.string == "If-Match" } == true)
    #expect(patch?["responses"]?["412"] != nil && patch?["responses"]?["428"] != nil)
  }
}
