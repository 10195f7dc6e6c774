// Whoever reads a form gets the rich text as it is on the screen.
//
// The editor of rich text writes into its form field a quarter of a second after the last
// key. Whoever read the form before that (a button, Ctrl+S, autosave, the preview, the
// comparison that asks whether anything was edited) got it without the last words.
//
// `input.draftailEditor` is what Wagtail's own widgets use, though it is not documented:
// tests/core/test_upstream.py fails when it changes. Without it, what is in the
// field is taken, as Wagtail does. Where comments are marked in a text, the marks are styles
// of its own, which are not stored with it.
(() => {
  const written = new WeakMap(); // Field -> its text when it was last written.
  const ofComments = /^(COMMENT-|STYLE_RERENDER_)/;

  function write(field, editor) {
    const raw = window.Draftail.serialiseEditorStateToRaw(editor.getEditorState());
    for (const block of raw?.blocks ?? []) {
      block.inlineStyleRanges = block.inlineStyleRanges
        .filter(({ style }) => !ofComments.test(style));
    }
    field.rawContentState = raw;
    field.value = JSON.stringify(raw);
  }

  addEventListener("formdata", ({ target: form, formData }) => {
    for (const field of form.querySelectorAll("input[name]")) {
      const editor = field.draftailEditor;
      if (!editor?.getEditorState || !formData.has(field.name)) continue;
      // The same text is the same object, and most have not changed.
      const text = editor.getEditorState().getCurrentContent();
      if (written.get(field) !== text) {
        write(field, editor);
        written.set(field, text);
      }
      // What is sent was collected before this event.
      formData.set(field.name, field.value);
    }
  }, { capture: true });
})();
