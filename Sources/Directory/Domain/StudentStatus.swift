import Kernel

/// Where a student stands in the life of a school.
public enum StudentStatus: String, Sendable, CaseIterable {
  /// Comes to school.
  case active
  /// Belongs to the school and does not come for the time being, for no reason of the other words.
  case inactive
  /// Finished the school.
  case graduated
  /// May not come for a time.
  case suspended
  /// Away for a time by agreement.
  case onLeave = "on_leave"
  /// Left before the end.
  case withdrawn

  /// What a student may become from here. Who finished or left comes back by becoming active again.
  public var next: Set<StudentStatus> {
    switch self {
    case .active: [.inactive, .graduated, .suspended, .onLeave, .withdrawn]
    case .inactive: [.active, .graduated, .withdrawn]
    case .suspended: [.active, .inactive, .withdrawn]
    case .onLeave: [.active, .inactive, .withdrawn]
    case .graduated, .withdrawn: [.active]
    }
  }

  /// Whether the student belongs to the school.
  public var isEnrolled: Bool { self != .graduated && self != .withdrawn }

  /// Whether becoming `status` has to be explained: leaving, being kept away, and coming back after the end.
  public func needsReason(toBecome status: StudentStatus) -> Bool {
    status == .suspended || status == .withdrawn || !isEnrolled
  }

  /// Checks that a student of this status may become `status`, for `reason`.
  public func change(to status: StudentStatus, because reason: String?) throws(DirectoryProblem) {
    guard next.contains(status) else { throw .statusRefused(from: self, to: status) }
    if needsReason(toBecome: status), reason?.isEmpty ?? true { throw .reasonMissing(status) }
  }

  /// The status in the school's words.
  public var title: String {
    switch self {
    case .active: "Active"
    case .inactive: "Inactive"
    case .graduated: "Graduated"
    case .suspended: "Suspended"
    case .onLeave: "On leave"
    case .withdrawn: "Withdrawn"
    }
  }
}
