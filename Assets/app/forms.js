// What every form can do: lead to its faults, send once, send by Ctrl+Enter, and not lose what was typed.
// A form whose answer is a file says data-download, because the page stays and the form may be sent again.
import { all, on, toast } from "./dom.js"

export function startForms() {
  document.querySelector("[data-focus]")?.focus()

  on("click", ".error-summary a[href^='#']", (event, link) => {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!field) return
    event.preventDefault()
    const whole = field.closest(".field") ?? field
    whole.scrollIntoView({ block: "center" })
    field.focus({ preventScroll: true })
  })

  document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return
    const form = event.target.closest?.("form") ?? document.querySelector("form:has(.submit-bar)")
    if (form?.method !== "post") return
    event.preventDefault()
    form.requestSubmit()
  })

  document.addEventListener("submit", event => {
    const form = event.target
    if (event.defaultPrevented || form.method !== "post") return
    if (form.dataset.sending !== undefined) return event.preventDefault()
    if (!navigator.onLine) {
      event.preventDefault()
      return toast("This device is offline. What you wrote stays here; send it when you are back.")
    }
    if (form.dataset.download !== undefined) return
    form.dataset.sending = ""
    event.submitter?.setAttribute("aria-busy", "true")
  })
  addEventListener("pageshow", event => {
    if (!event.persisted) return
    for (const form of all("form[data-sending]")) delete form.dataset.sending
    for (const button of all("button[aria-busy]")) button.removeAttribute("aria-busy")
  })

  startGuard()
}

/** `data-guard` on a form asks before unsaved changes are left behind. */
function startGuard() {
  let changed = false
  on("input", "form[data-guard]", () => { changed = true })
  on("submit", "form[data-guard]", () => { changed = false })
  addEventListener("beforeunload", event => { if (changed) event.preventDefault() })
}
