// Who looks at a request, who writes on it: the live line brings names, the page draws them. Writing runs out by itself.
const known = new Map()
const timers = new Map()

const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("")

function mark(person, place) {
  const isWriting = person.until > Date.now()
  const one = document.createElement("span")
  one.className = "who looks__one"
  one.toggleAttribute("data-writes", isWriting)
  one.textContent = initials(person.name)
  one.title = (isWriting ? place.dataset.writes : place.dataset.looks).replace("{who}", person.name)
  one.setAttribute("role", "img")
  one.setAttribute("aria-label", one.title)
  return one
}

function draw(ticket) {
  const people = known.get(ticket)
  if (!people) return
  for (const place of document.querySelectorAll(`.looks[data-ticket="${ticket}"]`)) {
    const others = people.filter((one) => String(one.id) !== place.dataset.me)
    place.replaceChildren(...others.map((one) => mark(one, place)))
  }
}

document.addEventListener("looks", ({ detail }) => {
  const { ticket, people } = detail
  known.set(ticket, people.map((one) => ({ ...one, until: Date.now() + one.writes * 1000 })))
  clearTimeout(timers.get(ticket))
  const longest = Math.max(0, ...people.map((one) => one.writes))
  if (longest) timers.set(ticket, setTimeout(draw, longest * 1000 + 50, ticket))
  draw(ticket)
})

// A part of the page that was drawn anew knows who was there when the server drew it.
document.addEventListener("htmx:afterSettle", () => known.forEach((_people, ticket) => draw(ticket)))
