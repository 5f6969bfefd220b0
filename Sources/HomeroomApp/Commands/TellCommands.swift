import ArgumentParser
import Foundation
import Kernel
import Rights
import Web

/// `homeroom version`
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Says the version.")

  func run() { Console.say("homeroom \(Homeroom.version)") }
}

/// `homeroom settings`
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Says every setting, its value and its default; secrets are not shown.",
    discussion: "Example: homeroom settings --markdown > docs/reference/settings.md")
  @OptionGroup var installation: Installation
  @Flag(help: "The reference page instead of the values.") var markdown = false
  @Flag(help: "Answer in JSON.") var json = false

  func run() throws {
    if markdown { return Console.say(Self.reference) }
    _ = try installation.settings()
    let environment = ProcessInfo.processInfo.environment
    let rows = Settings.entries.map { entry in
      (entry, environment[entry.name].map { entry.isSecret ? "•••" : $0 })
    }
    if json {
      Console.say(
        JSON.object(rows.map { ($0.0.name, $0.1.map(JSON.string) ?? .null) }).text)
    } else {
      for (entry, value) in rows { Console.say("\(entry.name)=\(value ?? "(\(entry.usual))")") }
    }
  }

  /// `docs/reference/settings.md`, tested to be up to date.
  static var reference: String {
    let head = """
      # Settings

      Arguments win over the environment, that over `homeroom.conf` in the data folder (lines `NAME=value`), that over \
      the defaults. All faults are reported together at the start. Made by `homeroom settings --markdown`.

      | Name | Default | Meaning |
      |---|---|---|
      """
    return ([head] + Settings.entries.map { "| `\($0.name)` | \($0.usual) | \($0.about) |" }).joined(separator: "\n")
  }
}

/// `homeroom routes`
struct RoutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routes", abstract: "Says every address with the right it needs.",
    discussion: "Example: homeroom routes --json | jq '.[] | select(.access == \"signed in\")'")
  @Flag(help: "Answer in JSON.") var json = false

  func run() async throws {
    let endpoints = try await Wiring.forDescription().endpoints
      .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
    if json {
      Console.say(
        JSON.array(
          endpoints.map {
            .object([
              ("method", .string($0.method.rawValue)), ("path", .string($0.path)), ("access", .string($0.access.words)),
              ("summary", .string($0.summary)), ("aliases", .array($0.aliases.map(JSON.string))),
            ])
          }
        ).text)
    } else {
      for endpoint in endpoints {
        let method = endpoint.method.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        Console.say("\(method)\(endpoint.path)  [\(endpoint.access.words)]  \(endpoint.summary)")
      }
    }
  }
}

/// `homeroom openapi`
struct OpenAPICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openapi", abstract: "Prints the description of the API (OpenAPI 3.1).",
    discussion: "Example: homeroom openapi > openapi.json")

  func run() async throws {
    let wiring = try await Wiring.forDescription()
    Console.say(OpenAPI(wiring.endpoints, version: Homeroom.version, server: wiring.settings.publicURL).document.text)
  }
}

extension Endpoint.Access {
  /// The access in words.
  var words: String {
    switch self {
    case .open(let reason): "open: \(reason)"
    case .signedIn: "signed in"
    case .needs(let permission): permission.name
    case .needsAny(let permissions): permissions.map(\.name).joined(separator: " or ")
    }
  }
}
