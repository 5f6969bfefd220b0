import Kernel
public import Markup
public import Rights
import Web

/// What notices show on pages of others: the newest of the board, and what waits for a decision.
public struct NoticeParts: Sendable {
  /// How many notices the first page has room for.
  public static let todayLength = 5

  let service: NoticesService
  let zone: Zone

  /// What the first page shows of notices; empty for somebody without any. Two queries, and one more for approvers.
  public func today(for actor: Actor) async throws -> (tasks: HTML, board: HTML) {
    let pending = try await service.pendingCount(actor: actor) ?? 0
    let notices = try await service.newest(Self.todayLength, actor: actor)
    return (pending == 0 ? .empty : tasks(pending), notices.isEmpty ? .empty : board(notices))
  }

  private func tasks(_ pending: Int) -> HTML {
    PageSection("To decide") {
      ul(.class("tasks")) {
        li {
          p(.class("what")) {
            pending == 1
              ? "One notice waits for you" : "\(pending)\(pending == 100 ? " or more" : "") notices wait for you"
          }
          p(.class("why")) { "You read what somebody wrote before it goes on the board, or comes off it." }
          p(.class("actions")) { ButtonLink("Read", to: NoticesPaths.review) }
        }
      }
    }.body
  }

  private func board(_ notices: [Notice]) -> HTML {
    let times = NoticeTimes(zone: zone)
    return PageSection("Notices") {
      a(.href(NoticesPaths.board)) { "All notices" }
    } content: {
      ol(.class("noticeboard brief")) {
        for notice in notices {
          li(.class(notice.isPinned ? "pinned" : nil)) {
            if let shown = notice.shownFrom { p(.class("when")) { b { times.words.dayAndMonth(shown) } } }
            div {
              p(.class("strong"), .dir(.auto)) { a(.href(NoticesPaths.notice(notice.id))) { notice.title } }
              if notice.isPinned {
                p(.class("kicker")) { NoticePin() }
              }
            }
          }
        }
      }
    }.body
  }
}
