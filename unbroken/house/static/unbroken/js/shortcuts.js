// One key, one deed; the sheet on "?" says which. Off where somebody writes, and for those who switched them off.
const sheet = document.getElementById("shortcuts")
const isOff = !sheet || sheet.hasAttribute("data-off")
const all = (selector) => [...document.querySelectorAll(selector)]
const row = () => document.activeElement?.closest(".waiting-ticket")

function step(by) {
  const rows = all(".waiting-ticket")
  const place = rows.indexOf(row())
  const next = rows[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)]
  next?.querySelector(".waiting-ticket__name").focus()
}

function reach(selector) {
  const field = document.querySelector(selector)
  if (!field) return false
  const fold = field.closest("details")
  if (fold) fold.open = true
  field.focus()
  return true
}

function write(mode) {
  const choice = document.querySelector(`#composer [name=mode][value=${mode}]`)
  if (choice && !choice.checked) return choice.click() // the composer goes there
  return reach(mode === "note" ? "#composer-note" : "#composer-words")
}

const deeds = {
  j: () => step(1),
  k: () => step(-1),
  o: () => row()?.querySelector(".waiting-ticket__name").click(),
  x: () => row()?.querySelector("input[name=ticket]")?.click(),
  a: () => reach("#many-deed") || reach("#facts select[name=agent]"),
  r: () => write("reply"),
  n: () => write("note") || document.querySelector("[data-new]")?.click(),
  z: () => reach("#fold-sleep [name=until]") || reach("#many-deed"),
  u: () => location.assign(document.querySelector(".bar__home").href),
  "?": () => (sheet.open ? sheet.close() : sheet.showModal()),
}

const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")

document.addEventListener("keydown", (event) => {
  if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const deed = deeds[event.key]
  if (!deed || isWriting(event.target) || (sheet.open && event.key !== "?")) return
  event.preventDefault()
  deed()
})

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shortcuts]") && sheet) sheet.showModal()
})
