// <due-clock at="…" risk="…"> counts down to a promise and turns when it is at risk, then late.
import { inWords, now } from "./time.js"

const clocks = new Set()
const page = document.documentElement.dataset

class DueClock extends HTMLElement {
  connectedCallback() {
    if (!this.getAttribute("at") || this.dataset.state === "paused") return
    this.due = Date.parse(this.getAttribute("at"))
    this.risk = Date.parse(this.getAttribute("risk") || this.getAttribute("at"))
    this.words = this.querySelector("[data-words]")
    clocks.add(this)
    this.tick()
  }

  disconnectedCallback() {
    clocks.delete(this)
  }

  tick() {
    const at = now()
    const isLate = at > this.due
    const state = isLate ? "late" : at > this.risk ? "at-risk" : "running"
    const long = inWords(Math.abs(this.due - at) / 1000)
    const words = isLate ? page.late.replace("{time}", long) : long
    if (this.words.textContent !== words) this.words.textContent = words
    if (this.dataset.state !== state) this.dataset.state = state
  }
}

customElements.define("due-clock", DueClock)
setInterval(() => clocks.forEach((clock) => clock.tick()), 1000)
