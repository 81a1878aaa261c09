// What somebody did and the desk did not take is said, and stays said: a form alone would look as if it had been sent.

function say(kind) {
  const place = document.getElementById("toasts")
  const line = document.getElementById("unreached").content.cloneNode(true)
  const words = line.querySelector("[data-words]")
  words.textContent = words.dataset[kind]
  place.querySelectorAll("toast-line[data-trouble]").forEach((before) => before.remove())
  place.append(line)
}

// A part of the page that renews itself is nobody's deed: a cut line is told by <live-news>.
const isDeed = ({ verb, triggeringEvent }) => verb !== "get" || Boolean(triggeringEvent)
const told = (kind) => (event) => isDeed(event.detail.requestConfig) && say(kind)

document.addEventListener("htmx:sendError", told("unreached"))
document.addEventListener("htmx:timeout", told("unreached"))
document.addEventListener("htmx:responseError", told("refused"))
