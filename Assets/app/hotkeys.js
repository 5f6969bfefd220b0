// Single keys: an element with data-key is pressed by that key, and ? lists them all.
import { all, keysAreOn, make } from "./dom.js"

export function startHotkeys() {
  document.addEventListener("keydown", event => {
    if (!keysAreOn(event)) return
    if (event.key === "?") {
      event.preventDefault()
      return showKeys()
    }
    const key = event.key.toLowerCase()
    if (key.length > 1) return
    const target = all(`[data-key="${CSS.escape(key)}"]`).filter(found => found.checkVisibility?.() ?? true).at(-1)
    if (!target || target.disabled) return
    event.preventDefault()
    if (target.matches("input, textarea, select")) target.focus()
    else target.click()
  })
}

function showKeys() {
  const lines = all(".key-hints li").map(line => line.cloneNode(true))
  for (const target of all("[data-key]")) {
    const shown = target.querySelector("kbd")?.textContent ?? ""
    const words = target.getAttribute("aria-label") ?? target.textContent.replace(shown, "")
    lines.push(make("li", {}, make("kbd", {}, target.dataset.key.toUpperCase()), words.trim()))
  }
  const chord = make("span", { class: "keys" }, make("kbd", {}, "Ctrl"), make("kbd", {}, "K"))
  lines.push(make("li", {}, chord, "search or do something"))
  lines.push(make("li", {}, make("kbd", {}, "F6"), "to the last message"))
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "keys-title" },
    make("h2", { id: "keys-title" }, "Keys on this page"),
    make("ul", { class: "key-list" }, ...lines),
    make("p", { class: "small muted" }, "Single keys can be switched off on your account page."),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button" }, "Close")))
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
