// The page of a ticket while one works on it: news in the story, drafts on the server, Ctrl+Enter.
const SAVE_MS = 1200
const composer = () => document.getElementById("composer")
const words = () => document.getElementById("composer-words")
let saving
let asking = null // the request for news that is under way
let deeds = 0 // what the agent sent and is not answered yet
let isMissed = false

function renew() {
  const story = document.getElementById("story")
  if (!story) return
  isMissed = deeds > 0
  if (isMissed) return
  const facts = document.getElementById("facts")
  const part = facts.contains(document.activeElement) || facts.querySelector("details[open]") ? "story" : "all"
  const address = `${story.dataset.address}?part=${part}`
  window.htmx.ajax("GET", address, { target: "#story", swap: "outerHTML" }).catch(() => {}) // a deed came first
}

function save() {
  const form = composer()
  if (!form) return
  const body = new FormData()
  for (const name of ["csrfmiddlewaretoken", "mode", "words"]) body.set(name, new FormData(form).get(name) ?? "")
  fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" })
}

// A deed goes before news: what was asked for earlier must not take the place of its answer.
const isNews = (event) => event.detail.pathInfo?.requestPath?.includes("part=")

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isNews(event)) return void (asking = event.detail.xhr)
  deeds += 1
  asking?.abort()
})

document.addEventListener("htmx:afterRequest", (event) => {
  if (isNews(event)) return void (asking = null)
  deeds = Math.max(0, deeds - 1)
  if (isMissed) renew()
})

document.addEventListener("news", renew)

document.addEventListener("input", (event) => {
  if (event.target !== words()) return
  clearTimeout(saving)
  saving = setTimeout(save, SAVE_MS)
})

document.addEventListener("change", (event) => {
  const place = event.target.matches("#composer [type=file]") && composer().querySelector("[data-files]")
  if (place) place.textContent = [...event.target.files].map((file) => file.name).join(", ")
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== words()) return
  event.preventDefault()
  composer().requestSubmit()
})

document.addEventListener("submit", (event) => event.target === composer() && clearTimeout(saving), true)

// What came while nothing was being written was seen; what comes while one writes is asked about.
document.addEventListener("htmx:afterSettle", () => {
  const story = document.getElementById("story")
  const seen = composer()?.elements.seen
  if (story && seen && !words().value) seen.value = story.dataset.last
})

// One begins to read at the first new message, or at the last one.
const entries = document.querySelectorAll(".entry")
const fresh = document.querySelector(".entry[data-new]")
const last = entries[entries.length - 1]
if (entries.length > 1 && !location.hash) (fresh || last).scrollIntoView({ block: fresh ? "start" : "end" })
