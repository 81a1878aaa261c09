// Articles beside a request: their words go where the cursor stands, Alt+1 … Alt+9 take the first, the second …
import { field as words } from "./composer-field.js"

function insert(text) {
  const field = words()
  const before = field.value.slice(0, field.selectionStart).trimEnd()
  const after = field.value.slice(field.selectionEnd).trimStart()
  const begun = before ? `${before}\n\n${text}` : text
  field.value = after ? `${begun}\n\n${after}` : begun
  field.focus()
  field.setSelectionRange(begun.length, begun.length)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-insert]")
  if (!form || !document.getElementById("composer")) return
  event.preventDefault()
  insert(event.submitter?.dataset.address || form.dataset.insert)
  const body = new FormData(form)
  body.set("inserted", "1")
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {}) // a count that is lost harms nobody
})

document.addEventListener("keydown", (event) => {
  const number = event.code.match(/^Digit([1-9])$/)?.[1]
  if (!number || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const button = document.querySelector(`#beside [aria-keyshortcuts="Alt+${number}"]`)
  if (!button || !document.getElementById("composer")) return
  event.preventDefault()
  button.click()
})
