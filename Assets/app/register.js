// Taking a register by keys and taps. The radio buttons are the truth; this only presses them faster.
import { all, keysAreOn, on, toast } from "./dom.js"

export function startRegister() {
  const list = document.querySelector("[data-register]")
  const form = list?.closest("form")
  if (!form || list.querySelector("input:disabled")) return
  const rows = [...list.children]
  const radios = row => all("input[type=radio]", row)
  const chosen = row => radios(row).find(radio => radio.checked) ?? null
  const minutes = row => row.querySelector(".minutes input")
  const rest = form.querySelector("[data-tally-rest]")?.dataset.tallyRest

  let here = -1
  let number = { text: "", at: 0 }
  let late = null
  const known = new Map(rows.map(row => [row, chosen(row)]))
  const steps = []

  function go(index, focus = true) {
    if (!rows[index]) return
    rows[here]?.classList.remove("here")
    here = index
    const row = rows[here]
    row.classList.add("here")
    if (!focus) return
    const target = chosen(row) ?? radios(row)[0]
    target.focus({ preventScroll: true })
    row.scrollIntoView({ block: "nearest" })
  }

  /** Takes note of what changed since the last call, as one step to undo. */
  function changed() {
    const step = rows.filter(row => known.get(row) !== chosen(row)).map(row => [row, known.get(row)])
    for (const [row] of step) known.set(row, chosen(row))
    if (step.length) steps.push(step)
    count()
    keepDraft(form, rows)
  }

  function undo() {
    const step = steps.pop()
    if (!step) return false
    for (const [row, before] of step) {
      const now = chosen(row)
      if (before) before.checked = true
      else if (now) now.checked = false
      known.set(row, before)
    }
    count()
    keepDraft(form, rows)
    go(rows.indexOf(step[0][0]))
    return true
  }

  function count() {
    const marks = rows.map(row => chosen(row)?.value)
    for (const place of all("[data-tally]", form)) {
      place.textContent = marks.filter(mark => mark === place.dataset.tally).length
    }
    for (const place of all("[data-tally-rest]", form)) {
      place.textContent = marks.filter(mark => !mark || mark === rest).length
    }
  }

  function mark(radio) {
    radio.checked = true
    const row = rows[here]
    late = radio.closest("label").classList.contains("late") ? { row, text: "", at: Date.now() } : null
    changed()
    if (here < rows.length - 1) go(here + 1)
  }

  function digit(key) {
    const now = Date.now()
    if (late && now - late.at < 3000) {
      late.text = (late.text + key).slice(0, 3)
      late.at = now
      minutes(late.row).value = late.text
      return keepDraft(form, rows)
    }
    number.text = (now - number.at < 900 ? number.text : "") + key
    number.at = now
    go(Number(number.text) - 1)
  }

  function fillBlanks() {
    for (const row of rows) {
      if (!chosen(row)) radios(row).filter(radio => radio.value === rest).forEach(radio => { radio.checked = true })
    }
    changed()
  }

  function press(event) {
    const inList = list.contains(event.target)
    const key = event.key
    if (/^[0-9]$/.test(key)) return digit(key), true
    number.text = ""
    late = null
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[key]
    if (step) return key.length === 1 || inList ? (go(Math.max(0, here + step)), true) : false
    if (key === "Enter" && event.target.type === "radio") return go(here + 1), true
    if (key === "P" && rest) return fillBlanks(), true
    if (key === "z") return undo()
    if (key === "n" && rows[here]) {
      const note = rows[here].querySelector(".note")
      note.open = true
      note.querySelector("input").focus()
      return true
    }
    const radio = radios(rows[Math.max(0, here)]).find(found => found.dataset.letter === key)
    if (!radio) return false
    if (here < 0) go(0)
    mark(radio)
    return true
  }

  document.addEventListener("keydown", event => {
    const isInNote = event.target.closest?.(".note .sheet")
    if ((isInNote || event.target.closest?.(".minutes")) && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (isInNote) event.target.closest(".note").open = false
      return go(here)
    }
    if (keysAreOn(event) && press(event)) event.preventDefault()
  })
  on("change", "[data-register] input", changed)
  on("focusin", "[data-register] li", (event, row) => go(rows.indexOf(row), false))
  on("click", "[data-register] .number", (event, number) => {
    const row = number.closest("li")
    const order = ["absent", "late", "present"]
    const now = order.findIndex(shape => chosen(row)?.closest("label").classList.contains(shape))
    const next = row.querySelector(`.choices .${order[(now + 1) % order.length]} input`)
    if (!next) return
    next.checked = true
    changed()
  })
  if (restoreDraft(form, rows)) toast("Marks that were not sent yet are back.")
  changed()
  steps.length = 0
}

const draftName = form => `register ${form.action}`
const fields = row => all("input[name]:not([type=hidden])", row)
const version = row => row.querySelector("input[type=hidden]")?.value

const isRadio = field => field.type === "radio"
const isTouched = field =>
  isRadio(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue

/** Keeps in this tab what is not sent yet, with the version each mark was read at, so that nothing newer is lost. */
function keepDraft(form, rows) {
  const draft = rows.map(row => ({
    version: version(row),
    fields: fields(row).filter(isTouched)
      .map(field => isRadio(field) ? [field.name, field.value, field.checked] : [field.name, null, field.value]),
  }))
  try {
    if (draft.some(entry => entry.fields.length)) sessionStorage.setItem(draftName(form), JSON.stringify(draft))
    else sessionStorage.removeItem(draftName(form))
  } catch {
    // No room or not allowed: the form itself still holds the marks.
  }
}

function restoreDraft(form, rows) {
  let draft
  try {
    draft = JSON.parse(sessionStorage.getItem(draftName(form)) ?? "[]")
    sessionStorage.removeItem(draftName(form))
  } catch {
    return false
  }
  let isRestored = false
  rows.forEach((row, index) => {
    const entry = draft[index]
    if (!entry || entry.version !== version(row)) return
    for (const [name, value, now] of entry.fields) {
      const field = fields(row).find(found => found.name === name && (value === null || found.value === value))
      if (!field) continue
      if (value === null) {
        isRestored ||= field.value !== now
        field.value = now
      } else {
        isRestored ||= field.checked !== now
        field.checked = now
      }
    }
  })
  return isRestored
}
