// <useful-question data-thanks> around a form of two buttons: sends the answer and stays
// where the reader is. Without it, or where that fails, the form leads back to the page.
customElements.define(
  "useful-question",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("submit", (event) => this.send(event));
    }

    async send(event) {
      const form = event.target;
      const body = new URLSearchParams(new FormData(form));
      // Set here: older browsers leave out the button that was pressed.
      body.set("answer", event.submitter.value);
      event.preventDefault();
      const leave = () => {
        const answer = document.createElement("input");
        Object.assign(answer, { type: "hidden", name: "answer", value: event.submitter.value });
        form.append(answer);
        form.submit();
      };
      try {
        const headers = { Accept: "application/json" };
        const response = await fetch(form.action, { method: "POST", body, headers });
        if (response.status !== 204) return leave();
      } catch {
        return leave();
      }
      const thanks = document.createElement("p");
      thanks.className = "useful__thanks";
      thanks.id = "useful-question";
      thanks.setAttribute("role", "status");
      this.replaceChildren(thanks);
      thanks.textContent = this.dataset.thanks;
      this.focus({ preventScroll: true });
    }
  },
);
