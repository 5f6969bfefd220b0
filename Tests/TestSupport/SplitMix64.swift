import Foundation

/// Randomness that repeats itself for the same seed (Steele, Lea and Flood, 2014): properties say which seed failed.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// What it started from.
  public let seed: UInt64
  private var state: UInt64

  /// The sequence of `seed`.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// A sequence of its own for every run, whose seed is printed; `HOMEROOM_SEED` repeats one.
  public static func printed(for property: String) -> SplitMix64 {
    let given = ProcessInfo.processInfo.environment["HOMEROOM_SEED"].flatMap { UInt64($0) }
    let random = SplitMix64(seed: given ?? UInt64.random(in: 0...999_999_999))
    say("seed \(random.seed) for \(property); HOMEROOM_SEED=\(random.seed) repeats it")
    return random
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A line for whoever watches the tests, beside their results.
func say(_ line: String) {
  FileHandle.standardError.write(Data("\(line)\n".utf8))
}
