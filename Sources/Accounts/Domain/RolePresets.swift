public import Rights

/// A role that every new installation has, to be kept, changed or removed.
public struct RolePreset: Sendable, Equatable {
  /// Its stable name: what `user add --role` takes.
  public let code: String
  /// The name as pages show it.
  public let name: String
  /// What it is for.
  public let about: String
  /// How far each permission reaches, by name. Permissions of parts that are not there yet wait until they are.
  public let grants: [String: Scope]

  /// The role that may do everything.
  public static let administrator = RolePreset(
    code: "administrator", name: "Administrator", about: "May do everything, and decides who else may do what.",
    grants: [:])

  /// The role names of all five systems that Homeroom replaces; a parent is a guardian here.
  public static let all: [RolePreset] = [
    administrator,
    RolePreset(
      code: "principal", name: "Principal", about: "Leads a school: sees all of it, and decides about exceptions.",
      grants: office.merging(reading, uniquingKeysWith: wider).merging(
        [
          "accounts.manage": .school, "attendance.override": .school, "periods.edit": .school, "orgs.edit": .school,
          "reports.view": .school, "finance.view": .school, "results.publish": .school, "mail.send": .school,
          "notices.approve": .school,
        ], uniquingKeysWith: wider)),
    RolePreset(
      code: "registrar", name: "Registrar", about: "Keeps the records: people, courses, sections and enrolments.",
      grants: office.merging(reading, uniquingKeysWith: wider).merging(
        [
          "attendance.override": .school, "periods.edit": .school, "reports.view": .school, "results.publish": .school,
          "mail.send": .school, "notices.approve": .school,
        ], uniquingKeysWith: wider)),
    RolePreset(
      code: "teacher", name: "Teacher", about: "Takes registers and gives marks in their own sections.",
      grants: teaching),
    RolePreset(
      code: "faculty", name: "Faculty", about: "Teaches at a college: own sections, and proposes results.",
      grants: teaching.merging(["results.propose": .sections], uniquingKeysWith: wider)),
    RolePreset(
      code: "student", name: "Student", about: "Sees their own record.",
      grants: [
        "students.view": .own, "orgs.view": .own, "sections.view": .own, "attendance.view": .own, "reports.view": .own,
        "results.view": .own, "finance.view": .own,
      ]),
    RolePreset(
      code: "guardian", name: "Guardian", about: "Sees the records of their own children, as far as custody allows.",
      grants: [
        "students.view": .children, "orgs.view": .children, "guardians.view": .own, "sections.view": .children,
        "attendance.view": .children, "reports.view": .children, "results.view": .children, "finance.view": .children,
      ]),
    RolePreset(
      code: "exam_cell", name: "Exam cell", about: "Publishes and freezes results, and issues transcripts.",
      grants: looking.merging(
        [
          "results.view": .school, "results.publish": .school, "results.freeze": .school, "papers.issue": .school,
          "exports.make": .school,
        ], uniquingKeysWith: wider)),
    RolePreset(
      code: "accountant", name: "Accountant", about: "Keeps fees, invoices and payments.", grants: money),
    RolePreset(
      code: "finance", name: "Finance", about: "Answers for the money of a school: approves and reverses as well.",
      grants: money.merging(["finance.approve": .school, "audit.view": .school], uniquingKeysWith: wider)),
    RolePreset(
      code: "coordinator", name: "Coordinator", about: "Plans the teaching of a department: courses and sections.",
      grants: reading.merging(
        [
          "courses.edit": .school, "sections.edit": .school, "enrolments.edit": .school, "attendance.take": .school,
          "notices.write": .school, "messages.send": .school,
        ], uniquingKeysWith: wider)),
    RolePreset(
      code: "office_assistant", name: "Office assistant", about: "Helps in the office: people and registers.",
      grants: looking.merging(
        [
          "students.edit": .school, "guardians.view": .school, "guardians.edit": .school, "attendance.take": .school,
          "attendance.view": .school, "notices.write": .school, "messages.send": .school,
        ], uniquingKeysWith: wider)),
    RolePreset(
      code: "librarian", name: "Librarian", about: "Finds students, to lend them books.",
      grants: ["students.view": .school, "orgs.view": .school]),
    RolePreset(
      code: "recruiter", name: "Recruiter", about: "Finds and places teachers from abroad.",
      grants: [
        "orgs.view": .all, "staff.view": .all, "staff.edit": .all, "candidates.view": .all, "candidates.edit": .all,
        "imports.manage": .all, "exports.make": .all,
      ]),
    RolePreset(
      code: "planner", name: "Planner", about: "Keeps their own weekly slots.",
      grants: ["slots.edit": .own]),
  ]

  /// The preset of that code.
  public static func find(_ code: String) -> RolePreset? { all.first { $0.code == code } }

  private static let looking: [String: Scope] = [
    "students.view": .school, "staff.view": .school, "orgs.view": .school, "sections.view": .school,
  ]
  private static let reading = looking.merging(
    [
      "guardians.view": .school, "attendance.view": .school, "results.view": .school, "audit.view": .school,
    ], uniquingKeysWith: wider)
  private static let office: [String: Scope] = [
    "students.edit": .school, "guardians.edit": .school, "staff.edit": .school, "sections.edit": .school,
    "courses.edit": .school, "enrolments.edit": .school, "attendance.take": .school, "imports.manage": .school,
    "exports.make": .school, "jobs.manage": .school, "records.restore": .school, "notices.write": .school,
    "messages.send": .school,
  ]
  private static let teaching: [String: Scope] = [
    "students.view": .sections, "guardians.view": .sections, "staff.view": .school, "orgs.view": .school,
    "sections.view": .sections, "attendance.take": .sections, "attendance.view": .sections, "results.view": .sections,
    "notices.write": .sections, "messages.send": .sections,
  ]
  private static let money: [String: Scope] = [
    "students.view": .school, "guardians.view": .school, "orgs.view": .school, "finance.view": .school,
    "finance.edit": .school, "reports.view": .school, "exports.make": .school,
  ]

  private static func wider(_ one: Scope, _ other: Scope) -> Scope {
    let order: [Scope] = [.own, .children, .sections, .school, .all]
    let reach = { (scope: Scope) in order.firstIndex(of: scope) ?? 0 }
    return reach(one) >= reach(other) ? one : other
  }
}
