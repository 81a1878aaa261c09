// What changes by itself is said aloud: news in the story, the bell, what a list under the
// field offers. A screen reader tells what changes in a place that was there before, and nothing else.
const place = document.getElementById("heard")
const count = () => Number.parseInt(document.querySelector("#bell .bell__count")?.textContent || "0", 10)
const entries = () => document.querySelectorAll("#story .entry").length
let rings = count()
let told = entries()

export function hear(text) {
  if (place) place.textContent = text
}

document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target?.id
  if (target === "bell" && count() > rings) hear(document.getElementById("bell").ariaLabel)
  if (target === "story" && entries() > told) hear(place.dataset.news)
  rings = count()
  told = entries()
})
