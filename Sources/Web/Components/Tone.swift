/// How things stand. A tone always comes with an icon or words, never as colour alone.
public enum Tone: String, Sendable, CaseIterable {
  /// Nothing to say.
  case plain = ""
  /// Done, or as it should be.
  case ok
  /// Needs a look.
  case warn
  /// Failed, or must not wait.
  case danger
  /// Good to know.
  case info

  /// The icon that says the same without colour.
  var icon: Icon? {
    switch self {
    case .plain: nil
    case .ok: .tickRound
    case .warn: .alert
    case .danger: .stop
    case .info: .info
    }
  }
}
