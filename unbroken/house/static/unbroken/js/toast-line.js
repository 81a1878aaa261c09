// <toast-line> goes by itself, not while it is looked at; with until="…" it shows how long undo is left, and
// trouble stays until somebody closes it.
import { now } from "./time.js"

const STAYS_MS = 7000

class ToastLine extends HTMLElement {
  connectedCallback() {
    const until = this.getAttribute("until")
    this.ends = until ? Date.parse(until) : now() + STAYS_MS
    this.isFixed = Boolean(until)
    this.querySelector("[data-close]")?.addEventListener("click", () => this.remove())
    if ("trouble" in this.dataset) return
    this.timer = setInterval(() => this.tick(), 250)
    this.tick()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  tick() {
    if (!this.isFixed && (this.matches(":hover") || this.contains(document.activeElement))) {
      this.ends = now() + STAYS_MS
    }
    const left = Math.ceil((this.ends - now()) / 1000)
    const place = this.querySelector("[data-left]")
    if (place && this.isFixed) place.textContent = left
    if (left <= 0) this.remove()
  }
}

customElements.define("toast-line", ToastLine)

// What a page says when it comes is put there once more: a screen reader tells only what changes.
const toasts = document.getElementById("toasts")
if (toasts?.childElementCount) setTimeout(() => toasts.replaceChildren(...toasts.childNodes), 100)
