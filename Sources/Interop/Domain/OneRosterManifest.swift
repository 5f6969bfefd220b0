/// What `manifest.csv` says of a package: the version, and for each file whether it is there.
struct OneRosterManifest {
  /// Whether it is 1.1, which has the role in users.csv.
  let isVersion11: Bool

  /// Reads and checks the manifest against the files: declared files are there, absent ones are not, none is a delta.
  init(_ files: RosterFiles) throws(RosterProblem) {
    guard let bytes = files["manifest.csv"] else { throw .missingFile("manifest.csv", format: .oneRoster) }
    var properties: [String: String] = [:]
    var reader = try RosterTable.read(bytes, file: "manifest.csv")
    guard reader.header == ["propertyName", "value"] else {
      throw .manifest("The header of manifest.csv must be propertyName,value.")
    }
    do {
      while try reader.nextRow() {
        guard properties.updateValue(reader.text(1), forKey: reader.text(0)) == nil else {
          throw RosterProblem.manifest("manifest.csv says \"\(Self.shown(reader.text(0)))\" twice.")
        }
      }
    } catch let problem as CSVProblem {
      throw .csv(file: "manifest.csv", problem)
    } catch let problem as RosterProblem {
      throw problem
    } catch {
      throw .manifest("manifest.csv cannot be read.")
    }
    try Self.checkVersion(properties)
    isVersion11 = properties["oneroster.version"] == "1.1"
    try Self.checkFiles(properties, files)
  }

  private static func checkVersion(_ properties: [String: String]) throws(RosterProblem) {
    guard properties["manifest.version"] == "1.0" else {
      throw .manifest("manifest.version must be 1.0.")
    }
    // The document level 1.2.1 is written by some instead of the version.
    guard let version = properties["oneroster.version"], ["1.1", "1.2", "1.2.1"].contains(version) else {
      throw .manifest("oneroster.version must be 1.1 or 1.2.")
    }
  }

  private static func checkFiles(_ properties: [String: String], _ files: RosterFiles) throws(RosterProblem) {
    let known = Set(OneRosterColumns.catalogue)
    for (property, value) in properties.sorted(by: { $0.key < $1.key }) {
      if ["manifest.version", "oneroster.version", "source.systemName", "source.systemCode"].contains(property) {
        continue
      }
      guard property.hasPrefix("file."), known.contains(String(property.dropFirst(5))) else {
        throw .manifest("manifest.csv has a property we do not know: \"\(shown(property))\".")
      }
      let file = "\(property.dropFirst(5)).csv"
      switch value {
      case "bulk":
        if files[file] == nil { throw .manifest("manifest.csv promises \(file), which is not there.") }
      case "absent":
        if files[file] != nil { throw .manifest("manifest.csv says that \(file) is absent, but it is there.") }
      case "delta": throw .delta(file: file)
      default: throw .manifest("manifest.csv must say absent, bulk or delta of \(file).")
      }
    }
    for name in OneRosterColumns.catalogue where files["\(name).csv"] != nil && properties["file.\(name)"] == nil {
      throw .manifest("manifest.csv does not say anything of \(name).csv, which is there.")
    }
  }

  private static func shown(_ text: String) -> String { String(text.prefix(60)) }
}
