import Audiences
import Foundation
import Kernel
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Messages

@Suite struct `Pages of messages` {
  private func pipeline(_ school: School, isStopping: Bool = false) -> Pipeline {
    var site = Site.bare
    site.inbox = MessagesModule.inbox(school.service)
    let module = MessagesModule(school.service, zone: .utc, isStopping: { isStopping })
    let names = NamedActors([
      "root": school.root, "office": school.office, "teacher": school.teacher, "ama": school.actor(.ama),
      "mother": school.actor(.mother),
    ])
    return Pipeline(
      module.endpoints, site: site, authenticator: names, clock: school.clock, settings: .init(isLimited: false))
  }

  @Test func `show badges as badges, new messages as new, and their number in the frame`() async throws {
    try await School.with(.sqlite) { school in
      try await school.send(school.content(.section(school.section), "Fire drill <now>", .urgent))
      let message = try await school.send(school.content(.section(school.section), "Second"))
      let pipeline = pipeline(school)
      let list = await pipeline.page("/messages", as: "ama")
      #expect(list.contains("Fire drill &lt;now&gt;"))
      #expect(list.contains("<span class=\"badge danger\">"))
      #expect(list.components(separatedBy: "<span class=\"badge info\">").count == 3)
      #expect(!list.contains("Badge("))
      #expect(list.contains("aria-label=\"Messages, 2 unread\""))
      let read = await pipeline.page("/messages/\(message.id)", as: "ama")
      #expect(read.contains("aria-label=\"Messages, 1 unread\""))
      #expect(read.contains("<p dir=\"auto\">Bring a raincoat.</p>"))
      #expect(await pipeline.page("/messages/\(message.id)", as: "mother").contains("NOT_FOUND"))
      let sent = await pipeline.page("/messages/sent", as: "root")
      #expect(!sent.contains("Badge(") && sent.contains("Students and staff of 7A"))
      let one = await pipeline.page("/messages/sent/\(message.id)", as: "root")
      #expect(one.contains("In the inbox") && one.contains("Have read it"))
    }
  }

  @Test func `tell listeners the number at once, when it changes, and end with the server`() async throws {
    try await School.with(.sqlite) { school in
      let seats = StreamSeats(2)
      let pace = EventStream.Pace(look: .seconds(60), heartbeat: .seconds(90), longest: .seconds(90))
      let ama = school.actor(.ama)
      let stream = InboxEvents.stream(
        school.service, of: ama, pace: pace, seat: try seats.take(), isStopping: { false })
      #expect(words(try await stream.next()) == "retry: 2000\n\n")
      #expect(words(try await stream.next()) == "event: unread\ndata: {\"unread\":0}\n\n")
      async let next = stream.next()
      try await Task.sleep(for: .milliseconds(50))
      let begun = ContinuousClock.now
      try await school.send(school.content(.section(school.section)))
      #expect(words(try await next) == "event: unread\ndata: {\"unread\":1}\n\n")
      #expect(begun.duration(to: .now) < .seconds(40), "the bell was not heard")
      let stopped = InboxEvents.stream(
        school.service, of: ama, pace: pace, seat: try seats.take(), isStopping: { true })
      _ = try await stopped.next()
      #expect(try await stopped.next() == nil)
    }
  }

  private func words(_ piece: [UInt8]?) -> String { piece.map { String(decoding: $0, as: UTF8.self) } ?? "end" }
}

extension Pipeline {
  fileprivate func page(_ path: String, as name: String) async -> String {
    await send("GET", path, as: name).text
  }
}
