extension Audience {
  /// What pages call it, from the names of what it names; nil for what is gone.
  public func words(
    org: String? = nil, role: String? = nil, section: String? = nil, person: String? = nil
  ) -> String {
    let org = org ?? "an organisation that is gone"
    let section = section ?? "a section that is gone"
    switch self {
    case .everyone: return "Everyone"
    case .role(_, nil): return "Everyone with the role \(role ?? "that is gone")"
    case .role: return "Everyone with the role \(role ?? "that is gone") at \(org)"
    case .school(_, let group): return "\(group.title) \(group == .everyone ? "at" : "of") \(org)"
    case .section: return "Students and staff of \(section)"
    case .guardiansOfSection: return "Guardians of \(section)"
    case .department(_, let name): return "Department \(name) of \(org)"
    case .person: return person ?? "A person who is gone"
    }
  }
}

extension Audience.Group {
  /// The group in a heading or a choice.
  public var title: String {
    switch self {
    case .everyone: "Everyone"
    case .students: "Students"
    case .guardians: "Guardians"
    case .staff: "Staff"
    }
  }
}
