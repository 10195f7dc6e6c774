// <site-menu> around the menu: Escape, or a click or the focus elsewhere, closes an open
// group, and the focus elsewhere the menu itself, which would cover it. Without it they are
// closed where they were opened.
customElements.define(
  "site-menu",
  class extends HTMLElement {
    connectedCallback() {
      this.stop = new AbortController();
      const options = { signal: this.stop.signal };
      this.addEventListener("keydown", (event) => this.escape(event), options);
      document.addEventListener("click", (event) => this.leave(event.target), options);
      document.addEventListener("focusin", (event) => this.follow(event.target), options);
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

    leave(target) {
      const group = this.open;
      if (group && !group.contains(target)) group.open = false;
    }

    // By keyboard alone: what is pressed by hand must not move away beneath the finger.
    follow(target) {
      if (!target.matches(":focus-visible")) return;
      if (!this.contains(target)) this.querySelector("nav").hidePopover?.();
      this.leave(target);
    }
  },
);
