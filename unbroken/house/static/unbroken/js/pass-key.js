// A form with data-passkey asks the browser for a passkey before it is sent, and carries the answer.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")

const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }))

const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  excludeCredentials: listed(options.excludeCredentials),
  allowCredentials: listed(options.allowCredentials),
})

const told = ({ id, rawId, type, response, authenticatorAttachment }) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
  const given = parts.filter((part) => response[part]).map((part) => [part, text(response[part])])
  return { id, rawId: text(rawId), type, authenticatorAttachment, clientExtensionResults: {}, response: Object.fromEntries(given) }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const wrong = form.querySelector("[data-passkey-wrong]")
    wrong.hidden = true
    try {
      const publicKey = asked(JSON.parse(form.dataset.options))
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey })
      form.elements.credential.value = JSON.stringify(told(credential))
      form.submit()
    } catch {
      wrong.textContent = form.dataset.wrong
      wrong.hidden = false
    }
  })
}
