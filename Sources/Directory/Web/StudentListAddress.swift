import Kernel
import Markup
import Web

/// The filters and the order of the list of students, as its address carries them.
struct StudentListAddress: Sendable, Equatable {
  var filter: StudentFilter
  var order: StudentOrder

  /// The parameters a page of the list knows.
  static let query: [QueryParameter] = [
    .text("q", "Beginnings of names or of the number."), .id("school", "Only of a school."),
    .text("grade", max: 20, "Only of a year group."),
    .word("status", StudentStatus.allCases.map(\.rawValue), "Only of a status."),
    .word("sort", StudentOrder.allCases.map(\.rawValue), "The order of the list."),
    .id("after", "The last student of the page before."),
  ]

  init(_ call: Call, search: String = "q") {
    filter = StudentFilter(
      school: call.query("school").flatMap(OrgID.init), grade: call.query("grade"),
      status: call.query("status").flatMap(StudentStatus.init), search: call.query(search))
    order = call.query("sort").flatMap(StudentOrder.init) ?? .name
  }

  /// A list by its filters and order.
  init(filter: StudentFilter, order: StudentOrder) {
    self.filter = filter
    self.order = order
  }

  /// The list that a form of it was sent from.
  init(_ form: FormFields) throws(Problem) {
    filter = StudentFilter(
      school: try form.id("school"), grade: form.filled("grade-filter"), status: try form.word("status-filter"),
      search: form.filled("q"))
    order = .name
  }

  /// The parameters that are set.
  var items: [(String, String?)] {
    [
      ("q", filter.search), ("school", filter.school?.description), ("grade", filter.grade),
      ("status", filter.status?.rawValue), ("sort", order == .name ? nil : order.rawValue),
    ]
  }

  /// The same list at an address.
  func path(_ base: Path = DirectoryPaths.students, after: ID<AnyEntity>? = nil) -> Path {
    base.query(items + [("after", after?.description)])
  }

  /// The list with something about it changed.
  func with(_ change: (inout StudentListAddress) -> Void) -> Path {
    var changed = self
    change(&changed)
    return changed.path()
  }
}
