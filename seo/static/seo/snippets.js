// <seo-snippets data-address="…"> shows how the page will look in search results and on a
// card: the server renders the head of what the form holds now, and stores nothing.
//
// It asks only while it is in sight, half a second after the last change.
(() => {
  const PAUSE = 500; // milliseconds
  const MOST_TRIES = 10;

  customElements.define("seo-snippets", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      if (!this.form) return;
      this.isOld = true;
      this.tries = 0;
      this.note = () => this.change();
      for (const name of ["input", "change", "w-unsaved:add"]) {
        this.form.addEventListener(name, this.note);
      }
      this.sight = new IntersectionObserver((entries) => {
        this.isSeen = entries.at(-1).isIntersecting;
        if (this.isSeen && this.isOld) this.wait();
      });
      this.sight.observe(this);
    }

    disconnectedCallback() {
      clearTimeout(this.timer);
      this.sight?.disconnect();
      this.request?.abort();
      for (const name of ["input", "change", "w-unsaved:add"]) {
        this.form?.removeEventListener(name, this.note);
      }
    }

    part(name) {
      return this.querySelector(`[data-snippets="${name}"]`);
    }

    change() {
      this.isOld = true;
      if (this.isSeen) this.wait();
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      clearTimeout(this.timer);
      this.request?.abort();
      const request = this.request = new AbortController();
      this.isOld = false;
      this.setAttribute("aria-busy", "true");
      if (!this.part("shown").hasChildNodes()) this.say("waiting");
      try {
        const response = await fetch(this.dataset.address, {
          method: "POST",
          body: new FormData(this.form),
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: request.signal,
        });
        const text = await response.text();
        if (this.request !== request) return undefined;
        // While the page is loading, blocks are missing from its form.
        if (response.status === 409 && (this.tries += 1) < MOST_TRIES) return this.change();
        this.tries = 0;
        if (response.ok || response.status === 422) this.show(text);
        else this.say(response.status === 403 ? "refused" : "failed");
      } catch (error) {
        if (error.name === "AbortError" || this.request !== request) return undefined;
        this.isOld = true;
        this.say("failed");
      }
      this.removeAttribute("aria-busy");
      return undefined;
    }

    show(text) {
      const answer = new DOMParser().parseFromString(text, "text/html");
      const parts = answer.querySelectorAll("[data-snippets]");
      if (!parts.length) return this.say("failed");
      this.part("state").textContent = "";
      for (const part of parts) {
        const place = this.part(part.dataset.snippets);
        // What is read out is not said again while it stays the same.
        if (place.innerHTML !== part.innerHTML) place.replaceChildren(...part.childNodes);
      }
      return undefined;
    }

    say(name) {
      const words = this.querySelector(`template[data-snippets="${name}"]`);
      this.part("state").textContent = words.content.textContent;
    }
  });
})();
