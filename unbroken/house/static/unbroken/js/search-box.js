// The slash brings one to the search box, unless one is writing.
const WRITING = "input, textarea, select, [contenteditable]"

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.defaultPrevented || event.target.closest?.(WRITING)) return
  const field = document.querySelector("[data-search-box] input")
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
})
