public import Kernel

/// The fields of a form that a page posted, in their order, and its files.
public struct FormFields: Sendable {
  /// One file of a form.
  public struct File: Sendable {
    /// The field's name.
    public let field: String
    /// The file's name as the browser says, without folders; never used as a path.
    public let name: String
    /// What is in it.
    public let bytes: [UInt8]
  }

  /// The fields in their order.
  public let fields: [(name: String, value: String)]
  /// The files, leaving out inputs where none was chosen.
  public let files: [File]

  /// At most this many fields: a register of 200 students with five fields each.
  static let limit = 2000

  /// Fields made by hand.
  public init(_ fields: [(name: String, value: String)], files: [File] = []) {
    self.fields = fields
    self.files = files
  }

  /// Reads a form's body.
  init(_ body: [UInt8], contentType: String) throws(Problem) {
    let kind = contentType.split(separator: ";").first.map { $0.lowercased() } ?? ""
    switch kind {
    case "application/x-www-form-urlencoded", "":
      guard let text = String(validating: body, as: UTF8.self),
        let pairs = PercentCoding.pairs(text, limit: Self.limit)
      else { throw Self.broken }
      self.init(pairs)
    case "multipart/form-data":
      guard let boundary = Multipart.boundary(in: contentType), let parts = Multipart.parts(of: body, boundary) else {
        throw Self.broken
      }
      var fields: [(name: String, value: String)] = []
      var files: [File] = []
      for part in parts.prefix(Self.limit) {
        if let file = part.file {
          if !file.isEmpty || !part.bytes.isEmpty {
            files.append(File(field: part.name, name: file, bytes: Array(part.bytes)))
          }
        } else {
          guard let value = String(validating: part.bytes, as: UTF8.self) else { throw Self.broken }
          fields.append((part.name, value))
        }
      }
      self.init(fields, files: files)
    default:
      throw Problem(
        .unsupportedMedia, code: "UNSUPPORTED_MEDIA_TYPE", title: "Not a form",
        detail: "Send the form as a browser does.")
    }
  }

  /// The first value of a field; nil when it is missing.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The first value of a field; "" when it is missing.
  public func text(_ name: String) -> String { self[name] ?? "" }

  /// The first value of a field; nil when it is missing or blank.
  public func filled(_ name: String) -> String? {
    guard let value = self[name], value.contains(where: { !$0.isWhitespace }) else { return nil }
    return value
  }

  /// All values of a field: tick boxes of one name.
  public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Whether a tick box is ticked.
  public func isTicked(_ name: String) -> Bool { self[name] != nil }

  /// The identifier in a field; nil when the field is empty. What is no identifier is refused, lest it read as "none".
  public func id<Entity>(_ name: String) throws(Problem) -> ID<Entity>? {
    try Self.choice(text(name), of: name, ID.init)
  }

  /// The identifiers in the tick boxes of one name, refused all together when one is none.
  public func ids<Entity>(_ name: String) throws(Problem) -> [ID<Entity>] {
    var ids: [ID<Entity>] = []
    for text in all(name) { ids += try Self.choice(text, of: name, ID.init).map { [$0] } ?? [] }
    return ids
  }

  /// The word in a field, one of a few; nil when the field is empty. Another word is refused, lest it read as "none".
  public func word<Word: RawRepresentable<String>>(_ name: String) throws(Problem) -> Word? {
    try Self.choice(text(name), of: name, Word.init(rawValue:))
  }

  /// The day in a field; nil when the field is blank.
  public func day(_ name: String) throws(Problem) -> SchoolDate? {
    guard let text = filled(name) else { return nil }
    guard let day = SchoolDate(Text.normalized(text)) else {
      throw .invalid([.init(pointer: "/\(name)", code: "BAD_DATE", detail: "Enter a date such as 2026-09-01.")])
    }
    return day
  }

  /// What was chosen in a field; nil when it is empty, and refused when it is none of the choices.
  public static func choice<Value>(
    _ text: String, of name: String, _ read: (String) -> Value?
  ) throws(Problem) -> Value? {
    guard !text.isEmpty else { return nil }
    guard let value = read(text) else {
      throw .invalid([.init(pointer: "/\(name)", code: "UNKNOWN_WORD", detail: "Choose one of the list.")])
    }
    return value
  }

  private static let broken = Problem(
    .malformed, code: "BAD_FORM", title: "The form cannot be read",
    detail: "The form arrived damaged. Nothing was saved; go back and send it again.")
}
