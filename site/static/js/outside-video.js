// <outside-video data-player data-title data-elsewhere> around a still picture and a link
// to a video at another host: a click puts the player in their place, with the link
// beneath, and nothing is asked of the host before. Without it, or with a key held down,
// the link leads there.
customElements.define(
  "outside-video",
  class extends HTMLElement {
    connectedCallback() {
      if (!this.dataset.player) return;
      this.querySelector("a").addEventListener("click", (event) => this.play(event));
    }

    play(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = this.dataset.player;
      frame.title = this.dataset.title;
      frame.allow = "autoplay; fullscreen; picture-in-picture";
      frame.allowFullscreen = true;
      // Players refuse to play for pages that do not say which site they are of.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      const link = this.querySelector("a").cloneNode();
      link.className = "outside-video__link";
      link.textContent = this.dataset.elsewhere;
      this.replaceChildren(frame, link);
      frame.focus();
    }
  },
);
