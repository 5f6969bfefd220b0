import Kernel
import Record
import Rights

/// Who may take back what.
extension HistoryService {
  /// Whether a reach takes in a record; one that belongs to no organisation is for those who reach everywhere.
  func covers(_ reach: Reach, _ org: OrgID?) -> Bool { org.map(reach.covers) ?? reach.isEverywhere }

  func mayUndo(_ entry: RecordedVersion, by actor: Actor) -> Bool {
    guard !entry.isErased, let kind = kinds[entry.kind], kind.isTakenBack, let reach = actor.reach(rights.restore)
    else { return false }
    return covers(reach, entry.org) && missing(for: kind, at: entry.org, actor).isEmpty
  }

  func refuseUndo(of word: String, at org: OrgID?, by actor: Actor) throws(Problem) {
    guard let kind = kinds[word], kind.isTakenBack else {
      throw Problem(
        .conflict, code: "UNDO_NOT_OFFERED", title: "Not taken back",
        detail: "\(title(of: word)) records are never taken back. Change what is wrong on its own page.")
    }
    let missing = missing(for: kind, at: org, actor)
    guard missing.isEmpty else {
      throw Problem(
        .forbidden, code: "UNDO_NEEDS_RIGHTS", title: "Not yours to take back",
        detail: "Taking this back needs \(Self.inWords(missing))\(kind.isForEverywhere ? " everywhere" : "").")
    }
  }

  /// A deletion comes back by whoever could have made it: what the person deleted decides, and whatever in it gives
  /// rights. One that an undo made has no such root, so all it holds decides.
  func refuseRestore(_ deletion: Deletion, holding contents: [String: Int], by actor: Actor) throws(Problem) {
    var words = contents.keys.filter { kinds[$0]?.isForEverywhere == true }
    words += kinds[deletion.kind] == nil ? Array(contents.keys) : [deletion.kind]
    var missingRights: Set<Permission> = []
    for word in words {
      guard let kind = kinds[word], kind.isTakenBack else {
        throw Problem(
          .conflict, code: "UNDO_NOT_OFFERED", title: "Not taken back",
          detail: "It holds \(title(of: word)) records, which are never taken back.")
      }
      missingRights.formUnion(missing(for: kind, at: deletion.org, actor))
    }
    guard missingRights.isEmpty else {
      throw Problem(
        .forbidden, code: "RESTORE_NEEDS_RIGHTS", title: "Not yours to restore",
        detail: "Restoring this needs \(Self.inWords(Array(missingRights))).")
    }
  }

  private func missing(for kind: RecordedKind, at org: OrgID?, _ actor: Actor) -> [Permission] {
    kind.rights.filter { right in
      guard let reach = actor.reach(right) else { return true }
      return kind.isForEverywhere ? !reach.isEverywhere : !covers(reach, org)
    }
  }

  private static func inWords(_ rights: [Permission]) -> String {
    let names = rights.map { "\"\($0.title)\"" }.sorted()
    return (names.count == 1 ? "the right " : "the rights ") + names.joined(separator: ", ")
  }
}
