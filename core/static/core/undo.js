// Beside the place of a deleted block or row stands an “Undo”, until the window is closed.
//
// What comes back is what went, with the same id, so that a heading keeps its address; it
// makes no difference whether autosave has stored the deletion meanwhile. The texts are in
// core/templates/core/editor/undo.html.
(() => {
  const status = document.getElementById("undo-status");
  const template = document.getElementById("undo-template");
  const named = (words, name) => words.replace("{name}", name);
  const isThere = (child) => child.querySelector(":scope > input[name$='-deleted']").value !== "1";

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(
      "[data-streamfield-action=DELETE], [data-inline-panel-child] [id$='-DELETE-button']",
    );
    const child = button?.closest("[data-streamfield-child], [data-inline-panel-child]");
    if (!child) return;
    const restore = child.matches("[data-inline-panel-child]")
      ? rowRestorer(child) : blockRestorer(child);
    if (!restore) return;
    const heading = child.querySelector("[data-panel-heading]");
    const name = (heading.querySelector(".c-sf-block__type")
      || heading.querySelector("[data-panel-heading-text]")).textContent.trim();
    // Once it is gone, and from the keyboard where the focus has gone with it.
    setTimeout(() => offer(child, name, restore));
  }, { capture: true });

  function offer(child, name, restore) {
    const strip = template.content.firstElementChild.cloneNode(true);
    const words = strip.querySelector("[data-undo-words]");
    const button = strip.querySelector("button");
    words.id = `undo-${Math.random().toString(36).slice(2)}`;
    words.textContent = named(words.textContent, name);
    button.setAttribute("aria-describedby", words.id);
    button.addEventListener("click", () => {
      restore(strip);
      strip.remove();
      status.textContent = named(status.dataset.restored, name);
    });
    // Wagtail takes whatever else stands between rows for a row.
    strip.classList.toggle("deleted", child.matches("[data-inline-panel-child]"));
    child.after(strip);
    button.focus({ preventScroll: true });
    status.textContent = named(status.dataset.deleted, name);
  }

  function blockRestorer(element) {
    const found = window.streams.withChild(element);
    if (!found) return null;
    const state = found.child.getState();
    return (strip) => {
      let index = 0;
      for (let before = strip.previousElementSibling; before;
        before = before.previousElementSibling) {
        if (before.matches("[data-streamfield-child]") && isThere(before)) index += 1;
      }
      // An item of a list has no type, and hands its id over separately.
      const [what, id] = "type" in state ? [state] : [state.value, state.id];
      found.sequence.insert(what, index, { animate: true, focus: true, id });
    };
  }

  function rowRestorer(row) {
    const deletion = row.querySelector("input[name$='-DELETE']");
    return () => {
      deletion.value = "";
      deletion.dispatchEvent(new Event("change", { bubbles: true }));
      row.classList.remove("deleted");
      window.jQuery(row).stop(true, true).slideDown();
      // core/static/core/admin.js puts it there.
      row.parentElement.panel?.updateControlStates();
      row.querySelector("[data-panel-toggle]")?.focus();
    };
  }
})();
