// The number of new messages, kept true while the page is looked at: a stream of server-sent events tells of changes.
// A page that nobody looks at does not listen, so a hundred tabs cost no more than one.
import { all } from "./dom.js"
import { swap } from "./swap.js"

export function startInbox() {
  const link = document.querySelector("[data-inbox]")
  if (!link) return
  let stream
  const listen = () => {
    if (document.hidden) {
      stream?.close()
      stream = undefined
    } else if (!stream || stream.readyState === EventSource.CLOSED) {
      stream = new EventSource(link.dataset.inbox)
      stream.addEventListener("unread", event => showUnread(link, JSON.parse(event.data).unread))
    }
  }
  listen()
  document.addEventListener("visibilitychange", listen)
  addEventListener("pageshow", listen)
  addEventListener("pagehide", () => {
    stream?.close()
    stream = undefined
  })
}

/** Puts the number into every badge; an inbox on the page shows what came. */
function showUnread(link, unread) {
  const figure = unread > 99 ? "99+" : `${unread}`
  const isNews = all("[data-unread]").some(badge => (badge.hidden ? "0" : badge.firstChild.data) !== figure)
  if (!isNews) return
  for (const badge of all("[data-unread]")) {
    badge.firstChild.data = figure
    badge.hidden = !unread
  }
  link.setAttribute("aria-label", `Messages, ${figure} unread`)
  const list = document.querySelector("[data-inbox-list][id]")
  // If it cannot be fetched, the next piece of news tries again.
  if (list) swap(location.href, list.id, { history: "keep" }).catch(() => {})
}
