// <figure-view> around a figure: a button opens its picture large, in a dialog.
// Without it the picture is as large as the column.
customElements.define(
  "figure-view",
  class extends HTMLElement {
    connectedCallback() {
      const picture = this.querySelector("picture, img");
      if (!picture || this.querySelector("button")) return;
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
        if (part.sizes !== undefined) part.sizes = "96vw";
      }
      const close = this.button("button", this.dataset.close);
      close.addEventListener("click", () => dialog.close());
      dialog.append(close, copy);
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
      });
      dialog.addEventListener("close", () => dialog.remove());
      this.append(dialog);
      dialog.showModal();
    }
  },
);
