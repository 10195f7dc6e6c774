// <citation-notes> once on a page: a citation's link opens its reference in place,
// in the margin where the text has one. Without it the link leads to the list.
customElements.define(
  "citation-notes",
  class extends HTMLElement {
    connectedCallback() {
      if (!HTMLElement.prototype.hasOwnProperty("popover")) return;
      this.listener = (event) => {
        const link = event.target.closest?.('.citation > a[href^="#"]');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const text = document
          .getElementById(link.hash.slice(1))
          ?.querySelector(".references__text");
        if (!text) return;
        event.preventDefault();
        this.show(link, text);
      };
      document.addEventListener("click", this.listener);
    }

    disconnectedCallback() {
      document.removeEventListener("click", this.listener);
    }

    show(link, text) {
      const note = document.createElement("div");
      note.className = "citation-note";
      note.popover = "auto";
      note.tabIndex = -1;
      note.setAttribute("role", "dialog");
      note.setAttribute("aria-label", link.getAttribute("aria-label") ?? this.dataset.name);
      const content = document.createElement("div");
      content.append(...text.cloneNode(true).childNodes);
      const full = document.createElement("a");
      full.className = "citation-note__full";
      full.href = link.hash;
      full.textContent = this.dataset.full;
      full.addEventListener("click", () => note.hidePopover());
      note.append(content, full);
      // It would cover what has the focus next.
      note.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !note.contains(relatedTarget)) note.hidePopover();
      });
      note.addEventListener("toggle", (event) => {
        if (event.newState !== "closed") return;
        link.removeAttribute("aria-expanded");
        note.remove();
      });
      // Right after its mark, where the keyboard and what reads aloud go next.
      link.after(note);
      note.showPopover();
      link.setAttribute("aria-expanded", "true");
      this.place(note, link);
      note.focus({ preventScroll: true });
      note.scrollIntoView({ block: "nearest" });
    }

    place(note, link) {
      const at = link.getBoundingClientRect();
      const body = link.closest(".body")?.getBoundingClientRect();
      const text = link.closest(".body > *")?.getBoundingClientRect();
      const edge = document.documentElement.clientWidth - note.offsetWidth - 16;
      const inMargin = body && text && body.right - text.right > note.offsetWidth * 0.6;
      const left = inMargin ? text.right + 24 : Math.max(16, Math.min(at.left, edge));
      const top = inMargin ? at.top - 8 : at.bottom + 8;
      note.style.left = `${Math.min(left, edge) + scrollX}px`;
      note.style.top = `${top + scrollY}px`;
    }
  },
);
