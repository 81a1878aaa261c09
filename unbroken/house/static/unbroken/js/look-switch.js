// [data-look-switch] shows a choice of theme or density at once; the form keeps it when it is sent.
const page = document.documentElement

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-look-switch]")
  if (!form) return
  const { name, value } = event.target
  if (name === "theme" || name === "density") page.dataset[name] = value
  if (name === "language") form.submit()
  else fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" })
})
