// The place where one writes: drafts on the server, answer and note apart, the names of files, Ctrl+Enter.
import { enter, field, form, mode } from "./composer-field.js"

const SAVE_MS = 1200
const unsaved = new Set() // what the desk does not have yet: the answer, the note
let saving

async function save(which) {
  saving = 0
  if (!form()) return
  const body = new FormData()
  body.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value)
  body.set("mode", which)
  body.set("words", form().elements[which === "note" ? "note" : "words"].value)
  const more = which === "note" ? [] : form().querySelectorAll("[name=offered], [name=cc]:checked, [data-below]")
  for (const one of more) body.append(one.name, one.value)
  unsaved.add(which)
  const answer = await fetch(form().dataset.draft, { method: "POST", body, redirect: "manual" }).catch(() => undefined)
  if (answer?.ok) unsaved.delete(which)
}

document.addEventListener("found", () => unsaved.forEach(save))
addEventListener("beforeunload", (event) => unsaved.size && event.preventDefault())

document.addEventListener("input", (event) => {
  if (!form() || (event.target !== field() && !event.target.matches("#composer [data-below]"))) return
  clearTimeout(saving)
  saving = setTimeout(save, SAVE_MS, mode())
})

document.addEventListener("change", (event) => {
  if (event.target.matches("#composer [type=file]")) {
    const place = event.target.parentElement.querySelector("span")
    place.textContent = [...event.target.files].map((file) => file.name).join(", ")
  }
  if (!event.target.matches("#composer [name=mode]")) return
  if (saving) {
    clearTimeout(saving)
    save(mode() === "note" ? "reply" : "note") // what was begun in the other one is kept at once
  }
  enter()
})

// Who gets a copy is kept with what was begun.
document.addEventListener("change", (event) => event.target.matches("#composer [name=cc]") && save("reply"))
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "copies" && form() && save("reply"))

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form() || event.target !== field()) return
  event.preventDefault()
  form().requestSubmit()
})

document.addEventListener("submit", (event) => event.target === form() && clearTimeout(saving), true)
document.addEventListener("htmx:afterSwap", (event) => event.detail.target?.id === "composer" && unsaved.clear())
