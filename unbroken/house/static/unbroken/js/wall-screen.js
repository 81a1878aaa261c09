// <wall-screen data-full="…"> is the clock of a board on a wall: it keeps the screen awake and the board fresh.
import { now, timeZone } from "./time.js"

const language = document.documentElement.lang || "en"
const FRESH_MS = 60_000
const AGAIN_MS = 6 * 60 * 60_000 // a page that hangs for weeks takes in a new version now and then

class WallScreen extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-clock]")
    this.timers = [
      setInterval(() => this.tick(), 1000),
      setInterval(() => document.dispatchEvent(new CustomEvent("news")), FRESH_MS),
      setInterval(() => navigator.onLine && location.reload(), AGAIN_MS),
    ]
    this.tick()
    this.wake = () => !document.hidden && navigator.wakeLock?.request("screen").catch(() => {})
    document.addEventListener("visibilitychange", this.wake)
    this.wake()
    // A screen that was ended shows what it showed no longer.
    this.dark = (answer) => answer.detail.xhr.status === 404 && location.reload()
    document.addEventListener("htmx:responseError", this.dark)
    if (document.fullscreenEnabled) this.offer()
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval)
    document.removeEventListener("visibilitychange", this.wake)
    document.removeEventListener("htmx:responseError", this.dark)
  }

  tick() {
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }
    this.words.textContent = new Date(now()).toLocaleTimeString(language, clock)
  }

  offer() {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button"
    button.textContent = this.dataset.full
    button.addEventListener("click", () => document.documentElement.requestFullscreen())
    document.addEventListener("fullscreenchange", () => (button.hidden = Boolean(document.fullscreenElement)))
    this.append(button)
  }
}

customElements.define("wall-screen", WallScreen)
