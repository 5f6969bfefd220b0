// What the other modules share: finding, listening, making, and saying.

export const root = document.documentElement

export const all = (selector, within = document) => [...within.querySelectorAll(selector)]

/** Listens once for the whole page, so that parts which come later are heard too. */
export function on(type, selector, act, options) {
  document.addEventListener(type, event => {
    const found = event.target.closest?.(selector)
    if (found) act(event, found)
  }, options)
}

/** An element with text and elements inside; never parses a string. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** Says whether keys pressed here are letters of a text. */
export const isTyping = element =>
  element.matches?.("textarea, select, [contenteditable], input") && !element.matches("[type=radio], [type=checkbox]")

/** Single keys do things only where the person has not switched them off, and no window waits for keys itself. */
export const keysAreOn = event =>
  root.dataset.shortcuts !== "off" && !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey
  && !event.altKey && !isTyping(event.target) && !document.querySelector("dialog[open]")

/** A message at the foot of the page; `act` makes a button of `label`. */
export function toast(message, label, act) {
  const parts = [make("span", {}, message)]
  if (act) {
    const button = make("button", { class: "button", type: "button" }, label)
    button.addEventListener("click", () => { act(); button.closest(".toast").remove() })
    parts.push(button)
  }
  document.getElementById("toasts")?.append(make("div", { class: "toast" }, ...parts))
}

/** Runs `act` once, a moment after the last call. */
export function afterPause(milliseconds, act) {
  let timer
  return (...values) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...values), milliseconds)
  }
}
