public import Markup

/// The steps of a wizard, the finished ones ticked.
public struct Steps: View {
  private let steps: [(name: String, about: String)]
  private let current: Int

  /// The steps by name and a word about each; `current` counts from 0.
  public init(_ steps: [(name: String, about: String)], current: Int) {
    self.steps = steps
    self.current = current
  }

  public var body: HTML {
    ol(.class("steps")) {
      for (index, step) in steps.enumerated() {
        li(.class(index < current ? "done" : nil), .aria("current", index == current ? "step" : nil)) {
          b {
            step.name
            if index < current {
              " \(Icon.check.body)"
              span(.class("unseen")) { "done" }
            }
          }
          step.about
        }
      }
    }
  }
}
