// <local-time at="…"> in the zone that the page is in (an agent's own), else in the browser's;
// <local-time zone="…"> is the clock on that wall, now.
import { now, timeZone } from "./time.js"

const language = document.documentElement.lang || "en"
const dayOf = (at) => at.toLocaleDateString("sv", { timeZone })
const sameDay = (a, b) => dayOf(a) === dayOf(b)

function worded(at) {
  const today = new Date(now())
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }
  if (sameDay(at, today)) return at.toLocaleTimeString(language, clock)
  const day = { day: "numeric", month: "short", timeZone }
  if (dayOf(at).slice(0, 4) !== dayOf(today).slice(0, 4)) return at.toLocaleDateString(language, { ...day, year: "numeric" })
  return at.toLocaleString(language, { ...day, ...clock })
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("at")) this.show()
    else this.timer = setInterval(() => this.wall(), 10_000)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  show() {
    const at = new Date(this.getAttribute("at"))
    this.textContent = worded(at)
    this.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "medium", hourCycle: "h23", timeZone })
  }

  wall() {
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.getAttribute("zone") }
    this.textContent = new Date(now()).toLocaleTimeString(language, options)
  }
}

customElements.define("local-time", LocalTime)
