// What the reader opened stays open, and what has the focus keeps it, when a part of the page is renewed.
const opened = new Map()
let focused = null

document.addEventListener("htmx:beforeSwap", (event) => {
  const target = event.detail.target
  if (!target?.querySelectorAll) return
  target.querySelectorAll("details[id]").forEach((fold) => opened.set(fold.id, fold.open))
  focused = target.contains(document.activeElement) ? document.activeElement.id : null
})

document.addEventListener("htmx:afterSettle", () => {
  opened.forEach((isOpen, id) => {
    const fold = document.getElementById(id)
    if (fold && !fold.hasAttribute("data-closes")) fold.open = isOpen
  })
  opened.clear()
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
  focused = null
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
