/// How many marks of each sort, and the percentage they make.
public struct AttendanceTally: Sendable, Equatable {
  /// Marks that say present.
  public var present = 0
  /// Marks that say late.
  public var late = 0
  /// Marks that say absent.
  public var absent = 0
  /// Marks that say excused.
  public var excused = 0
  /// Marks that say nothing about being there.
  public var neutral = 0

  /// None yet.
  public init() {}

  /// Counts one more, or several.
  public mutating func count(_ counting: AttendanceCode.Counting, _ times: Int = 1) {
    switch counting {
    case .present: present += times
    case .late: late += times
    case .absent: absent += times
    case .excused: excused += times
    case .neutral: neutral += times
    }
  }

  /// Marks that say the student was there. Late counts as there, after the larger of the two systems that the
  /// percentages come from ("late counts as present for eligibility").
  public var attended: Int { present + late }

  /// Marks that percentages are made of. Excused ones are left out: leave that was given is held neither for nor
  /// against a student, and neutral ones say nothing.
  public var counted: Int { attended + absent }

  /// Attendance in tenths of a percent, 0 to 1,000, rounded half up; nil while there is nothing to count.
  public var perMille: Int? { counted == 0 ? nil : (attended * 2000 + counted) / (counted * 2) }

  /// This and the other together.
  public static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.present += right.present
    sum.late += right.late
    sum.absent += right.absent
    sum.excused += right.excused
    sum.neutral += right.neutral
    return sum
  }
}
