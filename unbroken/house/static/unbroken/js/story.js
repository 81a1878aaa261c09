// The story of a ticket renews itself on news, and one begins to read where something is new.
import { renew as ask } from "./renewing.js"

let asking = null // the request for news that is under way
let deeds = 0 // what the agent sent and is not answered yet
let isMissed = false

async function renew() {
  const story = document.getElementById("story")
  if (!story) return
  isMissed = deeds > 0
  if (isMissed) return
  const facts = document.getElementById("facts")
  const part = facts.querySelector(":is(form, details) :focus") || facts.querySelector("details[open]") ? "story" : "all"
  if (await ask("story", `${story.dataset.address}?part=${part}`)) renew()
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

// What came while nothing was being written was seen; what comes while one writes is asked about.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "composer") showLast()
  const story = document.getElementById("story")
  const seen = document.getElementById("composer")?.elements.seen
  const isWriting = [...document.querySelectorAll(".composer__words")].some((words) => words.value)
  if (story && seen && !isWriting) seen.value = story.dataset.last
})

function showLast() {
  const entries = document.querySelectorAll(".entry")
  const last = document.getElementById("brief") ?? entries[entries.length - 1]
  if (entries.length < 2) return
  last.style.scrollMarginBlockEnd = `${(document.getElementById("composer")?.offsetHeight ?? 0) + 12}px` // it covers what is under it
  last.scrollIntoView({ block: "end" })
}

const fresh = document.querySelector(".entry[data-new]")
if (location.hash) document.querySelector(location.hash)?.scrollIntoView()
else if (fresh?.matches(".entry ~ .entry")) fresh.scrollIntoView({ block: "start" })
else showLast()
