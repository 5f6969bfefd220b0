// Selecting rows of an index table: all on the page, a range with Shift, and the count in the bulk bar.
import { all, on } from "./dom.js"

const boxes = table => all("tbody .margin input[type=checkbox]", table)

export function startTables() {
  let last = null
  on("click", "[data-rows] tbody .margin input", (event, box) => {
    const table = box.closest("table")
    const list = boxes(table)
    const from = list.indexOf(last)
    if (event.shiftKey && from >= 0) {
      const ends = [from, list.indexOf(box)].sort((a, b) => a - b)
      for (const between of list.slice(ends[0], ends[1] + 1)) between.checked = box.checked
    }
    last = box
    count(table)
  })
  on("change", "[data-select-all]", (event, whole) => {
    const table = whole.closest("table")
    for (const box of boxes(table)) box.checked = whole.checked
    count(table)
  })
  document.addEventListener("reset", event => {
    const table = event.target.querySelector("[data-rows]")
    if (table) setTimeout(() => {
      for (const box of boxes(table)) box.checked = false
      count(table)
    })
  })
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return
    const bar = document.querySelector("[data-bulk]")
    if (bar?.checkVisibility?.()) bar.closest("form")?.reset()
  })
  const greet = () => {
    for (const whole of all("[data-select-all]")) whole.hidden = false
    for (const table of all("[data-rows]")) count(table)
  }
  document.addEventListener("swapped", greet)
  addEventListener("pageshow", greet)
}

function count(table) {
  const list = boxes(table)
  const chosen = list.filter(box => box.checked).length
  const whole = table.querySelector("[data-select-all]")
  if (whole) {
    whole.checked = chosen > 0 && chosen === list.length
    whole.indeterminate = chosen > 0 && chosen < list.length
  }
  const words = table.closest("form")?.querySelector("[data-selected]")
  if (words) words.textContent = `${chosen} selected`
}
