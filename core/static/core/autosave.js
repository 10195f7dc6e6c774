// What is typed is stored, whether the editor autosaves meanwhile or not.
//
// When a save succeeds, Wagtail takes what the form holds by then for what it sent, and
// waits for the next edit: the last words before a pause were lost with the window. And a
// button may be pressed while older words are still on their way: whichever the server
// finished last was the newest version, the older words or the newer ones. And Wagtail
// takes for unchanged what the form holds some moments after it was opened: what is typed
// before that was not stored until the next edit.
(() => {
  // What Wagtail's own comparison leaves out, or the server has just filled in.
  const ignored = ["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at",
    "next", "overwrite_revision_id"];
  const patience = 10000; // milliseconds until a button no longer waits for autosave
  const compared = (data, updates) =>
    JSON.stringify([...data].filter(([name, value]) =>
      typeof value === "string" && !ignored.includes(name) && !(name in updates)));

  const add = (form) => form.dispatchEvent(new CustomEvent("w-unsaved:add", {
    bubbles: true, cancelable: true, detail: { type: "edits" },
  }));

  let typed = false;
  let noticed = false;
  for (const name of ["beforeinput", "input", "change"]) {
    addEventListener(name, (event) => {
      typed ||= Boolean(event.target.closest?.("[data-edit-form]"));
    }, { capture: true });
  }
  addEventListener("w-unsaved:add", () => { noticed = true; });
  // Twice when a page is opened, and after each save.
  addEventListener("w-unsaved:watch-edits", (event) => {
    if (typed && !noticed) add(event.target);
  });

  let sent = null;
  let underWay = false;
  let leaving = false;
  let pressed = null;

  document.addEventListener("w-autosave:save", (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    underWay = true;
    sent = event.detail.formData;
  });
  document.addEventListener("w-autosave:success", (event) => {
    const form = event.target;
    const updates = event.detail.response.field_updates || {};
    ended();
    if (sent && compared(sent, updates) !== compared(new FormData(form), updates)) {
      add(form);
    }
  });
  document.addEventListener("w-autosave:error", ended);
  addEventListener("pageshow", () => { leaving = false; });

  function ended() {
    underWay = false;
    pressed?.();
  }

  // Before anybody else hears of the press, who would take it for done.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!underWay || !form.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pressed) return;
    const button = event.submitter;
    const timer = setTimeout(() => pressed(), patience);
    pressed = () => {
      clearTimeout(timer);
      pressed = null;
      underWay = false;
      // A button that shows that it was pressed is disabled, and would not be sent.
      const disabled = button?.disabled;
      if (button) button.disabled = false;
      form.requestSubmit(button);
      setTimeout(() => { if (button) button.disabled = disabled; });
    };
  }, { capture: true });
  addEventListener("submit", (event) => {
    if (event.target.matches("[data-edit-form]")) leaving = !event.defaultPrevented;
  });
})();
