// The content checks' own rules (core/publishing/content_checks.py) find nothing but marks that the preview
// prints where the publish gate objects: whatever they find, fails.
window.wagtail.userbar.registerCheck("gate-mark", () => false);
