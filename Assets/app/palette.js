// The palette: one field to go, find and do. A native dialog with a combobox (APG), filled by the server.
import { all, afterPause, keysAreOn, make, on } from "./dom.js"

export function startPalette() {
  const opener = document.querySelector("[data-palette]")
  if (!opener) return
  const open = () => { if (!document.querySelector("dialog[open]")) show(opener) }
  on("click", "[data-palette]", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  document.addEventListener("keydown", event => {
    const isPlain = !event.shiftKey && !event.altKey
    const isChord = (event.ctrlKey || event.metaKey) && isPlain && event.key.toLowerCase() === "k"
    if (!isChord && !(event.key === "/" && keysAreOn(event))) return
    event.preventDefault()
    open()
  })
}

function show(opener) {
  const field = make("input", {
    class: "input", type: "text", role: "combobox", "aria-label": "Search or do something", "aria-expanded": "true",
    "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    placeholder: "A name, a number, a place, or something to do",
  })
  const found = make("ul", { class: "found", id: "found", role: "listbox", "aria-label": "Found" })
  const hint = (key, words) => make("span", {}, make("kbd", {}, key), ` ${words}`)
  const foot = make("p", { class: "foot" }, make("span", { class: "key-hints" },
    hint("Enter", "open"), hint(">", "only actions"), hint("@", "people"), hint("#", "sections")))
  const dialog = make("dialog", { class: "dialog palette", "aria-label": "Search or do something" }, field, found, foot)

  let at = 0
  let running
  const options = () => all("[role=option]", found)
  const choose = index => {
    const list = options()
    at = list.length ? (index + list.length) % list.length : 0
    list.forEach((option, place) => {
      option.id = `found-${place}`
      option.setAttribute("aria-selected", `${place === at}`)
    })
    if (list[at]) {
      field.setAttribute("aria-activedescendant", list[at].id)
      list[at].scrollIntoView({ block: "nearest" })
    } else field.removeAttribute("aria-activedescendant")
  }
  const ask = async () => {
    running?.abort()
    running = new AbortController()
    const address = new URL(opener.dataset.palette, location.href)
    address.searchParams.set("q", field.value)
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const list = new DOMParser().parseFromString(await answer.text(), "text/html").body
      found.replaceChildren(...list.children)
      choose(0)
    } catch (error) {
      if (error.name !== "AbortError") {
        found.replaceChildren(make("li", { class: "title" }, "No answer. Press Enter for the search page."))
      }
    }
  }

  field.addEventListener("input", afterPause(80, ask))
  field.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      choose(at + step)
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault()
      const link = options()[at]?.querySelector("a")
      const everything = new URL(opener.href)
      everything.searchParams.set("q", field.value)
      if (event.ctrlKey || event.metaKey) window.open(link?.href ?? everything, "_blank", "noopener")
      else location.assign(link?.href ?? everything)
      dialog.close()
    }
  })
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close() })
  dialog.addEventListener("close", () => {
    running?.abort()
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
  field.focus()
  ask()
}
