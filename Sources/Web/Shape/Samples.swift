public import Kernel

/// A believable identifier for the examples of the reference, the same each time.
public func sampleID<Entity>(_ number: UInt64) -> ID<Entity> {
  ID(high: 0x0198_C0DE_0000_7000, low: 0x8000_0000_0000_0000 | number)
}

/// A believable moment for the examples of the reference.
public let sampleMoment = Instant(milliseconds: 1_795_252_440_000)
