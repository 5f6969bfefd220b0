import Foundation

/// What can be wrong with files and folders.
extension DoctorCheck {
  /// A folder or file that nobody but its owner may touch: `mode` is 0o700 or 0o600. The cure sets it.
  ///
  /// One that is not there is a failure, or well where `isOptional` says why it need not be.
  public static func privacy(
    _ name: String, _ title: String, path: String, mode: UInt16, optionally reason: String? = nil
  ) -> DoctorCheck {
    DoctorCheck(name, title) {
      guard let found = try permissions(of: path) else {
        if let reason { return .well(reason) }
        return .failure("\(path) is not there.", cure: "Start homeroom once, or set HOMEROOM_DATA to the right folder.")
      }
      guard found & 0o077 == 0 else {
        return .failure(
          "\(path) has mode \(octal(found)), so others on this machine may read it.",
          cure: "Run: chmod \(octal(mode)) \(path)")
      }
      return .well("Mode \(octal(found)).")
    } fix: {
      try FileManager.default.setAttributes([.posixPermissions: NSNumber(value: mode)], ofItemAtPath: path)
      return "Set mode \(octal(mode))."
    }
  }

  /// Room on the disk that holds `path`: warns below a gigabyte or a twentieth, fails below 100 MB.
  public static func diskSpace(_ path: String) -> DoctorCheck {
    DoctorCheck("disk.space", "Room on the disk") {
      let system = try FileManager.default.attributesOfFileSystem(forPath: path)
      let free = (system[.systemFreeSize] as? NSNumber)?.intValue ?? 0
      let size = (system[.systemSize] as? NSNumber)?.intValue ?? 0
      return room(free: free, of: size)
    }
  }

  /// What so many free bytes of a disk come to.
  static func room(free: Int, of size: Int) -> Finding {
    let words = "\(free / 1_000_000) MB of \(size / 1_000_000) MB are free."
    if free < 100_000_000 { return .failure(words, cure: "Make room now: nothing can be saved on a full disk.") }
    if free < 1_000_000_000 || free < size / 20 { return .warning(words, cure: "Make room, or give it a larger disk.") }
    return .well(words)
  }

  private static func permissions(of path: String) throws -> UInt16? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.uint16Value
  }

  private static func octal(_ mode: UInt16) -> String { "0" + String(mode & 0o777, radix: 8) }
}
