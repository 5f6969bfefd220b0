/// What the name of a file in a zip may be.
enum ZipName {
  /// The name as text, or a refusal: names are for the eye and for choosing a reader, never for paths, but a name that
  /// tries to lead elsewhere tells enough about the zip.
  static func checked(_ raw: UnsafePointer<CChar>, limits: ZipLimits) throws(ArchiveProblem) -> String {
    guard let name = String(validatingCString: raw) else { throw .badName(shown(String(cString: raw))) }
    guard isAllowed(name, limits: limits) else { throw .badName(shown(name)) }
    return name
  }

  static func isAllowed(_ name: String, limits: ZipLimits) -> Bool {
    let bytes = name.utf8
    guard !bytes.isEmpty, bytes.count <= limits.name, bytes.first != UInt8(ascii: "/") else { return false }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ":") }) else {
      return false
    }
    let levels = name.split(separator: "/", omittingEmptySubsequences: false)
    guard levels.count == 1 || limits.folders else { return false }
    return levels.enumerated().allSatisfy { place, level in
      level != "." && level != ".." && (!level.isEmpty || place == levels.count - 1)
    }
  }

  /// A name fit for a message: at most 60 characters, odd ones replaced.
  static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(60).map { isOdd($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isOdd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}
