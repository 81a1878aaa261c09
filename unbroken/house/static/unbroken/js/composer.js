// The place where one writes: drafts on the server, the names of files, Ctrl+Enter.
const SAVE_MS = 1200
const composer = () => document.getElementById("composer")
const words = () => document.getElementById("composer-words")
let saving

function save() {
  const form = composer()
  if (!form) return
  const body = new FormData()
  for (const name of ["csrfmiddlewaretoken", "mode", "words"]) body.set(name, new FormData(form).get(name) ?? "")
  fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" })
}

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
