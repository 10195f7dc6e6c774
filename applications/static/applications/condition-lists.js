// Lists to pick from in the comparisons of a condition: the questions that stand before
// it, and the answers that they offer, taken from the form as it is, saved or not.
//
// What is stored are the words in the text field beneath, which is all that there is
// without this script. Where a question or a choice is reworded, what names it follows.
(() => {
  const LABEL = /^(.+-\d+)-value-label$/;
  const CHOICE = /^(.+-\d+)-value-choices-\d+-value$/;
  const COMPARED = /^((.+)-\d+)-value-condition-tests-\d+-value-(question|value)$/;
  // Of the blocks that are ready-made questions, by name: of which kind each is.
  const READY_MADE = JSON.parse(document.currentScript.dataset.readyMade);
  const OFFERED = { yes_no: ["Yes", "No"], consent: ["Yes"] };

  const same = (one, other) => one.trim().split(/\s+/).join(" ").toLowerCase()
    === other.trim().split(/\s+/).join(" ").toLowerCase();
  const named = (form, pattern) => [...form.elements].filter(({ name }) => pattern.test(name));
  // Not `form.elements[name]`: that finds ids, too, of which lists take one over.
  const field = (form, name) => form.querySelector(`[name="${name}"]`);
  const isDeleted = (form, prefix) => field(form, `${prefix}-deleted`)?.value === "1";

  const kindOf = (type) => READY_MADE[type] ?? type;

  // The questions of a stream in their order, as {prefix, label, kind}.
  const questionsOf = (form, stream) => named(form, LABEL)
    .map(({ name, value }) => ({ prefix: LABEL.exec(name)[1], label: value.trim() }))
    .filter(({ prefix }) => prefix.replace(/-\d+$/, "") === stream && !isDeleted(form, prefix))
    .map((one) => ({ ...one, kind: kindOf(field(form, `${one.prefix}-type`).value) }));

  // Those that a block of the stream stands after.
  function questionsBefore(form, stream, prefix) {
    const block = field(form, `${prefix}-type`);
    return questionsOf(form, stream).filter((one) => one.label && one.prefix !== prefix
      && field(form, `${one.prefix}-type`).compareDocumentPosition(block)
        & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function answersOf(form, { prefix, kind }) {
    if (OFFERED[kind]) return OFFERED[kind];
    if (!/_choice$/.test(kind)) return null;
    return named(form, CHOICE)
      .filter(({ name, value }) => CHOICE.exec(name)[1] === prefix && value.trim()
        && !isDeleted(form, name.replace(/-value$/, "")))
      .map(({ value }) => value.trim());
  }

  // A list in the place of a text field, while there is something to pick from.
  class ConditionListController extends window.StimulusModule.Controller {
    static values = { prompt: String, unknown: String };

    connect() {
      this.list = document.createElement("select");
      this.list.addEventListener("change", () => this.pick());
      for (const type of ["focus", "pointerdown"]) {
        this.list.addEventListener(type, () => this.refresh());
      }
      this.refresh = this.refresh.bind(this);
      document.addEventListener("change", this.refresh);
      this.element.before(this.list);
      this.refresh();
    }

    disconnect() {
      document.removeEventListener("change", this.refresh);
      this.show(this.element, this.list);
      this.list.remove();
    }

    pick() {
      this.element.value = this.list.value;
      for (const type of ["input", "change"]) {
        this.element.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }

    refresh() {
      const words = this.words();
      if (!words) {
        this.show(this.element, this.list);
        return;
      }
      const { value } = this.element;
      const known = words.find((one) => same(one, value));
      const unknown = value && !known ? [[value, this.unknownValue.replace("{words}", value)]] : [];
      const options = [["", this.promptValue], ...unknown, ...words.map((one) => [one, one])];
      const drawn = [...this.list.options].map((one) => [one.value, one.text]);
      // A list that is open keeps its place.
      if (JSON.stringify(drawn) !== JSON.stringify(options)) {
        this.list.replaceChildren(...options.map(([key, text]) => new Option(text, key)));
      }
      this.list.value = known ?? value;
      this.show(this.list, this.element);
    }

    // The label belongs to what is shown.
    show(shown, hidden) {
      const id = shown.id || hidden.id;
      hidden.hidden = true;
      hidden.removeAttribute("id");
      shown.hidden = false;
      shown.id = id;
      const described = this.element.getAttribute("aria-describedby");
      if (described) this.list.setAttribute("aria-describedby", described);
    }

    words() {
      const { form, name } = this.element;
      const [, prefix, stream, part] = COMPARED.exec(name) ?? [];
      if (!prefix) return null;
      const before = questionsBefore(form, stream, prefix);
      if (part === "question") return [...new Set(before.map(({ label }) => label))];
      const wanted = field(form, name.replace(/-value$/, "-question")).value;
      // Of equal ones the nearest before it is meant.
      const asked = before.findLast(({ label }) => same(label, wanted));
      const operator = field(form, name.replace(/-value$/, "-operator")).value;
      // A part of a choice is typed.
      const isTyped = operator === "contains" && asked?.kind === "single_choice";
      return asked && !isTyped && operator !== "answered" ? answersOf(form, asked) : null;
    }
  }

  // --- What is reworded -----------------------------------------------------------------

  const before = new WeakMap();
  addEventListener("focusin", ({ target }) => {
    if (target.name && (LABEL.test(target.name) || CHOICE.test(target.name))) {
      before.set(target, target.value);
    }
  });

  addEventListener("change", ({ target }) => {
    const old = before.get(target);
    before.delete(target);
    if (!old?.trim() || !target.value.trim() || !target.form) return;
    before.set(target, target.value);
    const [, prefix] = LABEL.exec(target.name) ?? CHOICE.exec(target.name);
    const stream = prefix.replace(/-\d+$/, "");
    const isLabel = LABEL.test(target.name);
    const label = isLabel ? old : field(target.form, `${prefix}-value-label`).value;
    for (const compared of named(target.form, COMPARED)) {
      const [, own, of, part] = COMPARED.exec(compared.name);
      const question = field(target.form, compared.name.replace(/-value$/, "-question"));
      const wanted = isLabel ? "question" : "value";
      if (of !== stream || part !== wanted || !same(compared.value, old)) continue;
      if (!isLabel && !same(question.value, label)) continue;
      // Another of the same words, nearer by, is meant instead.
      const nearest = questionsBefore(target.form, stream, own)
        .findLast((one) => one.prefix === prefix || same(one.label, label));
      if (nearest?.prefix === prefix) compared.value = target.value.trim();
    }
  }, { capture: true });

  window.wagtail.app.register("condition-list", ConditionListController);
})();
