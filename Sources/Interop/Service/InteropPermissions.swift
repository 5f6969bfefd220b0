public import Rights

extension Permission {
  /// Bring in rosters and take them back.
  public static let manageImports = Permission("imports.manage", "Import rosters and undo imports")
  /// Take lists and rosters out of the installation.
  public static let makeExports = Permission("exports.make", "Export lists and rosters")
}
