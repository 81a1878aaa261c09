// <live-news src="…" since="…"> listens for news and says "news" to the page; the page asks for its parts.
// While the line is cut it shows what stands in it, and "found" is said when it is back.
const GATHER_MS = 120
const ONCE_MORE_MS = 2500 // promises are counted a moment after what moved them
const CUT_MS = 4000 // a desk that is being brought up to date is back before anybody need know
const AGAIN_MS = 3000

const ring = () => document.dispatchEvent(new CustomEvent("bell"))

class LiveNews extends HTMLElement {
  connectedCallback() {
    this.last = this.getAttribute("since") || ""
    this.seen = () => (document.hidden ? this.close() : this.open())
    document.addEventListener("visibilitychange", this.seen)
    this.seen()
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.seen)
    this.close()
  }

  // A browser opens six lines to one house at most: a page nobody looks at gives its own back.
  open() {
    if (this.line) return
    const address = new URL(this.getAttribute("src"), location.href)
    address.searchParams.set("since", this.last)
    this.line = new EventSource(address)
    this.line.addEventListener("open", () => this.found())
    this.line.addEventListener("error", () => this.missed())
    this.line.addEventListener("news", (event) => {
      this.last = event.lastEventId || this.last
      this.soon()
    })
    this.line.addEventListener("bell", ring)
    this.line.addEventListener("looks", (event) => document.dispatchEvent(new CustomEvent("looks", { detail: JSON.parse(event.data) })))
    if (this.wasClosed) ring() // what rang meanwhile
    this.wasClosed = false
  }

  close() {
    this.line?.close()
    this.wasClosed = true
    this.line = null
    clearTimeout(this.again)
  }

  // A browser tries again by itself, but gives up for ever when something in between answers in the desk's place.
  missed() {
    this.cut ??= setTimeout(() => (this.hidden = false), CUT_MS)
    if (this.line?.readyState !== EventSource.CLOSED) return
    this.close()
    this.again = setTimeout(() => this.seen(), AGAIN_MS)
  }

  found() {
    clearTimeout(this.cut)
    this.cut = undefined
    if (this.hidden) return
    this.hidden = true
    document.dispatchEvent(new CustomEvent("found"))
    this.say()
  }

  soon() {
    clearTimeout(this.first)
    clearTimeout(this.second)
    this.first = setTimeout(() => this.say(), GATHER_MS)
    this.second = setTimeout(() => this.say(), ONCE_MORE_MS)
  }

  say() {
    document.dispatchEvent(new CustomEvent("news"))
  }
}

customElements.define("live-news", LiveNews)
