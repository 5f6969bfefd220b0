public import Kernel

/// Identifies an attendance code.
public typealias AttendanceCodeID = ID<AttendanceCode>

/// What a mark can say: a letter, its meaning in words, and what it counts as.
///
/// Present, absent, late and excused are built in and belong to no organisation; a school may add its own, whose letter
/// then stands before a built-in one's.
public struct AttendanceCode: Sendable, Equatable {
  /// What a mark counts as in percentages.
  public enum Counting: String, Sendable, CaseIterable {
    /// There.
    case present
    /// There, after the beginning; takes minutes.
    case late
    /// Not there.
    case absent
    /// Not there, with leave: left out of percentages.
    case excused
    /// Says nothing about being there: left out of percentages.
    case neutral
  }

  /// The code's identity.
  public let id: AttendanceCodeID
  /// How often it has been saved, from 1.
  public let version: Int
  /// The school whose own it is; nil for a built-in one.
  public let org: OrgID?
  /// One or two capital letters: `P`.
  public let letter: String
  /// The meaning in words: `Present`.
  public let title: String
  /// What it counts as.
  public let countsAs: Counting

  /// A code as it stands.
  public init(
    id: AttendanceCodeID, version: Int = 1, org: OrgID? = nil, letter: String, title: String, countsAs: Counting
  ) {
    self.id = id
    self.version = version
    self.org = org
    self.letter = letter
    self.title = title
    self.countsAs = countsAs
  }

  /// Present: `P`.
  public static let present = preset(1, "P", "Present", .present)
  /// Absent: `A`.
  public static let absent = preset(2, "A", "Absent", .absent)
  /// Late: `L`.
  public static let late = preset(3, "L", "Late", .late)
  /// Excused: `E`.
  public static let excused = preset(4, "E", "Excused", .excused)

  /// The built-in codes, in the order in which they are offered. Their identifiers are the same in every installation.
  public static let presets = [present, absent, late, excused]

  private static func preset(_ number: UInt64, _ letter: String, _ title: String, _ countsAs: Counting) -> Self {
    Self(
      id: AttendanceCodeID(high: 0x7000, low: 0x8000_0000_0000_0000 | number), letter: letter, title: title,
      countsAs: countsAs)
  }
}

/// The codes of one school: the built-in ones and its own.
public struct AttendanceCodes: Sendable, Equatable {
  /// The codes in the order in which they are offered.
  public let all: [AttendanceCode]

  /// The built-in codes and a school's own; an own code takes the place of the built-in one with its letter.
  public init(own: [AttendanceCode] = []) {
    let letters = Set(own.map(\.letter))
    all = AttendanceCode.presets.filter { !letters.contains($0.letter) } + own
  }

  /// The code by its identity.
  public subscript(id: AttendanceCodeID) -> AttendanceCode? {
    all.first { $0.id == id } ?? AttendanceCode.presets.first { $0.id == id }
  }

  /// The code by its letter, in either case.
  public func code(_ letter: String) -> AttendanceCode? {
    let letter = letter.uppercased()
    return all.first { $0.letter == letter }
  }

  /// What a blank becomes when the register is submitted.
  public var present: AttendanceCode { all.first { $0.countsAs == .present } ?? .present }
}
