// <video-screen> around a film and its still picture: once the film plays, the picture
// is gone. Without it the picture shows beside a film of another shape.
customElements.define(
  "video-screen",
  class extends HTMLElement {
    connectedCallback() {
      const played = () => this.toggleAttribute("data-played", true);
      this.querySelector("video").addEventListener("play", played, { once: true });
    }
  },
);
