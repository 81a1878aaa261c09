// "/" in the composer opens the canned answers; letters narrow them, arrows choose, Enter inserts where the cursor stands.
const field = () => document.getElementById("composer-words")
const place = () => document.getElementById("canned-place")
const ones = () => [...place().querySelectorAll("button:not([hidden])")]
let chosen = 0

const begun = () => field().value.slice(0, field().selectionStart).match(/(?:^|\s)\/([\w-]*)$/)

async function open() {
  const list = place()
  if (!list.hasChildNodes()) {
    const answer = await fetch(list.dataset.from, { headers: { "HX-Request": "true" } })
    if (!answer.ok) return
    list.innerHTML = await answer.text()
  }
  list.hidden = false
  narrow()
}

function close() {
  if (place()) place().hidden = true
}

function narrow() {
  const letters = (begun()?.[1] || "").toLowerCase()
  for (const one of place().querySelectorAll("button")) {
    one.hidden = !one.dataset.cannedName.toLowerCase().includes(letters)
  }
  choose(0)
}

function choose(number) {
  const all = ones()
  chosen = all.length ? (number + all.length) % all.length : 0
  all.forEach((one, at) => one.toggleAttribute("data-chosen", at === chosen))
  all[chosen]?.scrollIntoView({ block: "nearest" })
}

function insert(text) {
  const words = field()
  const end = words.selectionStart
  const start = end - (begun() ? begun()[1].length + 1 : 0)
  words.setRangeText(text, start, words.selectionEnd, "end")
  words.focus()
  close()
  words.dispatchEvent(new Event("input", { bubbles: true }))
}

document.addEventListener("input", (event) => {
  if (event.target !== field()) return
  if (begun()) open()
  else close()
})

document.addEventListener("keydown", (event) => {
  if (event.target !== field() || place().hidden) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) choose(chosen + step)
  else if (event.key === "Escape") close()
  else if (event.key === "Enter" && !event.ctrlKey && ones().length) insert(ones()[chosen].dataset.cannedText)
  else return
  event.preventDefault()
  event.stopPropagation()
}, true)

document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-canned-text]")
  if (one) return insert(one.dataset.cannedText)
  const opener = event.target.closest("[data-opens-canned]")
  if (!opener) return close()
  event.preventDefault()
  if (place().hidden) open().then(() => field().focus())
  else close()
})
