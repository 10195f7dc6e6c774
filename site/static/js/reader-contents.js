// <reader-contents> around a table of contents: marks the section being read, and
// unfolds the list where it stands beside the text. Without it the list unfolds by hand.
customElements.define(
  "reader-contents",
  class extends HTMLElement {
    connectedCallback() {
      this.links = new Map();
      for (const link of this.querySelectorAll('a[href^="#"]')) {
        const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (heading) this.links.set(heading, link);
      }
      this.stop = new AbortController();
      const options = { passive: true, signal: this.stop.signal };
      addEventListener("scroll", () => this.schedule(), options);
      this.schedule();
    }

    disconnectedCallback() {
      this.stop.abort();
    }

    // Once a frame at most, however often the page reports that it scrolls.
    schedule() {
      this.frame ??= requestAnimationFrame(() => {
        this.frame = undefined;
        this.mark();
      });
    }

    mark() {
      this.unfold();
      const line = innerHeight * 0.3;
      const passed = [...this.links.keys()].filter(
        (heading) => heading.getBoundingClientRect().top <= line,
      );
      const current = this.links.get(passed.at(-1));
      if (current === this.current) return;
      this.current?.removeAttribute("aria-current");
      current?.setAttribute("aria-current", "location");
      this.current = current;
      this.follow();
    }

    // Once, and not before a frame is drawn anyway: to ask where it stands costs a layout.
    unfold() {
      if (this.asked) return;
      this.asked = true;
      const beside = getComputedStyle(this.querySelector("nav")).position === "sticky";
      if (beside) this.querySelector("details").open = true;
    }

    // Keep the marked entry in sight inside the list, without moving the page.
    follow() {
      const list = this.querySelector("nav");
      if (!this.current || list.scrollHeight <= list.clientHeight) return;
      const place = this.current.getBoundingClientRect().top - list.getBoundingClientRect().top;
      list.scrollTop += place - list.clientHeight / 2;
    }
  },
);
