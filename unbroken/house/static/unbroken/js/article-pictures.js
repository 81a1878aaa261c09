// A picture dragged or pasted into the text of an article is taken in, and stands where the cursor was.
import { say } from "./shortcuts.js"

const KINDS = /^image\/(png|jpeg|gif|webp)$/
const pictures = (from) => [...(from?.files ?? [])].filter((file) => KINDS.test(file.type))

async function take(field, files) {
  const form = field.closest("form")
  for (const file of files) {
    const body = new FormData()
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    body.set("picture", file)
    field.setAttribute("aria-busy", "true")
    try {
      const answer = await fetch(form.dataset.pictures, { method: "POST", body, redirect: "manual" })
      const { words, wrong } = await answer.json()
      if (words) put(field, words)
      else say(wrong)
    } finally {
      field.removeAttribute("aria-busy")
    }
  }
}

// In a paragraph of its own; what it shows is chosen, to be said in better words than a file's name.
function put(field, words) {
  const before = field.value.slice(0, field.selectionStart)
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  field.setRangeText(`${gap}${words}\n\n`, field.selectionStart, field.selectionEnd, "end")
  const start = before.length + gap.length + 2
  field.focus()
  field.setSelectionRange(start, start + words.indexOf("]") - 2)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

for (const [kind, from] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
  document.addEventListener(kind, (event) => {
    const field = event.target.closest?.("[data-takes-pictures]")
    const files = field ? pictures(event[from]) : []
    if (!files.length) return
    event.preventDefault()
    take(field, files)
  })
}

document.addEventListener("dragover", (event) => {
  if (event.target.closest?.("[data-takes-pictures]") && [...event.dataTransfer.types].includes("Files")) event.preventDefault()
})
