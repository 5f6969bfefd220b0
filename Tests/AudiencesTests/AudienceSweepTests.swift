import Academics
import Accounts
import Audiences
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Who belongs to an audience` {
  /// A list of things with audiences, such as messages.
  static let list = Migration(
    "20261121_9000_audiences_sample",
    up: [
      """
      CREATE TABLE audiences_sample (
        number {int} NOT NULL,
        audience_kind {text} NOT NULL,
        audience_org_id {id},
        audience_role_id {id},
        audience_section_id {id},
        audience_person_id {id},
        audience_word {text}
      ) {strict}
      """
    ], down: ["DROP TABLE audiences_sample"])

  static let migrations =
    Record.migrations + DirectoryModule.migrations + AcademicsModule.migrations + AccountsModule.migrations + [list]

  @Test(arguments: TestDatabase.engines, [1, 2, 3, 4] as [UInt64])
  func `is the same from both sides, and by the rules as they are written`(
    engine: TestDatabase.Engine, seed: UInt64
  ) async throws {
    let custody: [Custody] = seed % 2 == 0 ? [.see, .write] : [.see]
    let village = Village(seed: seed, custody: custody)
    let store = AudienceStore(guardiansWhoMay: custody)
    try await engine.with(Self.migrations) { database in
      try await village.settle(in: database)
      var sizes = 0
      for audience in village.audiences {
        let members = try await everyMember(of: audience, in: village, store, database)
        sizes += members.count
        #expect(Set(members.map(\.key)) == village.members(of: audience), "\(audience), seed \(seed)")
        #expect(members.count == Set(members.map(\.key)).count, "\(audience) has somebody twice")
        for member in members {
          guard let person = member.person else { continue }
          #expect(member.account == village.account(of: person))
          #expect(member.about == village.about(person, audience), "\(audience), seed \(seed)")
        }
      }
      #expect(sizes > 60, "a village of nobody shows nothing")
      try await expectSameFromTheReader(village, store, database)
    }
  }

  private func everyMember(
    of audience: Audience, in village: Village, _ store: AudienceStore, _ database: any Database
  ) async throws -> [AudienceMember] {
    let (members, count) = try await database.read { tx in
      var members: [AudienceMember] = []
      while true {
        let batch = try store.members(of: audience, on: village.day, after: members.last?.key, limit: 4, in: tx)
        members += batch
        if batch.count < 4 { return (members, try store.count(of: audience, on: village.day, in: tx)) }
      }
    }
    #expect(count == members.count)
    return members
  }

  /// Each reader gets from the list, and by the keys alone, what is for him or her.
  private func expectSameFromTheReader(
    _ village: Village, _ store: AudienceStore, _ database: any Database
  ) async throws {
    let audiences = village.audiences
    try await database.write { tx in
      for (number, audience) in audiences.enumerated() {
        let fields = audience.fields
        try tx.run(
          """
          INSERT INTO audiences_sample (number, \(AudienceColumns.all))
          VALUES (\(number), \(fields.kind), \(fields.org), \(fields.role), \(fields.section), \(fields.person),
            \(fields.word))
          """)
      }
    }
    let readers =
      village.people.map { AudienceReader(person: $0.id, account: village.account(of: $0.id)) }
      + village.logins.filter { $0.person == nil }.map { AudienceReader(person: nil, account: $0.id) }
    for reader in readers {
      let (keys, got) = try await database.read { tx in
        let keys = try store.keys(of: reader, on: village.day, in: tx)
        let got = try tx.all(
          """
          SELECT x.number, \(AudienceColumns.all(of: "x")) FROM audiences_sample AS x WHERE \(store.reaches(keys, "x"))
          """
        ) { row -> (number: Int, audience: Audience) in (try row.next(), try Audience(row: &row)) }
        return (keys, got)
      }
      let meant = audiences.filter { audience in reader.key.map(village.members(of: audience).contains) ?? false }
      #expect(Set(got.map(\.audience)) == Set(meant), "\(reader)")
      #expect(Set(audiences.filter(keys.reach)) == Set(meant), "\(reader)")
    }
  }
}

extension AudienceMember {
  fileprivate var key: ID<AnyEntity> { person?.retyped() ?? account?.retyped() ?? ID(high: 0, low: 0) }
}
