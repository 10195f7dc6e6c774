"""What is measured inside a page, as JavaScript for ``page.evaluate``."""

# What sticks out sideways, by its class, once the page can be scrolled sideways.
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.body.querySelectorAll("*")].filter(
    part => part.getBoundingClientRect().right > room + 1);
  return [`${document.documentElement.scrollWidth} px wide: ${
    out.slice(-3).map(part => part.className || part.localName).join(", ")}`];
}"""

# Text cut off by its own box. What scrolls can be reached.
CLIPPED = """() => [...document.body.querySelectorAll("*")].filter(part => {
  if (!part.innerText?.trim() || part.closest(".visually-hidden")) return false;
  if (getComputedStyle(part.closest("thead") ?? part).clipPath !== "none") return false;
  const style = getComputedStyle(part);
  const cuts = value => value === "hidden" || value === "clip";
  return (cuts(style.overflowX) && part.scrollWidth > part.clientWidth + 1)
    || (cuts(style.overflowY) && part.scrollHeight > part.clientHeight + 1);
}).map(part => `cut off: ${part.parentNode.className} > ${
  part.className || part.localName}`)"""

# A style sheet of the reader's own, which the page's policy lets through.
RESTYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# WCAG 1.4.12.
TEXT_SPACING = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }
"""
