import Kernel
import Markup
import Rights
import Web

/// The organisations as a tree, and the form of each.
struct OrgPages: Sendable {
  let service: DirectoryService
  let undo: @Sendable (DeletionID) -> Path?

  var endpoints: [Endpoint] {
    [
      .page("/admin/orgs", "Organisations, each below the one it belongs to.", .needs(.viewOrgs), list),
      .page("/admin/orgs/new", "The form for a new organisation.", .needs(.editOrgs), new),
      .form("/admin/orgs", "Enters an organisation.", .needs(.editOrgs), create),
      .page("/admin/orgs/{id}", "The form of an organisation.", .needs(.editOrgs), edit),
      .form("/admin/orgs/{id}", "Saves an organisation.", .needs(.editOrgs), save),
      .form("/admin/orgs/{id}/deletion", "Puts an empty organisation into the recycle bin.", .needs(.editOrgs), delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let rows = OrgForm.tree(try await service.organisations(for: actor))
    let reach = actor.reach(.editOrgs)
    return try call.page("Schools", within: DirectoryPaths.orgs) {
      PageHeader("Schools", about: "Rights given at an organisation hold for everything below it.") {
        ButtonLink("Export", to: DirectoryPaths.orgsFile, icon: .download)
        if reach != nil { ButtonLink("New organisation", .primary, to: DirectoryPaths.newOrg, icon: .plus) }
      }
      DataTable(
        caption: "Organisations",
        columns: [.init("Name"), .init("Code"), .init("Kind"), .init("Time zone", room: .wide)],
        rows: rows.map { row in
          DataTable.Row(
            name: row.org.details.name,
            lead: HTML {
              String(repeating: "\u{2003}", count: row.depth)
              if reach?.covers(row.org.id) ?? false {
                a(.href(DirectoryPaths.org(row.org.id))) { row.org.details.name }
              } else {
                row.org.details.name
              }
            },
            cells: [
              HTML(text: row.org.details.code), HTML(text: row.org.details.kind.rawValue),
              HTML(text: row.org.details.timeZone),
            ])
        })
    }
  }

  private func new(_ call: Call) async throws -> Reply { try await page(OrgForm(), call) }

  private func create(_ call: Call) async throws -> Reply {
    let form = try call.form()
    var model = OrgForm(form)
    do {
      let org = try await service.found(try model.details(), by: call.actor)
      return .seeOther(DirectoryPaths.orgs, flash: "\(org.details.name) entered.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: OrgForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func edit(_ call: Call) async throws -> Reply {
    try await page(OrgForm(try await service.organisation(try call.id("id"), for: call.actor)), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: OrgID = try call.id("id")
    let form = try call.form()
    var model = OrgForm(form, of: id)
    do {
      let org = try await service.edit(id, try model.details(), seen: form.version, by: call.actor)
      return .seeOther(DirectoryPaths.orgs, flash: "\(org.details.name) saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = OrgForm(try await service.organisation(id, for: call.actor))
      return try call.page(model.title, within: DirectoryPaths.orgs, status: 409, hasErrors: true) {
        PageHeader(newest.title)
        model.conflict(with: newest, action: DirectoryPaths.org(id))
      }
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      model.faults = FormFaults(error.problem, fields: OrgForm.fields)
      return try await page(model, call, status: FormFaults.status(of: error.problem))
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: OrgID = try call.id("id")
    do {
      let deletion = try await service.delete(id, by: call.actor)
      return .seeOther(DirectoryPaths.orgs, flash: "Organisation deleted.", undo: undo(deletion))
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(DirectoryPaths.org(id), flash: error.problem.detail)
    }
  }

  private func page(_ model: OrgForm, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let reach = try actor.require(.editOrgs)
    let orgs = try await service.organisations(for: actor)
    return try call.page(
      model.title, within: DirectoryPaths.orgs, status: status,
      breadcrumbs: [Crumb("Schools", path: DirectoryPaths.orgs), Crumb(model.title)], hasErrors: status != 200
    ) {
      OrgFormView(
        model: model, parents: orgs.filter { reach.covers($0.id) || $0.id.description == model["parentId"] },
        mayStandAtTop: reach.isEverywhere)
    }
  }
}
