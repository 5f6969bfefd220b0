private import Kernel

/// Organisations and sessions, which have parents and so are gathered and handed on parents first. School Data Sync
/// V2.1 and OneRoster describe them in one way.
enum RosterTrees {
  static func orgs(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, name, type) = (table.required("sourcedId"), table.required("name"), table.required("type"))
    let (code, parent) = (table.column("identifier"), table.column("parentSourcedId"))
    try table.requireColumns()
    let gathered = Gathered<RosterOrg>()
    return RosterStage(
      table: table, references: [.parent: parent?.name ?? "parentSourcedId"],
      row: { table, _ in
        guard OneRosterStatus.isLive(table), let id = table.identifier(id), let name = table.need(name),
          let type = table.need(type)
        else { return }
        gathered.items.append(
          RosterOrg(
            id: id, name: name, kind: RosterWords.orgKind(type), code: table.text(code, max: 50),
            parent: table.text(parent, max: 255), spot: table.spot))
      },
      end: { records in
        let (sorted, circular) = parentsFirst(gathered.items, id: \.id, parent: \.parent)
        records += sorted.map { .org($0) }
        for org in circular { noteCircle(table, org.spot, org.id) }
      })
  }

  /// - Parameter lastDayOffset: 0 where end dates are inclusive, -1 where they are exclusive.
  static func sessions(_ table: RosterTable, lastDayOffset: Int) throws(RosterProblem) -> RosterStage {
    let (id, title, type) = (table.required("sourcedId"), table.required("title"), table.required("type"))
    let (first, last) = (table.required("startDate"), table.required("endDate"))
    let (parent, year) = (table.column("parentSourcedId"), table.column("schoolYear"))
    try table.requireColumns()
    let gathered = Gathered<RosterSession>()
    return RosterStage(
      table: table, references: [.parent: parent?.name ?? "parentSourcedId"],
      row: { table, _ in
        guard OneRosterStatus.isLive(table), let id = table.identifier(id), let title = table.need(title),
          let type = table.need(type), let first = table.needDate(first), let last = table.needDate(last)
        else { return }
        gathered.items.append(
          RosterSession(
            id: id, title: title, kind: RosterWords.sessionKind(type), firstOn: first,
            lastOn: last.adding(days: lastDayOffset), parent: table.text(parent, max: 255),
            schoolYear: table.word(year) { Int($0) }, spot: table.spot))
      },
      end: { records in
        let (sorted, circular) = parentsFirst(gathered.items, id: \.id, parent: \.parent)
        records += sorted.map { .session($0) }
        for session in circular { noteCircle(table, session.spot, session.id) }
      })
  }

  private static func noteCircle(_ table: RosterTable, _ spot: RosterSpot, _ id: String) {
    table.note(
      .error, at: spot, value: id, "PARENT_CIRCLE",
      "Following its parents leads back to it, or through more than 50 levels. Correct the parent.")
  }
}

private final class Gathered<Item> {
  var items: [Item] = []
}
