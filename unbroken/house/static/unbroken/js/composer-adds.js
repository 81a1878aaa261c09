// Into the answer without detours: files by drag and paste, and a quotation of what is selected in the story.
import { field, form, put } from "./composer-field.js"

function attach(files) {
  const input = form().querySelector("[type=file]")
  const all = new DataTransfer()
  for (const file of [...input.files, ...files]) all.items.add(file)
  input.files = all.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}

document.addEventListener("paste", (event) => {
  const files = event.clipboardData?.files
  if (!files?.length || !form()?.contains(event.target)) return
  event.preventDefault()
  attach(files)
})

document.addEventListener("dragover", (event) => {
  if (!form() || !event.dataTransfer?.types.includes("Files")) return
  event.preventDefault()
  form().toggleAttribute("data-takes", true)
})

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form()?.removeAttribute("data-takes")
})

document.addEventListener("drop", (event) => {
  if (!form() || !event.dataTransfer?.files.length) return
  event.preventDefault()
  form().removeAttribute("data-takes")
  attach(event.dataTransfer.files)
})

function selected() {
  const selection = document.getSelection()
  const at = selection?.anchorNode
  return (at?.closest ? at : at?.parentElement)?.closest(".entry__words") ? selection.toString().trim() : ""
}

document.addEventListener("selectionchange", () => {
  const button = form()?.querySelector("[data-quotes]")
  if (button) button.hidden = !selected()
})

document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-quotes]")) event.preventDefault() // the selection stays
})

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-quotes]")) return
  const quoted = selected().split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")
  const words = field()
  const before = words.value.slice(0, words.selectionStart).trimEnd()
  put(`${before ? "\n\n" : ""}${quoted}\n\n`, before.length, words.selectionEnd)
})
