// The page of a ticket while one works on it: news in the story, drafts on the server, Ctrl+Enter.
const SAVE_MS = 1200
const composer = () => document.getElementById("composer")
const words = () => document.getElementById("composer-words")
let saving

function renew() {
  const story = document.getElementById("story")
  if (!story) return
  const facts = document.getElementById("facts")
  const part = facts.contains(document.activeElement) || facts.querySelector("details[open]") ? "story" : "all"
  window.htmx.ajax("GET", `${story.dataset.address}?part=${part}`, { target: "#story", swap: "outerHTML" })
}

function save() {
  const form = composer()
  if (!form) return
  const body = new FormData()
  for (const name of ["csrfmiddlewaretoken", "mode", "words"]) body.set(name, new FormData(form).get(name) ?? "")
  fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" })
}

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
