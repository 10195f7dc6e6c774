// What was typed survives the end of a session: nothing is sent while nobody is signed in.
//
// A form that is sent then is answered by the page to sign in, and the text is gone. So the
// server is asked first, whenever a form is about to be sent and when autosave has failed.
// Whoever has signed in again, in another window, has another token, which the open form
// is given. Somebody else's session is not taken for one's own.
(() => {
  const template = document.getElementById("session-template");
  const patience = 5000; // milliseconds until a site that was away is asked again
  const theForm = () => document.querySelector("[data-edit-form]");
  let owner = null;
  let notice = null;
  let retried = 0;

  async function state() {
    const response = await fetch(template.dataset.url, {
      headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    }).catch(() => null);
    if (!response || response.status >= 500) return "away";
    const answer = response.ok && !response.redirected
      ? await response.json().catch(() => null) : null;
    if (!answer) return "out";
    owner ??= answer.user;
    if (answer.user !== owner) return "other";
    window.wagtailConfig.CSRF_TOKEN = answer.token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = answer.token;
    }
    return "in";
  }

  async function check() {
    const now = await state();
    if (now !== "in") tell(now);
    else if (notice) welcome();
    return now;
  }

  function tell(now) {
    if (!notice) {
      notice = template.content.firstElementChild.cloneNode(true);
      theForm().before(notice);
    }
    notice.querySelector("[data-session-words]").textContent = template.dataset[now];
    notice.querySelector("a").hidden = now === "away";
    if (now === "away") setTimeout(() => { if (notice) check(); }, patience);
  }

  function welcome() {
    const words = template.dataset.back;
    notice.remove();
    notice = null;
    document.dispatchEvent(new CustomEvent("w-messages:add", {
      detail: { clear: true, text: words, type: "success" },
    }));
    store();
  }

  // Autosave, where there is one, sends the form again.
  function store() {
    theForm().dispatchEvent(new CustomEvent("w-unsaved:add", {
      bubbles: true, cancelable: true, detail: { type: "edits" },
    }));
  }

  document.addEventListener("w-autosave:error", async ({ detail }) => {
    if (detail.type !== "server_error") return;
    const wasOut = Boolean(notice);
    // Signed in again before anybody noticed: the old token alone was refused, once.
    if (await check() !== "in" || wasOut || Date.now() - retried < 2 * patience) return;
    retried = Date.now();
    store();
  });
  for (const name of ["focus", "visibilitychange"]) {
    window.addEventListener(name, () => { if (notice && !document.hidden) check(); }, true);
  }

  let asking = false;
  let allowed = null;
  addEventListener("submit", async (event) => {
    const [form, button] = [event.target, event.submitter];
    if (!form.matches("[data-edit-form]")) return;
    if (form === allowed) {
      allowed = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return;
    asking = true;
    const now = await check();
    asking = false;
    if (now !== "in") {
      // Wagtail's button shows that it was pressed, for half a minute.
      if (button) button.dataset.wProgressLoadingValue = "false";
      return;
    }
    // A button that shows that it was pressed is disabled, and would not be sent.
    const disabled = button?.disabled;
    if (button) button.disabled = false;
    allowed = form;
    form.requestSubmit(button);
    setTimeout(() => { if (button) button.disabled = disabled; });
  }, { capture: true });

  if (theForm()) state();
  else document.addEventListener("DOMContentLoaded", () => { if (theForm()) state(); });
})();
