// The keys of the list: walk, open, choose; and the list is remembered for those who open a line of it.
import { deeds, reach } from "./shortcuts.js"

const all = (selector) => [...document.querySelectorAll(selector)]
const row = () => document.activeElement?.closest(".waiting-ticket")

function step(by) {
  const rows = all(".waiting-ticket")
  const place = rows.indexOf(row())
  const next = rows[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)]
  next?.querySelector(".waiting-ticket__name").focus()
}

Object.assign(deeds, {
  next: () => step(1),
  before: () => step(-1),
  open: () => row()?.querySelector(".waiting-ticket__name").click(),
  choose: () => row()?.querySelector("input[name=ticket]")?.click(),
  many: () => reach("#many-deed"),
})

function remember() {
  const tickets = all(".waiting-ticket").map((one) => one.id.replace("ticket-", ""))
  sessionStorage.setItem("list", JSON.stringify({ address: location.pathname + location.search, tickets }))
}

document.addEventListener("htmx:afterSettle", remember)
addEventListener("pageshow", remember)
