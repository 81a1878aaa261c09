// How long, in a few letters: "2 h 05 min". The units come worded from the server.
const page = document.documentElement.dataset

// The server's clock decides what is late: a wrong clock at the desk must not.
const ahead = page.now ? Date.parse(page.now) - Date.now() : 0
const [day, hour, minute, second] = (page.units || "d|h|min|s").split("|")

function known(zone) {
  try {
    return zone && new Intl.DateTimeFormat("en", { timeZone: zone }) && zone
  } catch {
    return undefined // an old browser has not heard of it: its own will do
  }
}

// The fields of a page and the times on it are in one zone: the one its reader chose.
export const timeZone = known(page.zone) || undefined

export const now = () => Date.now() + ahead

export function inWords(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} ${second}`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} ${minute}`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} ${hour} ${String(minutes % 60).padStart(2, "0")} ${minute}`
  const days = Math.floor(hours / 24)
  return `${days} ${day} ${hours % 24} ${hour}`
}
