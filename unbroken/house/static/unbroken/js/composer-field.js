// Where one writes now: the answer's field or the note's, each with its own words.
export const form = () => document.getElementById("composer")

export const mode = () => form()?.querySelector("[name=mode]:checked")?.value || "reply"

export const field = () => document.getElementById(mode() === "note" ? "composer-note" : "composer-words")

// A field that was just switched to is drawn, and can be written in, a frame later.
export function enter() {
  requestAnimationFrame(() => {
    const words = field()
    words.focus()
    if (!words.selectionEnd) words.setSelectionRange(words.value.length, words.value.length)
  })
}

export function put(text, start, end) {
  const words = field()
  words.setRangeText(text, start, end, "end")
  words.focus()
  words.dispatchEvent(new Event("input", { bubbles: true }))
}
