public import Kernel
public import Persistence
public import Record

// What other slices ask of teaching, in their own transactions.
extension AcademicsService {
  /// Refuses to take something back that enrolling itself would have refused: an enrolment that comes back needs a
  /// seat, one whose end is undone an open term as well; and a section does not go back to fewer seats than it has
  /// students.
  public func check(_ takingBack: TakingBack, in tx: any Connection) throws {
    guard takingBack.moment == .after else { return }
    switch takingBack.kind {
    case Enrolment.table.kind:
      let touched = try enrolments.sections(sittingIn: takingBack.ids.map { $0.retyped() }, in: tx)
      for id in touched {
        guard let section = try sections.find(id, visible: "TRUE", in: tx) else { continue }
        if let capacity = section.capacity, try enrolments.count(in: id, in: tx) > capacity {
          throw AcademicsProblem.sectionFull(section.code, capacity: capacity)
        }
        guard takingBack.occasion == .undo else { continue }
        let terms = try sections.terms(of: id, in: tx)
        if let last = terms.max(by: { $0.lastOn < $1.lastOn }), !terms.contains(where: \.isOpen) {
          throw AcademicsProblem.termClosed(last.title)
        }
      }
    case Section.table.kind where takingBack.occasion == .undo:
      for id in takingBack.ids {
        guard let section = try sections.find(id.retyped(), visible: "TRUE", in: tx) else { continue }
        let enrolled = try enrolments.count(in: section.id, in: tx)
        if let capacity = section.capacity, enrolled > capacity {
          throw AcademicsProblem.tooFewSeats(enrolled: enrolled)
        }
      }
    default: return
    }
  }

  /// Whether a person has a part in a section.
  public static func holds(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try EnrolmentStore().teaches(person, in: tx)
  }
}
