// A part of the page asks for itself again, one question at a time for each part.
// Left to itself, htmx lines all of them up behind one another and the last that waits pushes the others out.
const asking = new Map() // the id of a part that asks → whether something came meanwhile

// Says whether something came while the answer was under way: then it is time to ask once more.
export async function renew(id, address) {
  if (asking.has(id)) return void asking.set(id, true)
  const place = document.getElementById(id)
  if (!place) return false
  asking.set(id, false)
  await window.htmx.ajax("GET", address, { source: place, target: place, swap: "outerHTML" }).catch(() => {}) // a deed came first
  const isMissed = asking.get(id)
  asking.delete(id)
  return isMissed
}
