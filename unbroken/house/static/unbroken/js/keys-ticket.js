// The keys of a request: write, take, end, copy its number, walk on in the list one came from.
import { deeds, reach, say } from "./shortcuts.js"

const said = () => document.getElementById("said").dataset
const number = () => document.querySelector(".ticket-head .number").textContent.trim()
const place = () => document.querySelector("list-place")

function write(mode) {
  const choice = document.querySelector(`#composer [name=mode][value=${mode}]`)
  if (choice && !choice.checked) return choice.click() // the composer goes there
  return reach(mode === "note" ? "#composer-note" : "#composer-words")
}

// What is selected in the story goes along, quoted.
function reply() {
  const quotes = document.querySelector("#composer:has([name=mode][value=reply]:checked) [data-quotes]:not([hidden])")
  return quotes ? quotes.click() : write("reply")
}

function end() {
  const button = document.querySelector("#facts button[name=to][value=close], #facts button[name=to][value=resolve]")
  if (!button) return
  if (button === document.activeElement) return button.click()
  button.focus()
  say(said().ends.replace("{name}", button.textContent.trim()))
}

async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => copyOldWay(text))
  if (!navigator.clipboard) copyOldWay(text) // only safe addresses have a clipboard
  say(said().copied.replace("{what}", text))
}

function copyOldWay(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "only-heard" })
  const before = document.activeElement
  document.body.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
  before?.focus()
}

Object.assign(deeds, {
  reply,
  note: () => write("note"),
  take: () => reach("#facts button[name=agent][value]") && document.activeElement.click(),
  sleep: () => reach("#fold-sleep [name=until]"),
  macro: () => document.querySelector("#macros [data-opens-macros]")?.click(),
  end,
  next: () => place()?.go(1),
  before: () => place()?.go(-1),
  list: () => document.querySelector(".ticket-head__back").click(),
  "copy-number": () => copy(number()),
  "copy-name": () => copy(`${number()} ${document.getElementById("ticket-title").textContent.trim()}`),
  "copy-link": () => copy(location.origin + location.pathname),
})
