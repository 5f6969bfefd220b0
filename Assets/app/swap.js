// Parts of a page that change without loading the whole: the address is asked for one region, which is put in place.
// Whatever goes wrong, the browser simply goes there.
import { afterPause, all, make, on } from "./dom.js"

/** Fetches `address` and puts the element with this id in place of the one here. */
export async function swap(address, id, { history: keeps = "push", signal } = {}) {
  const old = document.getElementById(id)
  const waiting = setTimeout(() => old?.setAttribute("aria-busy", "true"), 400)
  try {
    const answer = await fetch(address, { headers: { "X-Fragment": id, Accept: "text/html" }, signal })
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error(`${answer.status}`)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.getElementById(id)
    if (!old?.isConnected || !fresh) throw new Error(`no ${id}`)
    put(document.adoptNode(fresh), old)
    all(`form[data-swap="${id}"]`).forEach(form => follow(form, new URL(address, location.href).searchParams))
    if (page.title) document.title = page.title
    if (keeps === "push") {
      history.replaceState({ swap: id }, "")
      history.pushState({ swap: id }, "", address)
    } else if (keeps === "replace") history.replaceState({ swap: id }, "", address)
    document.dispatchEvent(new CustomEvent("swapped", { detail: fresh }))
  } finally {
    clearTimeout(waiting)
    old?.removeAttribute("aria-busy")
  }
}

/** Replaces an element; the focus stays on the control of the same id, or of the same name and value. */
function put(fresh, old) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.replaceWith(fresh)
  if (!focused) return
  const isSame = other => focused.name
    ? other.name === focused.name && other.value === focused.value
    : other.textContent === focused.textContent
  const same = focused.id
    ? document.getElementById(focused.id)
    : [...fresh.querySelectorAll(focused.localName)].find(isSame)
  same?.focus({ preventScroll: true })
  if (same?.setSelectionRange && focused.selectionStart !== null) {
    same.setSelectionRange(focused.selectionStart, focused.selectionEnd)
  }
}

/** A bar of filters says what its region shows, also when a link has changed that; but for the field typed in. */
function follow(form, asked) {
  for (const field of form.elements) {
    if (field.name && field !== document.activeElement) field.value = asked.get(field.name) ?? ""
  }
  for (const [name, value] of asked) {
    if (name !== "after" && !form.elements[name]) form.prepend(make("input", { type: "hidden", name, value }))
  }
}

export function startSwapping() {
  let running
  const visit = (address, id, keeps) => {
    running?.abort()
    running = new AbortController()
    return swap(address, id, { history: keeps, signal: running.signal }).catch(error => {
      if (error.name !== "AbortError") location.assign(address)
    })
  }

  on("click", "a[href]", (event, link) => {
    if (event.defaultPrevented || event.button) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const id = link.dataset.swap ?? link.closest("[data-swap-links]")?.dataset.swapLinks
    const here = link.origin === location.origin && link.pathname === location.pathname
    if (!id || !document.getElementById(id) || (!link.dataset.swap && (!here || link.hash))) return
    event.preventDefault()
    visit(link.href, id, "push")
  })

  const asked = form => {
    const address = new URL(form.action)
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""))
    return address.href
  }
  const ask = (form, keeps) => visit(asked(form), form.dataset.swap, keeps)
  on("submit", "form[data-swap]", (event, form) => {
    if (form.method !== "get" || !document.getElementById(form.dataset.swap)) return
    event.preventDefault()
    ask(form, "push")
  })
  const askSoon = afterPause(200, form => ask(form, "replace"))
  on("input", "form[data-swap][data-live]", (event, form) => {
    // A choice may change what else there is to choose from: then the whole page comes.
    if (event.target.localName === "select") location.assign(asked(form))
    else askSoon(form)
  })

  addEventListener("popstate", event => {
    const id = event.state?.swap
    if (id) swap(location.href, id, { history: "keep" }).catch(() => location.reload())
  })
}
