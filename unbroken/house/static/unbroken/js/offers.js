// "/" offers canned answers and articles, "@" in a note colleagues: letters narrow, arrows choose, Enter inserts.
import { field, form, mode, put } from "./composer-field.js"
import { hear } from "./heard.js"

const ASK_MS = 180
const SIGNS = { words: /(?:^|\s)\/([^\n/]{0,40})$/, people: /(?:^|\s)@([^\n@]{0,40})$/ }
const place = () => document.getElementById("offers")
const ones = () => [...place().querySelectorAll("[data-offer]")].filter((one) => !one.closest("li").hidden)
let chosen = 0
let asking

const kind = () => (mode() === "note" ? ["people", "words"] : ["words"]).find((one) => begun(one))
const begun = (which) => field().value.slice(0, field().selectionStart).match(SIGNS[which])

async function open(which, letters = "") {
  const list = place()
  const address = `${list.dataset[which]}${which === "words" && letters.length > 1 ? `?words=${encodeURIComponent(letters)}` : ""}`
  if (list.dataset.from !== address) {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => undefined)
    if (!answer?.ok) return
    list.innerHTML = await answer.text()
    list.dataset.from = address
  }
  list.dataset.shows = which
  list.hidden = false
  narrow(which, letters)
}

function close() {
  clearTimeout(asking)
  if (place()) place().hidden = true
}

function narrow(which, letters) {
  for (const one of place().querySelectorAll("[data-offer]")) {
    const isFound = one.dataset.offerAddress && letters.length > 1 // the server looked into the article itself
    one.closest("li").hidden = !isFound && !one.dataset.offer.toLowerCase().includes(letters.toLowerCase())
  }
  choose(0)
  place().hidden = Boolean(letters) && !ones().length
}

function choose(number) {
  const all = ones()
  chosen = all.length ? (number + all.length) % all.length : 0
  all.forEach((one, at) => one.toggleAttribute("data-chosen", at === chosen))
  all[chosen]?.scrollIntoView({ block: "nearest" })
  hear(all.length ? `${all[chosen].dataset.offer}, ${chosen + 1} / ${all.length}` : "")
}

// Never by the form around it: that is the composer's, and would send the answer.
function count(address) {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value)
  body.set("inserted", "1")
  fetch(address, { method: "POST", body, redirect: "manual" }).catch(() => {}) // a count that is lost harms nobody
}

function insert(one, text) {
  const end = field().selectionStart
  const typed = begun(place().dataset.shows)
  put(text, end - (typed ? typed[1].length + 1 : 0), field().selectionEnd)
  close()
  if (one.dataset.used) count(one.dataset.used)
}

document.addEventListener("input", (event) => {
  if (!form() || event.target !== field()) return
  clearTimeout(asking)
  const which = kind()
  if (!which) return close()
  const letters = begun(which)[1].trim()
  if (letters.length < 2 || which === "people") open(which, letters)
  else asking = setTimeout(() => open(which, letters), ASK_MS)
})

document.addEventListener("keydown", (event) => {
  if (!form() || event.target !== field() || place().hidden) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const one = ones()[chosen]
  if (step) choose(chosen + step)
  else if (event.key === "Escape") close()
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && one) {
    insert(one, (event.shiftKey && one.dataset.offerAddress) || one.dataset.offerText)
  } else return
  event.preventDefault()
  event.stopPropagation()
}, true)

document.addEventListener("click", (event) => {
  const one = event.target.closest("#offers [data-offer], #offers [data-inserts]")
  if (one) {
    event.preventDefault()
    return insert(one, one.dataset.inserts || one.dataset.offerText)
  }
  const opener = event.target.closest("[data-opens-offers]")
  if (!opener || !form()) return place() && !event.target.closest("#offers") && close()
  event.preventDefault()
  if (place().hidden) open(opener.dataset.opensOffers).then(() => field().focus())
  else close()
})
