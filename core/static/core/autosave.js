// What is edited is stored, whether the editor autosaves meanwhile or not; and nothing is
// stored when nothing was edited.
//
// When a save succeeds, Wagtail takes what the form holds by then for what it sent, and
// waits for the next edit: the last words before a pause were lost with the window. And a
// button may be pressed while older words are still on their way: whichever the server
// finished last was the newest version, the older words or the newer ones. And Wagtail
// takes for unchanged what the form holds some moments after it was opened: what is edited
// before that was not stored until the next edit.
//
// Choosers and pickers report changes while they are set up, and many an edit reports
// nothing (a new line, a block moved, a chosen picture). So an edit is what the browser
// says that somebody typed, or a difference from the form as it was when first touched.
(() => {
  // What Wagtail's own comparison leaves out, or the server has just filled in.
  const ignored = ["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at",
    "next", "overwrite_revision_id"];
  const patience = 10000; // milliseconds until a button no longer waits for autosave
  const held = (data) => JSON.stringify([...data].filter(([name, value]) =>
    typeof value === "string" && !ignored.includes(name)));
  const theForm = () => document.querySelector("[data-edit-form]");
  // What is decided is written into the form, and in a window sent without its event.
  const decision = ["action-workflow-action", "workflow-action-name",
    "workflow-action-extra-data"].map((name) => `input[type=hidden][name=${name}]`).join();

  const add = (form) => form.dispatchEvent(new CustomEvent("w-unsaved:add", {
    bubbles: true, cancelable: true, detail: { type: "edits" },
  }));

  let stored = null; // what the server holds, as far as the form is concerned
  let typed = false;
  let noticed = false;
  const differs = (form) => stored === null ? typed : held(new FormData(form)) !== stored;

  function remember() {
    const form = theForm();
    if (stored === null && !typed && form) stored = held(new FormData(form));
  }
  // Before whatever they do is done.
  for (const name of ["pointerdown", "keydown", "beforeinput", "paste", "cut", "drop"]) {
    addEventListener(name, (event) => {
      if (!event.isTrusted) return;
      if (document.readyState !== "loading") remember();
      else document.addEventListener("DOMContentLoaded", remember, { once: true });
    }, { capture: true });
  }
  for (const name of ["beforeinput", "input", "change", "paste", "cut", "drop"]) {
    addEventListener(name, (event) => {
      if (!event.isTrusted || !event.target.closest?.("[data-edit-form]")) return;
      typed = true;
      stay();
    }, { capture: true });
  }
  addEventListener("click", (event) => {
    if (event.isTrusted && event.target.closest?.("[data-edit-form] button[type=button]")) {
      stay();
    }
  }, { capture: true });
  addEventListener("w-unsaved:add", () => { noticed = true; });
  // Twice when a page is opened, and after each save.
  addEventListener("w-unsaved:watch-edits", (event) => {
    if (!noticed && (typed || differs(event.target))) add(event.target);
  });

  const underWay = new Map(); // What asked for a save -> what was sent.
  let leaving = false;
  let pressed = null;
  const isLeaving = () => leaving || Boolean(theForm()?.querySelector(decision));
  const forgetDecision = () => theForm()?.querySelectorAll(decision).forEach((e) => e.remove());

  // Who goes on in the form has stopped what was to leave it (Esc, “Stay” when asked).
  function stay() {
    if (pressed) return; // It has not left yet, and takes along what is done meanwhile.
    leaving = false;
    forgetDecision();
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (isLeaving()) event.preventDefault();
    else underWay.set(event.detail.trigger, event.detail.formData);
  });
  document.addEventListener("w-autosave:success", (event) => {
    const form = event.target;
    const sent = ended(event.detail.trigger);
    if (!sent) return;
    for (const [name, value] of Object.entries(event.detail.response.field_updates || {})) {
      if (sent.has(name)) sent.set(name, value ?? "");
    }
    stored = held(sent);
    typed = false;
    if (differs(form)) add(form);
  });
  document.addEventListener("w-autosave:error", (event) => { ended(event.detail.trigger); });
  addEventListener("pageshow", stay);

  // One that was asked for before it is over as well, or was never sent.
  function ended(trigger) {
    const sent = underWay.get(trigger);
    for (const earlier of sent ? [...underWay.keys()] : []) {
      underWay.delete(earlier);
      if (earlier === trigger) break;
    }
    if (underWay.size === 0) pressed?.();
    return sent;
  }

  // Wagtail looks every half second.
  addEventListener("beforeunload", (event) => {
    const form = theForm();
    if (!isLeaving() && form && differs(form)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    const form = theForm();
    if (document.hidden && !isLeaving() && form && differs(form)) add(form);
  });

  // Before anybody else hears of the press, who would take it for done.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-edit-form]")) return;
    // Another button than that of a decision that was stopped.
    const isDecision = event.submitter?.matches("[data-workflow-action-name]") ?? true;
    if (!isDecision && !pressed) forgetDecision();
    if (underWay.size === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pressed) return;
    const button = event.submitter;
    const timer = setTimeout(() => pressed(), patience);
    pressed = () => {
      clearTimeout(timer);
      pressed = null;
      underWay.clear();
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
