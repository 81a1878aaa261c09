// Choosing lines of the list: click, shift-click for all between, kept when the list renews itself.
const chosen = new Set()
let last = null

const boxes = () => [...document.querySelectorAll("#many input[name=ticket]")]

export function show() {
  for (const box of boxes()) box.checked = chosen.has(box.value)
  const here = boxes().filter((box) => box.checked).length
  const bar = document.getElementById("many-bar")
  if (!bar) return
  const count = bar.querySelector("[data-chosen]")
  count.textContent = here ? count.dataset.word.replace("{n}", here) : ""
  bar.toggleAttribute("data-some", here > 0)
  bar.querySelector("[data-choose-none]").hidden = !here
}

export function choose(box, isChosen) {
  if (isChosen) chosen.add(box.value)
  else chosen.delete(box.value)
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-choose-none]")) {
    chosen.clear()
    return show()
  }
  const box = event.target.closest("#many input[name=ticket]")
  if (!box) return
  const all = boxes()
  const from = all.findIndex((one) => one.value === last)
  const to = all.indexOf(box)
  const between = event.shiftKey && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [box]
  for (const one of between) choose(one, box.checked)
  last = box.value
  show()
})

document.addEventListener("htmx:afterSettle", show)
addEventListener("pageshow", () => {
  for (const box of boxes()) if (box.checked) chosen.add(box.value)
  document.documentElement.dataset.scripted = ""
  show()
})
