// <offline-notice hidden> in a form: while the device is off line, nothing is sent, the page
// stays as it was filled in, and this says so. Nothing is put into the browser's storage.
customElements.define(
  "offline-notice",
  class extends HTMLElement {
    connectedCallback() {
      this.stop = new AbortController();
      const options = { signal: this.stop.signal };
      this.closest("form").addEventListener("submit", (event) => this.hold(event), options);
    }

    disconnectedCallback() {
      this.stop.abort();
    }

    hold(event) {
      this.hidden = navigator.onLine;
      if (!navigator.onLine) event.preventDefault();
    }
  },
);
