// A new request: Alt and a digit adds what is written to the request beside that digit; Ctrl+Enter keeps it.
const form = document.getElementById("opening")

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    form.requestSubmit(form.querySelector("button[data-look=main]"))
  } else if (event.key === "Enter" && event.target.id === "find-who") {
    event.preventDefault()
    document.querySelector(".around__candidate")?.click()
  }
})

document.addEventListener("keydown", (event) => {
  const button = event.altKey && form?.querySelector(`button[data-alt="${event.code.replace("Digit", "")}"]`)
  if (!button) return
  event.preventDefault()
  button.click()
})
