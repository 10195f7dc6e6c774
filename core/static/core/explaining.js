// When autosave could not store the form, it says at the field why.
//
// Wagtail's answer names no field. core/publishing/explaining.py does, when asked.
(() => {
  const shown = new Set();
  let asked = 0;

  function clear() {
    for (const message of shown) {
      const field = message.closest("[data-field]");
      message.remove();
      if (!field || field.querySelector("[data-field-errors] .error-message")) continue;
      field.classList.remove("w-field--error");
      field.querySelector("[data-field-errors] .icon")?.setAttribute("hidden", "");
    }
    shown.clear();
  }

  // What is in the document after `show` and was not before is ours to take away.
  function showing(place, show) {
    const before = new Set(place.querySelectorAll(".error-message"));
    show();
    for (const message of place.querySelectorAll(".error-message")) {
      if (!before.has(message)) shown.add(message);
    }
  }

  function show(field, words) {
    const errors = field.querySelector("[data-field-errors]");
    if (!errors) return;
    field.classList.add("w-field--error");
    errors.querySelector(".icon")?.removeAttribute("hidden");
    const message = document.createElement("p");
    message.className = "error-message";
    message.textContent = words;
    errors.append(message);
  }

  // Stored, or as it was before.
  for (const name of ["w-autosave:success", "w-unsaved:clear"]) {
    document.addEventListener(name, () => {
      asked += 1;
      if (shown.size) document.dispatchEvent(new CustomEvent("w-messages:clear"));
      clear();
      delete document.documentElement.dataset.explained;
    });
  }

  document.addEventListener("w-autosave:error", async ({ target: form, detail }) => {
    if (detail.type !== "validation_error") return;
    const question = asked += 1;
    const body = new FormData(form);
    body.set("explain", "1");
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { Accept: "application/json" },
    });
    // Signed out, it is a page. What was stored meanwhile needs no reasons any more.
    if (!answer.ok || answer.redirected || question !== asked) return;
    const { summary, fields, streams } = await answer.json();
    clear();
    for (const [name, words] of Object.entries(fields)) {
      const input = form.querySelector(`[name="${CSS.escape(name)}"]`);
      const field = input?.closest("[data-field]");
      if (field && words.length) showing(field, () => show(field, words.join(" ")));
    }
    for (const [name, errors] of Object.entries(streams)) {
      const root = document.getElementById(`${name}-root`);
      if (root) showing(root, () => root.rootBlock.setError(errors));
    }
    // Said once for each reason, and not again with each letter.
    const added = [...shown].map((message) => message.textContent).join();
    if (summary && added !== document.documentElement.dataset.explained) {
      document.dispatchEvent(new CustomEvent("w-messages:add", {
        detail: { clear: true, text: summary, type: "error" },
      }));
    }
    document.documentElement.dataset.explained = added;
  });
})();
