// What the reader opened stays open, how far they scrolled in a column stays, and what has the
// focus keeps it, when a part of the page is renewed.
const opened = new Map()
const scrolled = new Map()
let lost = null
let answered = null // the part that was asked for; others may come along with it

// Where one was: the thing itself, else what is called or reads as it did, its fold, its heading, where
// one writes in the part that was asked for (words taken back), or that whole part.
function place(part) {
  const here = document.activeElement
  if (!part.contains(here)) return null
  const heading = here.closest("section")?.querySelector("h2, h3")
  return {
    id: here.id,
    called: here.name && `[name="${CSS.escape(here.name)}"][value="${CSS.escape(here.value)}"]`,
    reads: here.matches("a, summary, button") && [here.localName, here.textContent],
    fold: here.closest("details[id]")?.id,
    heading: part.contains(heading) ? heading.textContent : null,
    part: part.id,
  }
}

const reach = (one) => (one?.focus({ preventScroll: true }), Boolean(one) && document.activeElement === one)

function stand(one) {
  if (one && !one.hasAttribute("tabindex")) one.tabIndex = -1
  return reach(one)
}

function find({ id, called, reads, fold, heading, part }) {
  const around = document.getElementById(part)
  if (reach(document.getElementById(id)) || !around) return
  if (called && reach(around.querySelector(`button${called}`))) return
  if (reads && reach([...around.querySelectorAll(reads[0])].find((one) => one.textContent === reads[1]))) return
  if (fold && reach(document.getElementById(fold)?.querySelector("summary"))) return
  const words = [...around.querySelectorAll("h2, h3")].find((one) => one.textContent === heading)
  if (stand(words)) return
  const fields = document.getElementById(answered)?.querySelectorAll("textarea") || []
  if (![...fields].some(reach)) stand(around)
}

function before(event) {
  const target = event.detail.target
  if (!target?.querySelectorAll) return
  target.querySelectorAll("details[id]").forEach((fold) => opened.set(fold.id, fold.open))
  if (target.id && target.scrollTop) scrolled.set(target.id, target.scrollTop)
  lost = place(target) || lost
  if (event.type === "htmx:beforeSwap") answered = target.id
}

document.addEventListener("htmx:beforeSwap", before)
document.addEventListener("htmx:oobBeforeSwap", before)

document.addEventListener("htmx:afterSettle", () => {
  opened.forEach((isOpen, id) => {
    const fold = document.getElementById(id)
    if (fold && !fold.hasAttribute("data-closes")) fold.open = isOpen
  })
  opened.clear()
  scrolled.forEach((top, id) => document.getElementById(id)?.scrollTo({ top, behavior: "instant" }))
  scrolled.clear()
  if (lost && document.activeElement === document.body) find(lost)
  lost = null
})

// A menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false
  })
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  const menu = document.activeElement?.closest("details.menu[open]")
  if (!menu) return
  menu.open = false
  menu.querySelector("summary").focus()
})
