public import Markup

/// The head of every printed page; not seen on a screen.
public struct PrintLine: View {
  private let line: String

  /// School, year, date and who printed, as one line.
  public init(_ line: String) { self.line = line }

  public var body: HTML { p(.class("print-only print-line")) { line } }
}
