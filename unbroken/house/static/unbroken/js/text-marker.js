// <text-marker>: what can be done with the words one chose: mark them for everybody who sees the request, or split them off.
import { deeds, say } from "./shortcuts.js"

const at = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)
const length = (text) => [...text].length // characters, as the house counts them

// The chosen words, if they stand inside one message: where they begin, and the words without space around them.
function chosen() {
  const selection = document.getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0).cloneRange()
  const words = at(range.startContainer)?.closest("[data-marks]")
  if (!words) return null
  if (!words.contains(range.endContainer)) range.setEnd(words, words.childNodes.length) // a triple click ends below
  const before = document.createRange()
  before.setStart(words, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const text = range.toString()
  const passage = text.trim()
  const start = length(before.toString()) + length(text) - length(text.trimStart())
  const { marks: address, splits } = words.dataset
  return passage ? { address, splits, passage, start, box: range.getBoundingClientRect() } : null
}

class TextMarker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("mousedown", (event) => event.preventDefault()) // the choice stays
    this.querySelector("button").addEventListener("click", () => this.mark())
    this.onchoice = () => this.follow()
    document.addEventListener("selectionchange", this.onchoice)
    document.addEventListener("scroll", this.onchoice, { passive: true, capture: true })
    deeds.mark = () => this.mark() || say(this.dataset.says)
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.onchoice)
    document.removeEventListener("scroll", this.onchoice, { capture: true })
  }

  follow() {
    const here = chosen()
    this.hidden = !here || here.box.bottom < 0 || here.box.bottom > innerHeight
    if (this.hidden) return
    const link = this.querySelector("a")
    link.hidden = !here.splits
    link.href = `${here.splits}?start=${here.start}&letters=${length(here.passage)}`
    this.style.top = `${Math.min(here.box.bottom + 6, innerHeight - this.offsetHeight - 6)}px`
    this.style.left = `${Math.max(6, Math.min(here.box.left, innerWidth - this.offsetWidth - 6))}px`
  }

  mark() {
    const here = chosen()
    if (!here) return false
    const csrfmiddlewaretoken = document.querySelector("#composer [name=csrfmiddlewaretoken], [name=csrfmiddlewaretoken]").value
    const values = { csrfmiddlewaretoken, start: here.start, passage: here.passage }
    window.htmx.ajax("POST", here.address, { target: "#story", swap: "outerHTML", values }).catch(() => {}) // what failed is told by the toast
    document.getSelection().removeAllRanges()
    return true
  }
}

customElements.define("text-marker", TextMarker)
