// “Copy” beside each block puts it on a shelf of this browser, and “Paste” stands where a
// block can be inserted, on this page or another, in this window or another, for a day.
// The sign-in empties the shelf. The texts are in core/templates/core/editor/shelf.html.
(() => {
  const KEY = "block-shelf";
  const DAY = 24 * 60 * 60 * 1000;
  const status = document.getElementById("shelf-status");
  const templates = ["copy", "paste", "refusal"].map((name) => (
    document.getElementById(`shelf-${name}-template`).content.firstElementChild
  ));
  const [copyButton, pasteButton, refusal] = templates;
  const named = (words, name) => words.replace("{name}", name);

  function shelf() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept && Date.now() - kept.at < DAY ? kept : null;
    } catch {
      return null; // where the browser keeps nothing, or something else
    }
  }

  // A block's state as JSON. Rich text has a state of its own, which its value stands for;
  // what a chooser shows is in its state alone.
  function plain(state, value) {
    if (state?.getCurrentContent) return value;
    if (Array.isArray(state)) {
      return state.map((one, index) => {
        // An item of a list, whose value stands there without its id.
        const isItem = one && "value" in Object(one) && !("type" in one);
        return plain(one, isItem ? { value: value?.[index] } : value?.[index]);
      });
    }
    if (state === null || typeof state !== "object") return state;
    const hasParts = value !== null && typeof value === "object";
    return Object.fromEntries(Object.entries(state).map(([key, one]) => (
      [key, plain(one, hasParts ? value[key] : undefined)]
    )));
  }

  const newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16)
  ));

  // Blocks and items get ids of their own, and headings addresses.
  function renewed(state) {
    if (Array.isArray(state)) return state.map(renewed);
    if (state === null || typeof state !== "object") return state;
    const copy = Object.fromEntries(
      Object.entries(state).map(([key, one]) => [key, renewed(one)]),
    );
    if ("value" in copy && "id" in copy) copy.id = newId();
    if ("anchor" in copy) copy.anchor = "";
    return copy;
  }

  const labelOf = (element) => (
    element.querySelector("[data-panel-heading] .c-sf-block__type").textContent.trim()
  );

  function copy(element) {
    // Reading a form writes its rich text into it (core/static/core/rich-text-in-forms.js).
    void new FormData(element.closest("form"));
    const { child } = window.streams.withChild(element);
    const block = plain(child.getState(), child.getValue());
    const name = labelOf(element);
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), name, block }));
    } catch {
      say(element, named(status.dataset.full, name));
      return;
    }
    refresh();
    status.textContent = named(status.dataset.copied, name);
  }

  function say(place, sentence) {
    document.querySelector("[data-shelf-refusal]")?.remove();
    const words = refusal.cloneNode(true);
    words.textContent = sentence;
    place.append(words);
  }

  function paste(button) {
    const kept = shelf();
    const inserter = button.parentElement;
    const { sequence, index } = window.streams.withInserter(inserter) ?? {};
    if (!kept || !sequence) return;
    document.querySelector("[data-shelf-refusal]")?.remove();
    if (!sequence.blockDef.childBlockDefsByName[kept.block.type]) {
      say(inserter, named(refusal.textContent, kept.name));
      return;
    }
    sequence.insert(renewed(kept.block), index, { animate: true, focus: true });
    status.textContent = named(status.dataset.pasted, kept.name);
  }

  function refresh(within = document) {
    const kept = shelf();
    for (const button of within.querySelectorAll("[data-shelf-paste]")) {
      button.hidden = !kept;
      button.textContent = named(pasteButton.textContent, kept?.name ?? "");
    }
  }

  // Blocks of a stream have a type; items of a list do not.
  function furnish(within) {
    for (const duplicate of within.querySelectorAll("[data-streamfield-action=DUPLICATE]")) {
      const child = duplicate.closest("[data-streamfield-child]");
      const isTyped = child.querySelector(":scope > input[name$='-type']");
      if (isTyped && !duplicate.parentElement.querySelector("[data-shelf-copy]")) {
        duplicate.after(copyButton.cloneNode(true));
      }
    }
    for (const add of within.querySelectorAll(
      ".c-sf-add-button:not([data-streamfield-list-add])",
    )) {
      if (add.parentElement.querySelector("[data-shelf-paste]")) continue;
      add.after(pasteButton.cloneNode(true));
      refresh(add.parentElement);
    }
  }

  document.addEventListener("click", ({ target }) => {
    const copying = target.closest?.("[data-shelf-copy]");
    if (copying) copy(copying.closest("[data-streamfield-child]"));
    const pasting = target.closest?.("[data-shelf-paste]");
    if (pasting) paste(pasting);
  });
  addEventListener("storage", ({ key }) => key === KEY && refresh());

  const form = document.querySelector("[data-edit-form]") ?? document.body;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.parentElement) furnish(node.parentElement);
      }
    }
  }).observe(form, { childList: true, subtree: true });
  furnish(form);
})();
