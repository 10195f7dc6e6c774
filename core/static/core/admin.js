// Sets up date pickers, choosers and lists of rows, which Wagtail's own templates do by
// scripts inside the page: the admin's Content-Security-Policy forbids those.
//
// <admin-set-up call="PageChooser" for="id_hub" options="{…}"> stands where such a script
// would, and works when it would: as soon as it is in the document, whoever put it there.
(() => {
  // Nothing else that a page may hold is called, whatever gets into the page.
  const known = /^(\w*Chooser|InlinePanel|MultipleChooserPanel)$/;

  customElements.define("admin-set-up", class extends HTMLElement {
    connectedCallback() {
      const name = this.getAttribute("call");
      if (!known.test(name)) throw new Error(`${name} sets nothing up`);
      // Escaped as in a script, because Wagtail counts rows in it: “__prefix__” is
      // replaced up to the next quotation mark, of which an attribute has one.
      const options = JSON.parse(JSON.parse(`"${this.getAttribute("options")}"`));
      const target = this.getAttribute("for");
      // A row that is moved would be set up again.
      this.remove();
      const made = Reflect.construct(window[name], target ? [target, options] : [options]);
      // For core/static/core/undo.js, which brings a deleted row back.
      const rows = document.getElementById(`${options?.formsetPrefix}-FORMS`);
      if (rows) rows.panel = made;
    }
  });

  // The tool that marks a picture's focal point asks for touch by an inline handler,
  // unless it is told.
  window.jQuery(() => {
    const { Jcrop } = window.jQuery;
    if (Jcrop) Jcrop.defaults.touchSupport = "ontouchstart" in window;
  });

  // What was copied from a page (core/static/core/shelf.js) is nobody else's.
  if (document.body?.classList.contains("login")) localStorage.removeItem("block-shelf");
})();
