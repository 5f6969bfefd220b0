import Kernel
import Markup
import Web

/// Style, script and icons; the preview of all components; and `/`.
struct AssetPages {
  let isPreview: Bool

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/assets/{name}", "Style, script and icons, by the hash of their content.",
        .open(because: "the sign-in needs them"), cost: .free, answer: .page
      ) { call in
        guard let asset = Asset.find(path: call.incoming.path) else { throw Problem.notFound("page") }
        return Reply(
          headers: [("Content-Type", asset.mediaType), ("Cache-Control", "public, max-age=31536000, immutable")],
          body: .bytes(asset.bytes))
      },
      Endpoint(
        .get, "/", "The first page; `OK` for programs.", .open(because: "the way in, and a runbook's probe"),
        answer: .page
      ) { call in
        let accept = call.incoming.headers["accept"] ?? "*/*"
        guard accept.contains("text/html") else { return .text("OK") }
        return .seeOther(call.signed == nil ? "/login" : "/today")
      },
      Endpoint(
        .get, "/robots.txt", "Asks search engines to stay out.", .open(because: "robots have no account"), cost: .free,
        answer: .page
      ) { _ in .text("User-agent: *\nDisallow: /\n") },
    ]
      + (isPreview
        ? [
          .page("/preview", "Every component, for those who build it.", .open(because: "only served with --preview")) {
            _ in
            .html(previewPage())
          }
        ] : [])
  }
}

/// The description of the API at `/api/openapi.json`.
struct DescriptionAPI {
  private let text: [UInt8]

  init(_ endpoints: [Endpoint], server: String) {
    text = Array(OpenAPI(endpoints, version: Homeroom.version, server: server).document.text.utf8)
  }

  var endpoint: Endpoint {
    Endpoint(
      .get, "/api/openapi.json", "The description of the API (OpenAPI 3.1).",
      .open(because: "it says nothing of anyone"),
      cost: .free, answer: .file("application/json")
    ) { _ in Reply(headers: [("Content-Type", "application/json")], body: .bytes(text)) }
  }
}
