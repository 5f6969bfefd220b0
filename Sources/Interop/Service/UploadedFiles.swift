import Kernel

/// Files on their way into the database: what stands in columns of passwords never gets there.
enum UploadedFiles {
  /// The same files with nothing in their columns of passwords. Rows keep their numbers. Files that are no readable CSV
  /// are left out: the reader has refused them if it needs them.
  static func withoutSecrets(_ files: RosterFiles) throws(RosterProblem) -> RosterFiles {
    var clean: [(name: String, bytes: [UInt8])] = []
    for name in files.names {
      // What cannot be read cannot be made safe either.
      guard let bytes = files[name], let reader = try? CSVReader(bytes) else { continue }
      let secret = Set(reader.header.indices.filter { HeaderName(reader.header[$0]).isSecret })
      if secret.isEmpty {
        clean.append((name, bytes))
      } else if let redacted = try? redacted(reader, secret) {  // as above
        clean.append((name, redacted))
      }
    }
    return try RosterFiles(clean)
  }

  /// Reads every row and throws when a file cannot be read on, so that nobody chooses columns of a broken file.
  static func requireReadable(_ files: RosterFiles) throws(RosterProblem) {
    for name in files.names {
      do {
        var reader = try CSVReader(files[name] ?? [])
        while try reader.nextRow() {}
      } catch {
        throw .csv(file: name, error)
      }
    }
  }

  /// A fingerprint of files and their names: 64-bit FNV-1a in hexadecimal.
  static func hash(of files: RosterFiles) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for name in files.names {
      for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      for byte in files[name] ?? [] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return String(hash, radix: 16)
  }

  private static func redacted(_ start: CSVReader, _ secret: Set<Int>) throws(CSVProblem) -> [UInt8] {
    var reader = start
    var bytes: [UInt8] = []
    write(reader.header, separator: start.separator, to: &bytes)
    var line = 1
    while try reader.nextRow() {
      // Blank rows are passed over but counted, so they are kept.
      while line + 1 < reader.row {
        bytes.append(UInt8(ascii: "\n"))
        line += 1
      }
      line = reader.row
      var fields = (0..<reader.fieldCount).map { secret.contains($0) ? "" : reader.text($0) }
      // In a row whose fields have slipped nobody knows which is the password, so only its width is kept.
      if reader.isRagged { fields = ["-"] + fields.dropFirst().map { _ in "" } }
      if reader.isRagged, fields.count > reader.header.count { fields[fields.count - 1] = "-" }
      write(fields, separator: start.separator, to: &bytes)
    }
    return bytes
  }

  private static func write(_ fields: [String], separator: UInt8, to bytes: inout [UInt8]) {
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(separator) }
      let isQuoted = field.utf8.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      if isQuoted { bytes.append(0x22) }
      for byte in field.utf8 {
        if byte == 0x22 { bytes.append(byte) }
        bytes.append(byte)
      }
      if isQuoted { bytes.append(0x22) }
    }
    bytes.append(0x0A)
  }
}

extension ColumnMapping {
  /// The mapping as it is kept with an import.
  var json: JSON {
    let choices = choices.sorted { $0.key.rawValue < $1.key.rawValue }
    return .object([
      ("columns", .object(choices.map { ($0.key.rawValue, .int($0.value.column)) })),
      ("names", .object(choices.map { ($0.key.rawValue, .string(header[$0.value.column])) })),
      ("dateOrder", dateOrder.map { .string($0.rawValue) } ?? .null),
    ])
  }

  /// The mapping that was kept, for a file with this header.
  init(_ json: JSON, header: [String]) throws(RosterProblem) {
    self.init(header: header)
    if case .object(let members)? = json["columns"] {
      for (name, column) in members {
        guard let meaning = Meaning(rawValue: name) else { continue }
        try choose(column.int, for: meaning)
      }
    }
    dateOrder = (json["dateOrder"]?.string).flatMap(DateOrder.init)
  }

  /// Names of columns by meaning, as they were kept with an earlier import.
  static func names(_ json: JSON) -> [Meaning: String] {
    guard case .object(let members)? = json["names"] else { return [:] }
    return members.reduce(into: [:]) { names, member in
      if let meaning = Meaning(rawValue: member.name) { names[meaning] = member.value.string }
    }
  }
}

extension RosterSource {
  /// Everything in the files that will not be kept: columns nobody reads, and those that are understood and have no
  /// place here, such as names to sign in with.
  public var columnsLeftOut: [UnkeptColumn] {
    var left = columnsNotKept
    for file in files.names {
      // A file that cannot be read has no columns to tell of.
      guard let bytes = files[file], let header = try? CSVReader(bytes).header else { continue }
      for name in header where Self.placeless.contains(HeaderName(name).folded) {
        let column = UnkeptColumn(file: file, column: name)
        if !left.contains(column) { left.append(column) }
      }
    }
    return left
  }

  private static let placeless: Set<String> = [
    "username", "enableduser", "usermasteridentifier", "userids", "periods", "schoolyear", "schoolyearsourcedid",
  ]
}
