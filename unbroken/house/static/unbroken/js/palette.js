// <command-palette src="…"> opens on Ctrl+K: finds what fits the letters, and runs commands, each with its keys.
import { deeds } from "./shortcuts.js"

const ASK_MS = 120
const NOT_HERE = ["palette", "search", "next", "before", "open", "choose"]
const small = (text) => text.toLowerCase().trim()

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    this.box = this.querySelector("input")
    this.asked = this.querySelector("[data-asked]")
    this.box.addEventListener("input", () => this.typed())
    this.dialog.addEventListener("keydown", (event) => this.key(event))
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close())
    this.addEventListener("mousemove", (event) => this.choose(event.target.closest("[role=option]")))
    deeds.palette = () => this.open()
  }

  get options() {
    return [...this.querySelectorAll("[role=option]")]
  }

  get chosen() {
    return this.querySelector("[role=option][aria-selected=true]")
  }

  open() {
    if (this.dialog.open) return this.dialog.close()
    for (const other of document.querySelectorAll("dialog[open]")) other.close()
    this.dialog.showModal()
    this.box.select()
    this.typed()
  }

  typed() {
    this.own(small(this.box.value))
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.ask(this.box.value.trim()), ASK_MS)
    this.choose(this.options[0])
  }

  // Commands stand in the page: a word of theirs begins with each word that was typed.
  own(typed) {
    const fits = (words) => typed.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))
    const lines = [...document.querySelectorAll("#shortcuts [data-deed], command-palette li[data-deed]")]
    const found = lines.filter((line) => {
      const isHere = deeds[line.dataset.deed] && !NOT_HERE.includes(line.dataset.deed)
      return isHere && fits(small((line.querySelector("dd") || line).textContent).split(/[\s,:()]+/))
    })
    this.querySelector("[data-own]").replaceChildren(...this.group(typed ? found.slice(0, 5) : found))
  }

  group(lines) {
    if (!lines.length) return []
    const title = Object.assign(document.createElement("h3"), { textContent: this.dataset.commands, role: "presentation" })
    const group = Object.assign(document.createElement("div"), { role: "group", ariaLabel: this.dataset.commands })
    group.append(title, ...lines.map((line, at) => this.option(line, at)))
    return [group]
  }

  option(line, at) {
    const option = document.createElement(line.dataset.deed === "go" ? "a" : "div")
    Object.assign(option, { className: "palette__option", role: "option", ariaSelected: "false", tabIndex: -1, id: `palette-command-${at}` })
    if (line.dataset.deed === "go") option.href = line.dataset.to
    const name = Object.assign(document.createElement("span"), { className: "palette__name", textContent: (line.querySelector("dd") || line).textContent })
    const keys = Object.assign(document.createElement("span"), { className: "palette__keys" })
    keys.append(...[...line.querySelectorAll("kbd")].map((key) => key.cloneNode(true)))
    option.append(name, keys)
    if (!option.href) option.addEventListener("click", () => (this.dialog.close(), deeds[line.dataset.deed](line.dataset)))
    return option
  }

  async ask(typed) {
    this.asking?.abort()
    this.asking = new AbortController()
    const answer = typed.length < 2 ? null : await this.fetch(typed, this.asking.signal)
    if (answer === undefined) return
    const part = new DOMParser().parseFromString(answer || "<div data-asked></div>", "text/html")
    this.asked.replaceWith((this.asked = document.adoptNode(part.querySelector("[data-asked]"))))
    if (!this.chosen) this.choose(this.options[0])
    this.querySelector("[role=status]").textContent = this.dataset.found.replace("{n}", this.options.length)
  }

  async fetch(typed, signal) {
    const address = `${this.getAttribute("src")}?q=${encodeURIComponent(typed)}`
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal }).catch(() => undefined)
    return answer?.ok ? answer.text().catch(() => undefined) : undefined
  }

  choose(option) {
    if (!option || option === this.chosen) return
    this.chosen?.setAttribute("aria-selected", "false")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    this.box.setAttribute("aria-activedescendant", option.id)
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const all = this.options
    if (step) this.choose(all[(all.indexOf(this.chosen) + step + all.length) % all.length])
    else if (event.key === "Enter" && this.chosen) this.chosen.click()
    else return
    event.preventDefault()
  }
}

customElements.define("command-palette", CommandPalette)

document.addEventListener("keydown", (event) => {
  const isK = event.code === "KeyK" || event.key.toLowerCase() === "k" // on a Russian keyboard too
  if (!isK || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
  event.preventDefault()
  deeds.palette?.()
})

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  deeds.palette?.()
})
