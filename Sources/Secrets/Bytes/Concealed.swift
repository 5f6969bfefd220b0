/// A value that must not be seen in logs: printing it, interpolating it or dumping it shows three dots.
public protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Concealed {
  /// Three dots, whatever the value.
  public var description: String { "•••" }
  /// Three dots, whatever the value.
  public var debugDescription: String { "•••" }
  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Bytes to be kept to oneself: they print as dots and compare in constant time.
///
/// They are not wiped from memory when they go: arrays of Swift may be copied on the way.
public struct SecretBytes: Sendable, Equatable, Concealed {
  /// The bytes themselves. Whoever writes this word knows what they do.
  public let revealed: [UInt8]

  /// Keeps `bytes` to itself.
  public init(_ bytes: [UInt8]) { revealed = bytes }

  /// Whether both are the same, in constant time.
  public static func == (left: Self, right: Self) -> Bool { constantTimeEquals(left.revealed, right.revealed) }
}
