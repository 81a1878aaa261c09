// <live-list src="…"> renews itself on news. Rows glide to their new place; nothing jumps under the pointer.
import { renew } from "./renewing.js"

const MOVE_MS = 150
const calm = matchMedia("(prefers-reduced-motion: reduce)")
let tops = null

class LiveList extends HTMLElement {
  connectedCallback() {
    this.hear = () => this.news()
    this.free = () => this.held && this.renew()
    document.addEventListener("news", this.hear)
    this.addEventListener("pointerleave", this.free)
    this.button = this.querySelector("[data-show]")
    this.button?.addEventListener("click", () => this.renew())
    if (tops) requestAnimationFrame(() => this.glide())
  }

  disconnectedCallback() {
    document.removeEventListener("news", this.hear)
  }

  get isTouched() {
    const isPointed = matchMedia("(hover: hover)").matches && this.matches(":hover")
    return isPointed || this.contains(document.activeElement)
  }

  news() {
    if (!this.isTouched) return this.renew()
    this.held = (this.held || 0) + 1
    if (this.button) {
      this.button.textContent = this.dataset.more
      this.button.hidden = false
    }
  }

  async renew() {
    this.held = 0
    tops = new Map([...this.querySelectorAll("li[id]")].map((row) => [row.id, row.getBoundingClientRect().top]))
    if (await renew(this.id, this.getAttribute("src"))) document.getElementById(this.id)?.news()
  }

  glide() {
    const before = tops
    tops = null
    if (calm.matches || !before) return
    for (const row of this.querySelectorAll("li[id]")) {
      if (!before.has(row.id)) {
        row.dataset.arrived = ""
        continue
      }
      const moved = before.get(row.id) - row.getBoundingClientRect().top
      if (moved) row.animate({ transform: [`translateY(${moved}px)`, "none"] }, { duration: MOVE_MS, easing: "ease-out" })
    }
  }
}

customElements.define("live-list", LiveList)
