// <sliding-row> around a list that scrolls sideways: two buttons that move it by
// one entry, each at rest where there is nothing further. Without it, it scrolls.
customElements.define(
  "sliding-row",
  class extends HTMLElement {
    connectedCallback() {
      this.list = this.querySelector("ul");
      if (!this.list || this.buttons) return;
      this.buttons = document.createElement("div");
      this.buttons.className = "sliding-row__buttons";
      this.back = this.button(this.dataset.back, -1);
      this.on = this.button(this.dataset.on, 1);
      this.prepend(this.buttons);
      this.list.addEventListener("scroll", () => this.update(), { passive: true });
      this.list.addEventListener("focusin", (event) => this.follow(event.target));
      this.observer = new ResizeObserver(() => this.update());
      this.observer.observe(this.list);
    }

    disconnectedCallback() {
      this.observer?.disconnect();
    }

    button(label, step) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.dataset.kind = "quiet";
      button.textContent = label;
      button.addEventListener("click", () => this.move(step));
      this.buttons.append(button);
      return button;
    }

    move(step) {
      const width = this.list.firstElementChild.getBoundingClientRect().width;
      const gap = parseFloat(getComputedStyle(this.list).columnGap) || 0;
      const rightToLeft = getComputedStyle(this.list).direction === "rtl";
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const left = step * (width + gap) * (rightToLeft ? -1 : 1);
      this.list.scrollBy({ left, behavior: calm ? "instant" : "smooth" });
    }

    // Browsers leave an entry where it is that is half in sight.
    follow(link) {
      if (!link.matches(":focus-visible")) return;
      const entry = link.closest("li");
      entry?.scrollIntoView({ block: "nearest", inline: "start", behavior: "instant" });
    }

    update() {
      const room = this.list.scrollWidth - this.list.clientWidth;
      const place = Math.abs(this.list.scrollLeft);
      this.buttons.hidden = room < 2;
      // A row that has nowhere to go is no stop for the keyboard.
      if (room < 2) this.list.removeAttribute("tabindex");
      else this.list.tabIndex = 0;
      this.back.setAttribute("aria-disabled", String(place < 2));
      this.on.setAttribute("aria-disabled", String(place > room - 2));
    }
  },
);
