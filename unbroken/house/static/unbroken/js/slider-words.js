// <slider-words data-words="20 s|1 min|…"> says what a slider stands at while it moves, to eyes and ears.
class SliderWords extends HTMLElement {
  connectedCallback() {
    this.range = this.querySelector("input[type=range]")
    this.words = this.dataset.words.split("|")
    this.range.addEventListener("input", () => this.say())
  }

  say() {
    const word = this.words[Number(this.range.value)] ?? ""
    this.querySelector("[data-says]").textContent = word
    this.range.setAttribute("aria-valuetext", word)
  }
}

customElements.define("slider-words", SliderWords)
