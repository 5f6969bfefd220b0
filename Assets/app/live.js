// Regions with news: data-events names a stream of server-sent events; whatever it says, the region is fetched again.
// A page that no longer has the region tells of something else by now, so it is loaded as a whole.
import { all } from "./dom.js"
import { swap } from "./swap.js"

const kinds = ["message", "progress", "state", "done"]
const sources = new Map()

export function startLive() {
  tune()
  document.addEventListener("swapped", tune)
  addEventListener("pagehide", () => { for (const source of sources.values()) source.stop() })
}

/** Listens to the streams that the page names now, and to no others. */
function tune() {
  const wanted = new Set(all("[data-events][id]").map(region => region.dataset.events))
  for (const [address, source] of sources) {
    if (wanted.has(address)) continue
    source.stop()
    sources.delete(address)
  }
  for (const address of wanted) if (!sources.has(address)) sources.set(address, listen(address))
}

function listen(address) {
  let timer, poll, last = 0
  const refresh = () => {
    if (timer) return
    timer = setTimeout(async () => {
      const region = all("[data-events][id]").find(found => found.dataset.events === address)
      try {
        if (region) await swap(location.href, region.id, { history: "keep" })
      } catch (error) {
        if (error.message === `no ${region.id}`) return location.reload()
        // Otherwise the next piece of news, or the poll below, tries again.
      }
      last = Date.now()
      timer = undefined
    }, Math.max(0, 700 - (Date.now() - last)))
  }
  const stream = new EventSource(address)
  for (const kind of kinds) stream.addEventListener(kind, refresh)
  stream.addEventListener("error", () => {
    refresh()
    if (stream.readyState === EventSource.CLOSED) poll ??= setInterval(refresh, 2000)
  })
  return {
    stop() {
      stream.close()
      clearTimeout(timer)
      clearInterval(poll)
    },
  }
}
