public import Markup

/// The four shapes a mark can have, so that marks are told apart without colour.
public enum MarkShape: String, Sendable, CaseIterable {
  /// A ring.
  case present
  /// A solid square.
  case absent
  /// A leaf.
  case late
  /// A dashed ring.
  case excused
}

/// A mark as it stands in a register: a letter in its shape.
public struct MarkSign: View {
  private let letter: String
  private let shape: MarkShape?
  private let isHidden: Bool

  /// A mark; without a shape nothing is marked yet. `isHidden` is for signs beside their word.
  public init(_ letter: String, _ shape: MarkShape?, isHidden: Bool = false) {
    self.letter = letter
    self.shape = shape
    self.isHidden = isHidden
  }

  public var body: HTML {
    i(.class("mark", shape?.rawValue ?? "blank"), .when(isHidden, .ariaHidden)) { shape == nil ? "·" : letter }
  }
}
