// <list-place number="…"> says where in the list one came from this request stands, and leads on.
class ListPlace extends HTMLElement {
  connectedCallback() {
    const { address, tickets = [] } = JSON.parse(sessionStorage.getItem("list") || "{}")
    const back = document.querySelector(".ticket-head__back")
    if (address && back) back.href = address
    const at = tickets.indexOf(this.getAttribute("number"))
    this.around = at < 0 ? [] : [tickets[at - 1], tickets[at + 1]]
    if (at < 0 || tickets.length < 2) return
    for (const link of this.querySelectorAll("a")) {
      const other = this.around[link.rel === "next" ? 1 : 0]
      if (other) link.href = this.address(other)
      else link.removeAttribute("href")
    }
    this.querySelector("[data-at]").textContent = this.dataset.words.replace("{n}", at + 1).replace("{all}", tickets.length)
    this.hidden = false
  }

  address(number) {
    return location.pathname.replace(/\d+$/, number)
  }

  go(by) {
    const other = this.around[by > 0 ? 1 : 0]
    if (other) location.assign(this.address(other))
  }
}

customElements.define("list-place", ListPlace)
