import Kernel
import Web

/// A roster that came with a request: the files of a form, or a body that is one file.
struct ImportUpload {
  /// The most bytes of one upload. Larger rosters come in by `homeroom import`.
  static let limit = 64 * 1024 * 1024

  /// What the form or the query says of the roster.
  static func order(_ call: Call) throws -> ImportOrder {
    let type = (call.incoming.headers["content-type"] ?? "").split(separator: ";").first.map { $0.lowercased() } ?? ""
    guard type == "multipart/form-data" else { return try order(ofBody: call, type) }
    let form = try call.form()
    guard let first = form.files.first else {
      throw Problem.invalid([
        .init(pointer: "/file", code: "REQUIRED", detail: "Choose a CSV file or a zip with the roster.")
      ])
    }
    let files = try files(form.files.map { ($0.name, $0.bytes) })
    return try order(
      first.name, files, school: form.filled("school") ?? call.query("schoolId"),
      source: form.filled("source") ?? call.query("source"), mode: form.filled("mode") ?? call.query("mode"))
  }

  private static func order(ofBody call: Call, _ type: String) throws -> ImportOrder {
    guard ["text/csv", "application/zip", "application/octet-stream"].contains(type) else {
      throw Problem(
        .unsupportedMedia, code: "UNSUPPORTED_MEDIA_TYPE", title: "Not a roster",
        detail: "Send a form with files, or the file itself as text/csv or application/zip.")
    }
    let name = call.query("fileName") ?? (type == "application/zip" ? "roster.zip" : "roster.csv")
    return try order(
      name, try files([(name, call.bytes)]), school: call.query("schoolId"), source: call.query("source"),
      mode: call.query("mode"))
  }

  private static func files(_ uploads: [(name: String, bytes: [UInt8])]) throws -> RosterFiles {
    if uploads.count == 1, let only = uploads.first { return try RosterFiles(upload: only.name, only.bytes) }
    return try RosterFiles(uploads)
  }

  private static func order(
    _ name: String, _ files: RosterFiles, school: String?, source: String?, mode: String?
  ) throws -> ImportOrder {
    var order = ImportOrder(fileName: name, files: files, source: source)
    if let school {
      guard let id = OrgID(school) else { throw Problem.notFound("school") }
      order.school = id
    }
    if let mode {
      guard let word = RosterImport.Mode(rawValue: mode) else {
        throw Problem.invalid([
          .init(pointer: "/mode", code: "UNKNOWN_WORD", detail: "Choose good_rows or all_or_nothing.")
        ])
      }
      order.mode = word
    }
    return order
  }
}
