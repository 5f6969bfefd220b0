public import Kernel
public import Rights

/// A set of permissions with a name, each with how far it reaches. A person's roles unite.
///
/// A role is edited as one thing, the table on its page, and so is one row with one version: two people who change it
/// at once hear of each other.
public struct Role: Sendable, Equatable {
  /// Its identity.
  public let id: RoleID
  /// How often it has been saved.
  public var version: Int
  /// The preset it came from, such as `registrar`; nil for roles a school made.
  public var code: String?
  /// Its name.
  public var name: String
  /// What it is for, in a sentence.
  public var about: String
  /// The one role that has every permission there is, also those of parts that are added later. It cannot be edited.
  public let isAdministrator: Bool
  /// How far each permission reaches, by the permission's name.
  public var grants: [String: Scope]

  /// A role; new ones are version 1.
  public init(
    id: RoleID, version: Int = 1, code: String? = nil, name: String, about: String = "", isAdministrator: Bool = false,
    grants: [String: Scope]
  ) {
    self.id = id
    self.version = version
    self.code = code
    self.name = name
    self.about = about
    self.isAdministrator = isAdministrator
    self.grants = grants
  }

  /// The grants as they are stored: `attendance.take:sections students.view:school`, in order of their names.
  var grantsText: String {
    grants.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.rawValue)" }.joined(separator: " ")
  }

  /// Reads what `grantsText` wrote.
  static func grants(from text: String) throws -> [String: Scope] {
    var grants: [String: Scope] = [:]
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ":")
      guard parts.count == 2, let scope = Scope(rawValue: String(parts[1])) else {
        throw Bug("\"\(word)\" is no grant of a role")
      }
      grants[String(parts[0])] = scope
    }
    return grants
  }
}

/// A role given to an account, at an organisation and for a time.
public struct RoleAssignment: Sendable, Equatable {
  /// Its identity.
  public let id: ID<RoleAssignment>
  /// How often it has been saved.
  public var version: Int
  /// Who has it.
  public let account: AccountID
  /// What they have.
  public let role: RoleID
  /// Where; nil for the whole installation.
  public let org: OrgID?
  /// The first day it counts; nil for always.
  public var firstOn: SchoolDate?
  /// The last day it counts; nil for ever.
  public var lastOn: SchoolDate?

  /// A role given; new ones are version 1.
  public init(
    id: ID<RoleAssignment>, version: Int = 1, account: AccountID, role: RoleID, org: OrgID?, firstOn: SchoolDate? = nil,
    lastOn: SchoolDate? = nil
  ) {
    self.id = id
    self.version = version
    self.account = account
    self.role = role
    self.org = org
    self.firstOn = firstOn
    self.lastOn = lastOn
  }

  /// Whether it counts on a day; both ends are counted in.
  public func counts(on day: SchoolDate) -> Bool {
    (firstOn.map { $0 <= day } ?? true) && (lastOn.map { day <= $0 } ?? true)
  }

  /// Whether two of them would say the same thing on some day.
  func overlaps(_ other: RoleAssignment) -> Bool {
    guard account == other.account, role == other.role, org == other.org else { return false }
    let endsBefore = lastOn.map { end in other.firstOn.map { end < $0 } ?? false } ?? false
    let startsAfter = other.lastOn.map { end in firstOn.map { end < $0 } ?? false } ?? false
    return !endsBefore && !startsAfter
  }
}

/// A role given, with the role's name.
public struct AssignedRole: Sendable, Equatable {
  /// The role given.
  public let assignment: RoleAssignment
  /// The role's name.
  public let name: String
}
