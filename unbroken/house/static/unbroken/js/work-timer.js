// <work-timer> counts the minutes that somebody works on a ticket, from their first key; a click stops it or lets it go on.
class WorkTimer extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input")
    this.button = this.querySelector("button")
    this.button.hidden = false
    this.seconds = Number(this.input.value) * 60
    this.button.addEventListener("click", () => this.run(!this.timer))
    this.input.addEventListener("input", () => this.run(false))
    this.onkey = (event) => event.target.closest?.("#composer") && !this.timer && !this.wasStopped && this.run(true)
    document.addEventListener("input", this.onkey)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    document.removeEventListener("input", this.onkey)
  }

  run(isOn) {
    clearInterval(this.timer)
    this.timer = isOn ? setInterval(() => this.tick(), 1000) : undefined
    this.wasStopped = !isOn
    this.button.setAttribute("aria-pressed", String(isOn))
    if (isOn) this.seconds = Math.max(this.seconds, Number(this.input.value) * 60)
  }

  tick() {
    if (!document.hidden) this.seconds += 1
    const minutes = Math.ceil(this.seconds / 60)
    if (String(minutes) !== this.input.value) this.input.value = minutes
  }
}

customElements.define("work-timer", WorkTimer)
