import Audiences
import Kernel
import Notices
import Rights

/// A board for the demo school: a few notices in every state, written and approved by its own people, so that each has
/// a story to read.
struct DemoNotices {
  /// The notices of the school, as things were at a moment.
  let service: @Sendable (Instant) -> NoticesService
  let now: Instant
  let school: OrgID
  /// The people with accounts, by their role.
  let actors: [String: Actor]
  /// The first section that the teacher teaches, if there is one.
  let section: SectionID?

  func write() async throws {
    let school = Audience.school(school, .everyone)
    _ = try await approved(
      "Welcome to the new term",
      """
      The doors open at half past seven; lessons begin at eight. Breakfast is served in the hall until ten to eight.

      New this year: the library stays open until five, every day but Friday. Somebody is always there to help with
      homework. You need not sign up.
      """, for: school, hoursAgo: 290, isPinned: true)
    _ = try await approved(
      "Sports day is on the last Friday of the month",
      """
      Every grade runs, throws and jumps; those who would rather not may keep the times. Bring water, a hat and shoes
      that you can run in.

      Families are welcome from ten o'clock. The canteen sells lunch, and the money goes to the school band.
      """, for: school, hoursAgo: 150)
    _ = try await approved(
      "Staff meeting moved to Tuesday",
      "We meet in the library at half past three, and are done by half past four. Please read the calendar first.",
      for: .school(self.school, .staff), hoursAgo: 74)
    _ = try await send(
      "Lost and found",
      "Eleven jackets, four bottles and a violin wait in the office. What nobody fetches by the end of the month goes "
        + "to the bazaar.", for: .school(self.school, .students), by: "registrar", hoursAgo: 3)
    let late = try await send(
      "Car park closed", "The car park is closed while the trees are cut. Please stop in Alder Street.", for: school,
      by: "registrar", hoursAgo: 52)
    _ = try await take(.reject, late, "Which day? Families need to know in advance.", by: "principal", hoursAgo: 50)
    if let section { try await write(for: section) }
  }

  /// What the teacher writes to the families of a section.
  private func write(for section: SectionID) async throws {
    let guardians = Audience.guardiansOfSection(section)
    let trip = try await send(
      "Museum trip: please sign by Thursday",
      """
      We go to the harbour museum next week, by bus, and are back before two.

      Please sign the slip in the satchel and send it back by Thursday. There is no charge. Whoever needs a packed
      lunch says so on the slip.
      """, for: guardians, by: "teacher", hoursAgo: 5)
    _ = try await take(.approve, trip, nil, by: "principal", hoursAgo: 4)
    let evening = try await send(
      "Parents' evening", "We sit together in our room at seven. There will be tea.", for: guardians, by: "teacher",
      hoursAgo: 23)
    let shown = try await take(.approve, evening, nil, by: "principal", hoursAgo: 22)
    _ = try await take(.askDeletion, shown, "It was yesterday.", by: "teacher", hoursAgo: 1)
    if let teacher = actors["teacher"] {
      _ = try await service(now).write(
        NoticeDraft(title: "Reading week", text: "Everybody brings a book …", audience: guardians), actor: teacher)
    }
  }

  private func approved(
    _ title: String, _ text: String, for audience: Audience, hoursAgo: Int, isPinned: Bool = false
  ) async throws -> Notice {
    let notice = try await send(
      title, text, for: audience, by: "registrar", hoursAgo: hoursAgo + 2, isPinned: isPinned)
    return try await take(.approve, notice, nil, by: "principal", hoursAgo: hoursAgo)
  }

  private func send(
    _ title: String, _ text: String, for audience: Audience, by role: String, hoursAgo: Int, isPinned: Bool = false
  ) async throws -> Notice {
    // In the source the lines of a paragraph are broken; in the notice they run on.
    let paragraphs = text.split(separator: "\n\n").map { $0.replacing("\n", with: " ") }
    let draft = NoticeDraft(
      title: title, text: paragraphs.joined(separator: "\n\n"), audience: audience, isPinned: isPinned)
    return try await service(moment(hoursAgo)).write(draft, sending: true, actor: try actor(role))
  }

  private func take(
    _ step: NoticeStep, _ notice: Notice, _ reason: String?, by role: String, hoursAgo: Int
  ) async throws -> Notice {
    try await service(moment(hoursAgo)).take(
      step, of: notice.id, version: notice.version, because: reason, actor: try actor(role)
    ).notice
  }

  private func moment(_ hoursAgo: Int) -> Instant { now.adding(.seconds(-3600 * hoursAgo)) }

  private func actor(_ role: String) throws -> Actor {
    guard let actor = actors[role] else { throw Bug("the demo school has no \(role)") }
    return actor
  }
}
