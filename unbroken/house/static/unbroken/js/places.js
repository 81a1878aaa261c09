// On a phone the places stand in a row that is pushed sideways: where one is comes into view.
for (const place of document.querySelectorAll("nav [aria-current=page]")) {
  const row = place.parentElement
  row.scrollLeft = place.offsetLeft - row.offsetLeft - (row.clientWidth - place.clientWidth) / 2
}
