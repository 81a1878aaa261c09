// Lines are dragged to a team or a person at the side. By keyboard: choose with x, then a and the list of deeds.
import { choose, show } from "./list-choice.js"

const over = (target) => target instanceof Element && target.closest("[data-drop]")
let dragged = null

document.addEventListener("dragstart", (event) => {
  const row = event.target instanceof Element && event.target.closest(".waiting-ticket")
  const box = row && row.querySelector("input[name=ticket]")
  if (!box) return
  dragged = box
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", box.value)
  document.documentElement.dataset.dragging = ""
})

document.addEventListener("dragend", () => {
  dragged = null
  delete document.documentElement.dataset.dragging
  document.querySelectorAll("[data-drop][data-over]").forEach((place) => delete place.dataset.over)
})

document.addEventListener("dragover", (event) => {
  const place = dragged && over(event.target)
  if (!place) return
  event.preventDefault()
  place.dataset.over = ""
})

document.addEventListener("dragleave", (event) => {
  const place = over(event.target)
  if (place && !place.contains(event.relatedTarget)) delete place.dataset.over
})

document.addEventListener("drop", (event) => {
  const place = dragged && over(event.target)
  if (!place) return
  event.preventDefault()
  const form = document.getElementById("many")
  if (!dragged.checked) {
    form.querySelectorAll("input[name=ticket]").forEach((box) => choose(box, box === dragged))
    show()
  }
  const deed = form.elements.deed
  deed.append(new Option(place.textContent.trim(), place.dataset.drop, true, true))
  form.requestSubmit()
})
