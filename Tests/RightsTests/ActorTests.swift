import Kernel
import Testing

@testable import Rights

@Suite struct `An actor` {
  private let see = Permission("things.view", "See things")
  private let edit = Permission("things.edit", "Change things")
  private let here = OrgID(high: 1, low: 1)
  private let there = OrgID(high: 1, low: 2)

  @Test func `may do what a role says, where it says`() throws {
    let actor = Actor(account: AccountID(high: 0, low: 1), name: "Ada", reaches: [see: Reach(orgs: [here])])
    #expect(actor.has(see) && !actor.has(edit))
    try actor.require(see, at: here)
    #expect(try #require(throws: Problem.self) { try actor.require(see, at: there) }.code == "NOT_FOUND")
    #expect(try #require(throws: Problem.self) { try actor.require(edit, at: here) }.code == "FORBIDDEN")
  }

  @Test func `has all its roles together`() {
    let one = Reach(orgs: [here], children: true)
    let other = Reach(orgs: [there], sectionsIn: [here], own: true)
    #expect(
      one.union(other) == Reach(orgs: [here, there], sectionsIn: [here], children: true, own: true))
    #expect(one.union(.everywhere).covers(there))
    #expect(!Reach(sectionsIn: [here]).covers(here) && !Reach(children: true, own: true).coversSomeOrg)
  }

  @Test func `that is the system may do everything`() throws {
    try Actor.system("test").require(edit, at: there)
    #expect(Actor.system("test").account == nil)
  }
}
