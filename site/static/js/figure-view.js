// <figure-view> around a figure: a button opens its picture on the whole screen, as large
// as there is a file, to be moved about by finger, wheel or arrow keys.
// Without it the picture is as large as the column.
customElements.define(
  "figure-view",
  class extends HTMLElement {
    connectedCallback() {
      const picture = this.querySelector("picture, img");
      if (!picture || this.querySelector("button")) return;
      if (!window.HTMLDialogElement) return;
      const button = this.button("figure__enlarge", this.dataset.enlarge);
      const name = this.querySelector("img").alt;
      const named = this.dataset.enlargeNamed.replace("{name}", () => name);
      if (name) button.setAttribute("aria-label", named);
      button.addEventListener("click", () => this.open(picture));
      picture.after(button);
    }

    button(className, label) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = className;
      button.textContent = label;
      return button;
    }

    open(picture) {
      const dialog = document.createElement("dialog");
      dialog.className = "figure-dialog";
      dialog.setAttribute("aria-label", this.dataset.dialog);
      const copy = picture.cloneNode(true);
      for (const part of [copy, ...copy.querySelectorAll("*")]) {
        const widths = part.srcset?.match(/ \d+w/g)?.map(parseFloat);
        if (widths) part.sizes = `${Math.max(...widths)}px`;
      }
      const view = document.createElement("div");
      view.className = "figure-dialog__view";
      view.tabIndex = 0;
      view.autofocus = true;
      view.setAttribute("role", "group");
      view.setAttribute("aria-label", this.querySelector("img").alt || this.dataset.dialog);
      view.append(copy);
      const close = this.button("button", this.dataset.close);
      close.addEventListener("click", () => dialog.close());
      dialog.append(close, view);
      dialog.addEventListener("close", () => dialog.remove());
      this.append(dialog);
      dialog.showModal();
    }
  },
);
