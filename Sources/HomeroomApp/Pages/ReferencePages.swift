import Kernel
import Markup
import Operations
import Web

/// The API for people, and what each code of a problem means. Open to anybody, for they tell nothing of anyone.
struct ReferencePages: Sendable {
  private let reference: Reference

  /// The reference of these endpoints.
  init(_ endpoints: [Endpoint], server: String) {
    reference = Reference(of: OpenAPI(endpoints, version: Homeroom.version, server: server).document)
  }

  var endpoints: [Endpoint] {
    [
      .page(
        "/api/docs", "The reference of the API, for people.", .open(because: "it says nothing of anyone"),
        query: [.text("part", max: 60, "The addresses of one part, or `problems` for the codes.")], docs),
      .page(
        "/problems/{code}", "What a code of a problem means.", .open(because: "it says nothing of anyone"), problem),
    ]
  }

  private func docs(_ call: Call) async throws -> Reply {
    guard let name = call.query("part") else {
      return try answer(call, "API") { ReferenceIndexView(reference: reference) }
    }
    if name == "problems" { return try answer(call, "Problems") { ProblemIndexView() } }
    guard let operations = reference.part(name) else { throw Problem.notFound("part of the API") }
    return try answer(call, "API: \(name)") { ReferencePartView(name: name, operations: operations) }
  }

  private func problem(_ call: Call) async throws -> Reply {
    guard let entry = ProblemGuide.find(call.variable("code")) else { throw Problem.notFound("code of a problem") }
    return try answer(call, entry.code) { ProblemEntryView(entry: entry) }
  }

  /// In the frame for whoever has signed in, on a leaf of its own for strangers.
  private func answer(_ call: Call, _ title: String, _ content: () -> some View) throws -> Reply {
    let body = content().body
    guard call.signed != nil else { return call.plainPage(title) { body } }
    return try call.page(title, within: "/api/docs") { body }
  }
}

private let docsPath: Path = "/api/docs"

private struct ReferenceIndexView: View {
  let reference: Reference

  var body: HTML {
    PageHeader("API", about: "Every page has its JSON beside it. Send the token of /api/v1/auth/login as Bearer.") {
      ButtonLink("OpenAPI 3.1", to: "/api/openapi.json", icon: .download)
      ButtonLink("Problems", to: docsPath.query(["part": "problems"]))
    }
    for part in reference.parts {
      Disclosure(part.name, aside: CountWords.of(part.operations.count, "address", "addresses")) {
        ul {
          for operation in part.operations {
            li {
              a(.href(docsPath.query(["part": part.name]).fragment(operation.anchor))) {
                code { "\(operation.method) \(operation.path)" }
              }
              " \(operation.summary)"
            }
          }
        }
      }
    }
  }
}

private struct ReferencePartView: View {
  let name: String
  let operations: [Reference.Operation]

  var body: HTML {
    p { a(.href(docsPath)) { "All of the API" } }
    PageHeader("API: \(name)")
    div(.class("stack")) { for operation in operations { section(operation) } }
  }

  private func section(_ operation: Reference.Operation) -> HTML {
    PageSection("\(operation.method) \(operation.path)", id: operation.anchor) {
      p { operation.summary }
      p(.class("muted")) { operation.access }
      if !operation.parameters.isEmpty { parameters(operation.parameters) }
      if let type = operation.bodyType { sample("Body, \(type)", operation.bodySample) }
      sample(
        "Answer, \(operation.answerStatus)\(operation.answerType.map { ", \($0)" } ?? "")", operation.answerSample)
      Disclosure("Refusals", aside: operation.refusals.map(\.status).joined(separator: ", ")) {
        ul { for refusal in operation.refusals { li { "\(refusal.status): \(refusal.about)" } } }
      }
    }.body
  }

  private func parameters(_ parameters: [Reference.Parameter]) -> HTML {
    DataTable(
      caption: "Parameters", columns: [.init("Name"), .init("In"), .init("Form"), .init("Means")], isPinned: false,
      rows: parameters.map { parameter in
        DataTable.Row(
          name: parameter.name, lead: code { parameter.name },
          cells: [
            HTML(text: parameter.isRequired ? "\(parameter.place), required" : parameter.place),
            HTML(text: parameter.form), HTML(text: parameter.about),
          ])
      }
    ).body
  }

  private func sample(_ heading: String, _ sample: String?) -> HTML {
    guard let sample else { return p(.class("muted")) { heading } }
    return Disclosure(heading) { pre(.tabindex(0)) { code { sample } } }.body
  }
}

private struct ProblemIndexView: View {
  var body: HTML {
    p { a(.href(docsPath)) { "All of the API" } }
    PageHeader("Problems", about: "What each code means, what leads to it, and what to do about it.")
    for chapter in ProblemGuide.chapters {
      PageSection(chapter.title) {
        ul {
          for entry in chapter.entries {
            li {
              a(.href("/problems/\(entry.slug)")) { code { entry.code } }
              " \(entry.cause)"
            }
          }
        }
      }
    }
  }
}

private struct ProblemEntryView: View {
  let entry: ProblemGuide.Entry

  var body: HTML {
    PageHeader(entry.code)
    Facts([.init("What leads to it", entry.cause), .init("What to do", entry.cure)])
    p { a(.href(docsPath.query(["part": "problems"]))) { "All codes" } }
  }
}

extension Reference.Operation {
  /// The id of its section: `get-api-v1-students-id`.
  fileprivate var anchor: String {
    ([method.lowercased()] + path.split { "/{}.".contains($0) }.map(String.init)).joined(separator: "-")
  }
}
