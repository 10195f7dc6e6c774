// <site-menu> around the menu: Escape, or a click elsewhere, closes an open group.
// Without it a group is closed where it was opened.
customElements.define(
  "site-menu",
  class extends HTMLElement {
    connectedCallback() {
      this.stop = new AbortController();
      const options = { signal: this.stop.signal };
      this.addEventListener("keydown", (event) => this.escape(event), options);
      document.addEventListener("click", (event) => this.leave(event), options);
    }

    disconnectedCallback() {
      this.stop.abort();
    }

    get open() {
      return this.querySelector("details[open]");
    }

    escape(event) {
      const group = this.open;
      if (event.key !== "Escape" || !group) return;
      event.preventDefault();
      group.open = false;
      group.querySelector("summary").focus();
    }

    leave(event) {
      const group = this.open;
      if (group && !group.contains(event.target)) group.open = false;
    }
  },
);
