import Kernel
import Markup
import Rights
import Web

struct RoleListView: View {
  let roles: [RoleLine]
  let mayEdit: Bool

  var body: HTML {
    PageHeader("Roles", about: "What people may do, and how far. Several roles of one person unite.") {
      ButtonLink("Export", to: AccountsPaths.rolesFile, icon: .download)
      ButtonLink("Accounts", to: AccountsPaths.accounts)
      if mayEdit { ButtonLink("New role", .primary, to: AccountsPaths.newRole, icon: .plus) }
    }
    DataTable(
      caption: "Roles",
      columns: [
        DataTable.Column("Role"), DataTable.Column("What it is for", room: .wide),
        DataTable.Column("Rights", .number, isNamedOnPhones: true),
        DataTable.Column("Accounts", .number, isNamedOnPhones: true),
      ],
      rows: roles.map { line in
        DataTable.Row(
          name: line.role.name,
          lead: a(.href(AccountsPaths.role(line.role.id))) { line.role.name },
          cells: [
            HTML(text: line.role.about),
            HTML(text: line.role.isAdministrator ? "all" : "\(line.role.grants.count)"),
            HTML(text: "\(line.holders)"),
          ])
      })
  }
}

struct RoleView: View {
  let model: RoleModel
  let title: String
  let mayEdit: Bool

  var body: HTML {
    PageHeader(title, about: model.id == nil ? nil : model.about)
    model.faults.summary
    if model.isFixed {
      Notice("This role is fixed.", icon: .lock) {
        "It always has every right, also those that are added later, so somebody can always set things right."
      }
    }
    form(.class("stack"), .method(.post), .action(model.id.map(AccountsPaths.role) ?? AccountsPaths.roles)) {
      Hidden("version", model.id == nil ? nil : "\(model.version)")
      if mayEdit {
        Field(
          "Name", name: "name", .line(model.name, attributes: [.maxlength(60)]), error: model.faults["name"],
          isRequired: true)
        Field(
          "What it is for", name: "about", .line(model.about, attributes: [.maxlength(300)]),
          error: model.faults["about"], isOptional: true)
      }
      table
      if mayEdit { SubmitBar("Save role") }
    }
    if mayEdit, let id = model.id {
      form(.method(.post), .action(AccountsPaths.roleDeletion(id))) {
        Hidden("version", "\(model.version)")
        Button("Delete role", .danger, icon: .trash)
      }
    }
  }

  private var table: DataTable {
    DataTable(
      caption: "What the role may do, and how far",
      columns: [DataTable.Column("Right"), DataTable.Column("How far", isNamedOnPhones: true)], isPinned: false,
      rows: model.permissions.map { permission in
        DataTable.Row(
          name: permission.title,
          lead: HTML {
            label(.for(permission.name)) { permission.title }
            span(.class("also")) { permission.name }
          },
          cells: [mayEdit ? choice(permission) : HTML(text: words(permission))])
      })
  }

  private func words(_ permission: Permission) -> String { model.grants[permission.name]?.words ?? "Not at all" }

  private func choice(_ permission: Permission) -> HTML {
    select(.class("input"), .id(permission.name), .name(permission.name)) {
      option(.value(""), .selected(model.grants[permission.name] == nil)) { "Not at all" }
      for scope in permission.scopes {
        option(.value(scope.rawValue), .selected(model.grants[permission.name] == scope)) { scope.words }
      }
    }
  }
}
