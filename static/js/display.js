// Shows a choice of theme, size, width or line height at once; the form itself tells the server.

const PLACES = { theme: "theme", text_size: "size", text_width: "width", leading: "leading" };

class DisplaySettings extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => {
      const place = PLACES[event.target.name];
      if (place) document.documentElement.dataset[place] = event.target.value;
    });
  }
}

customElements.define("display-settings", DisplaySettings);
