import ArgumentParser
import Directory
import Foundation
import Interop
import Kernel
import Persistence
import Record
import Rights

/// `homeroom export`
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Takes out a list as CSV, or the roster as OneRoster.",
    subcommands: [Students.self, Staff.self, Guardians.self, Sections.self, OneRoster.self])

  struct Students: ListCommand {
    static let configuration = CommandConfiguration(
      commandName: "students", abstract: "Writes the list of students as CSV, safe for spreadsheets.",
      discussion: "Example: homeroom export students --format csv --out students.csv")
    static let list = ExportService.List.students
    @OptionGroup var options: ListOptions
  }

  struct Staff: ListCommand {
    static let configuration = CommandConfiguration(
      commandName: "staff", abstract: "Writes the list of staff and their jobs as CSV, safe for spreadsheets.",
      discussion: "Example: homeroom export staff --format csv --out staff.csv")
    static let list = ExportService.List.staff
    @OptionGroup var options: ListOptions
  }

  struct Guardians: ListCommand {
    static let configuration = CommandConfiguration(
      commandName: "guardians", abstract: "Writes the list of guardians as CSV, safe for spreadsheets.",
      discussion: "Example: homeroom export guardians --format csv --out guardians.csv")
    static let list = ExportService.List.guardians
    @OptionGroup var options: ListOptions
  }

  struct Sections: ListCommand {
    static let configuration = CommandConfiguration(
      commandName: "sections", abstract: "Writes the list of sections as CSV, safe for spreadsheets.",
      discussion: "Example: homeroom export sections --format csv --out sections.csv")
    static let list = ExportService.List.sections
    @OptionGroup var options: ListOptions
  }

  /// `homeroom export oneroster`
  struct OneRoster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "oneroster", abstract: "Writes the roster as a OneRoster 1.2 bulk package.",
      discussion: "Example: homeroom export oneroster --out roster.zip --school ALDER")
    @OptionGroup var installation: Installation
    @Option(help: "The zip to write.") var out: String
    @Option(help: "Code of the only school to export.") var school: String?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
      try await Wiring.with(installation) { wiring in
        let school = try await wiring.school(code: school)
        let package = try await wiring.exports.oneRoster(of: school, by: .system("export"))
        try Data(package.zip).write(to: URL(fileURLWithPath: out))
        if json {
          Console.say(
            JSON.object([
              ("file", .string(out)), ("bytes", .int(package.zip.count)),
              ("leftOut", .array(package.leftOut.prefix(1000).map(\.json))),
            ]).text)
        } else {
          Console.say("\(out): \(package.zip.count) bytes")
          for finding in package.leftOut.prefix(20) { Console.error("\(finding.value ?? ""): \(finding.message)") }
          if package.leftOut.count > 20 { Console.error("… and \(package.leftOut.count - 20) more") }
        }
        if !package.leftOut.isEmpty { throw ExitCode.warnings }
      }
    }
  }
}

/// What the lists have in common.
struct ListOptions: ParsableArguments {
  @OptionGroup var installation: Installation
  @Option(help: "The form of the list: csv.") var format = "csv"
  @Option(help: "The file to write; standard output when nobody says.") var out: String?
  @Option(help: "Code of the only school to export.") var school: String?

  func validate() throws {
    guard format == "csv" else { throw ValidationError("--format takes csv.") }
  }
}

/// A command that writes one list.
protocol ListCommand: AsyncParsableCommand {
  static var list: ExportService.List { get }
  var options: ListOptions { get }
}

extension ListCommand {
  func run() async throws {
    let options = options
    try await Wiring.with(options.installation) { wiring in
      let school = try await wiring.school(code: options.school)
      let stream = try wiring.exports.csv(Self.list, of: school, by: .system("export"))
      guard let out = options.out else {
        for try await piece in stream { FileHandle.standardOutput.write(Data(piece)) }
        return
      }
      guard FileManager.default.createFile(atPath: out, contents: nil), let file = FileHandle(forWritingAtPath: out)
      else {
        Console.error("\(out) cannot be written. Choose another place.")
        throw ExitCode.failed
      }
      for try await piece in stream { try file.write(contentsOf: Data(piece)) }
      try file.close()
    }
  }
}

extension Wiring {
  /// The school with a code; nil when none was named.
  func school(code: String?) async throws -> OrgID? {
    guard let code else { return nil }
    let org = try await ground.database.read { tx in try Roster(record: Record()).organisation(code: code, in: tx) }
    guard let org else {
      throw Problem(
        .notFound, code: "NOT_FOUND", title: "No such school",
        detail: "There is no school with the code \(code). Schools and their codes are on the page Schools.")
    }
    return org.id
  }
}
