// What belongs to the frame: menus, toasts, the theme, dialogs, and small buttons.
import { all, on, root, toast } from "./dom.js"

export function startMenus() {
  const opened = () => all("details.menu[open]")
  document.addEventListener("click", event => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener("keydown", event => {
    const menu = opened().at(-1)
    if (!menu || event.ctrlKey || event.metaKey || event.altKey) return
    const choices = all(".choice", menu)
    const at = choices.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape") {
      event.preventDefault()
      menu.open = false
      menu.querySelector("summary").focus()
    } else if (step && choices.length && menu.contains(document.activeElement)) {
      event.preventDefault()
      choices.at((Math.max(at, step > 0 ? -1 : 0) + step) % choices.length).focus()
    }
  })
}

/** A toast goes after ten seconds in which nobody pointed at it or had the focus in it. */
export function startToasts() {
  const place = document.getElementById("toasts")
  if (!place) return
  const watched = new WeakSet()
  const watch = () => {
    for (const shown of all(".toast", place)) {
      if (watched.has(shown)) continue
      watched.add(shown)
      let left = 10
      const tick = setInterval(() => {
        if (document.hidden || shown.matches(":hover, :focus-within")) return
        left -= 1
        if (left > 0) return
        clearInterval(tick)
        shown.remove()
      }, 1000)
    }
  }
  new MutationObserver(watch).observe(place, { childList: true })
  watch()
  document.addEventListener("keydown", event => {
    if (event.key !== "F6") return
    const button = place.querySelector("button")
    if (!button) return
    event.preventDefault()
    button.focus()
  })
}

/** The form changes the theme without scripts; here the page turns at once and the server is told. */
export function startTheme() {
  on("submit", "[data-theme-form]", async (event, form) => {
    event.preventDefault()
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    root.dataset.theme = form.elements.theme.value = dark ? "light" : "dark"
    const body = new URLSearchParams(new FormData(form))
    try {
      await fetch(form.action, { method: "POST", body, redirect: "manual" })
    } catch {
      toast("The theme was not kept: this device is offline.")
    }
  })
}

export function startSmallButtons() {
  on("click", "[data-copy]", async (event, button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      toast("Copied.")
    } catch {
      toast("Copying is not allowed here. Mark the text and copy it.")
    }
  })
  on("click", "[data-print]", () => print())
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    on("click", "button[commandfor]", (event, button) => {
      const dialog = document.getElementById(button.getAttribute("commandfor"))
      if (button.getAttribute("command") === "show-modal") dialog?.showModal()
      if (button.getAttribute("command") === "close") dialog?.close()
    })
  }
}
