// <copy-bibtex> around a list of references: its links to BibTeX files become buttons
// that copy what the file holds. Without it, and where that fails, it is downloaded.
customElements.define(
  "copy-bibtex",
  class extends HTMLElement {
    connectedCallback() {
      if (!window.ClipboardItem || !navigator.clipboard || this.status) return;
      this.status = document.createElement("p");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      this.append(this.status);
      for (const link of this.querySelectorAll("a[download]")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = link.className;
        this.name(button, link);
        button.addEventListener("click", () => this.copy(link, button));
        link.replaceWith(button);
      }
    }

    name(button, link) {
      const named = (name) => this.dataset.copy.replace("{name}", () => name);
      button.textContent = named(link.textContent);
      button.ariaLabel = named(link.ariaLabel);
    }

    async copy(link, button) {
      try {
        // Given the promise, since a browser may refuse what comes after waiting.
        const text = this.fetch(link.href);
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      } catch {
        this.download(link);
        return;
      }
      button.textContent = button.ariaLabel = this.status.textContent =
        this.dataset.copied;
      setTimeout(() => {
        this.name(button, link);
        this.status.textContent = "";
      }, 3000);
    }

    async fetch(address) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      return new Blob([await answer.text()], { type: "text/plain" });
    }

    download(link) {
      this.append(link);
      link.click();
      link.remove();
    }
  },
);
