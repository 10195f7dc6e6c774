// The dates of a schedule count when “Save schedule” is pressed, and not before.
//
// Their dialog is a part of the page's form, so that whatever else read the form took a
// half-typed date along: autosave, the preview, and the question whether anything was
// edited.
(() => {
  const names = ["go_live_at", "expire_at"];
  const isOfSchedule = (element) => element?.closest("#schedule-publishing-dialog");
  let isSaved = false;

  addEventListener("submit", ({ submitter }) => {
    isSaved = Boolean(isOfSchedule(submitter));
    // What is sent is read as soon as everybody has heard of the press.
    setTimeout(() => { isSaved = false; });
  }, { capture: true });

  addEventListener("formdata", ({ target: form, formData }) => {
    if (isSaved || !form.matches("[data-edit-form]")) return;
    for (const name of names) {
      const field = form.elements.namedItem(name);
      if (isOfSchedule(field) && formData.has(name)) formData.set(name, field.defaultValue);
    }
  }, { capture: true });
})();
