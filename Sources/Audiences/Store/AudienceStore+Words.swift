import Kernel
public import Persistence

extension AudienceStore {
  /// What pages call audiences: `Everyone`, `Guardians of 7A`, `Staff of Maple Street School`; what is gone is called
  /// so.
  public func words(for audiences: some Collection<Audience>, in tx: any Connection) throws -> [Audience: String] {
    let fields = audiences.map(\.fields)
    let orgs = try names(fields.compactMap(\.org), "SELECT id, name FROM directory_org_live", in: tx)
    let roles = try names(fields.compactMap(\.role), "SELECT id, name FROM accounts_role_live", in: tx)
    let sections = try names(fields.compactMap(\.section), "SELECT id, code FROM academics_section_live", in: tx)
    let people = try names(fields.compactMap(\.person), "SELECT id, display_name FROM directory_person_live", in: tx)
    var words: [Audience: String] = [:]
    for audience in audiences {
      let fields = audience.fields
      words[audience] = audience.words(
        org: fields.org.flatMap { orgs[$0] }, role: fields.role.flatMap { roles[$0] },
        section: fields.section.flatMap { sections[$0] }, person: fields.person.flatMap { people[$0] })
    }
    return words
  }

  /// What one audience is called.
  public func words(for audience: Audience, in tx: any Connection) throws -> String {
    try words(for: [audience], in: tx)[audience] ?? audience.words()
  }

  /// Throws `VALIDATION_ERROR` at `pointer` when what an audience names is not there.
  public func check(_ audience: Audience, at pointer: String = "/audience", in tx: any Connection) throws {
    let fields = audience.fields
    let isThere =
      try isThere(fields.org, "directory_org_live", in: tx) && isThere(fields.role, "accounts_role_live", in: tx)
      && isThere(fields.section, "academics_section_live", in: tx)
      && isThere(fields.person, "directory_person_live", in: tx)
    guard !isThere else { return }
    var validation = Validation()
    validation.fail(pointer, "UNKNOWN_WORD", "What this audience names is not there, or not any more. Choose another.")
    try validation.finish()
  }

  private func isThere<Entity>(_ id: ID<Entity>?, _ view: SQL, in tx: any Connection) throws -> Bool {
    guard let id else { return true }
    return try tx.exists("SELECT 1 FROM \(view) WHERE id = \(id) LIMIT 1")
  }

  private func names<Entity>(
    _ ids: [ID<Entity>], _ query: SQL, in tx: any Connection
  ) throws -> [ID<Entity>: String] {
    var names: [ID<Entity>: String] = [:]
    guard !ids.isEmpty else { return names }
    try tx.each("\(query) WHERE id IN \(list: Set(ids).sorted())") { row in names[try row.next()] = try row.next() }
    return names
  }
}
