public import Kernel
public import Markup
public import Rights
public import Web

/// A way from a section's page into another slice, such as its register of a day. The slices hand theirs to the module.
public struct SectionLink: Sendable {
  let label: String
  let icon: Icon
  let needs: Permission
  let path: @Sendable (SectionID, SchoolDate) -> Path

  /// A link for whoever has a right.
  public init(
    _ label: String, icon: Icon, needs: Permission, path: @escaping @Sendable (SectionID, SchoolDate) -> Path
  ) {
    self.label = label
    self.icon = icon
    self.needs = needs
    self.path = path
  }
}
