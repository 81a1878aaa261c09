// Single keys, one after the other: the sheet on "?" says which, pages say how. Off where somebody
// writes, while a screen reader's own key is held, and for those who switched them off.
export const deeds = {}
const sheet = document.getElementById("shortcuts")
const NEXT_KEY_MS = 1200
const READERS_KEYS = ["CapsLock", "Insert", "ScrollLock"] // NVDA's, JAWS's, Orca's and Narrator's own
const WRITING =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], [role=combobox], [role=textbox], [role=listbox]"
const known = new Map(
  [...(sheet?.querySelectorAll("[data-keys]") || [])].map((line) => [line.dataset.keys, line.dataset]),
)
let pressed = ""
let waiting
let isReaders = false

export function say(text) {
  const place = document.getElementById("said")
  place.textContent = text
  clearTimeout(place.leaving)
  place.leaving = setTimeout(() => (place.textContent = ""), 4000)
}

export function reach(selector) {
  const field = document.querySelector(selector)
  if (!field) return false
  const fold = field.closest("details")
  if (fold) fold.open = true
  field.focus()
  field.select?.()
  return true
}

Object.assign(deeds, {
  sheet: () => sheet.showModal(),
  search: () => reach("[data-search-box] input"),
  go: (line) => location.assign(line.to),
  status: (line) => document.querySelector(`#status button[value=${line.to}]`).click(),
})

const begins = (keys) => [...known.keys()].some((one) => one.startsWith(`${keys} `))

function read(key) {
  const further = pressed && `${pressed} ${key}`
  const keys = further && (known.has(further) || begins(further)) ? further : key
  clearTimeout(waiting)
  pressed = begins(keys) ? keys : ""
  waiting = setTimeout(() => (pressed = ""), NEXT_KEY_MS)
  return known.get(keys)
}

// On a Russian keyboard the key of "j" writes "о": what counts there is the place of the key.
const isElsewhere = (event) => /^\p{L}$/u.test(event.key) && !/[a-z]/i.test(event.key) && event.code.startsWith("Key")
const keyOf = (event) => (isElsewhere(event) && !event.shiftKey ? event.code.slice(3).toLowerCase() : event.key)

document.addEventListener("keydown", (event) => {
  if (READERS_KEYS.includes(event.key)) isReaders = true
  if (sheet?.open && event.key === "?") return sheet.close()
  if (!sheet || sheet.hasAttribute("data-off") || isReaders || event.defaultPrevented || event.isComposing) return
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return
  if (event.target.closest?.(WRITING) || document.querySelector("dialog[open]")) return
  const line = read(keyOf(event))
  if (!line && !pressed) return
  event.preventDefault()
  if (line && (!event.repeat || ["next", "before"].includes(line.deed))) deeds[line.deed]?.(line)
})

for (const [name, target] of [["keyup", document], ["blur", window]]) target.addEventListener(name, () => (isReaders = false))

document.addEventListener("click", (event) => event.target.closest("[data-shortcuts]") && sheet?.showModal())
