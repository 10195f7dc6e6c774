// What is wrong with how a page is laid out, as sentences. Judged as a reader would:
// by what is visible, not by what a style sheet says.
(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const SLACK = 1.5; // pixels, for rounding

  const name = (element) => {
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 30);
    return `${element.localName}.${element.className || "-"} “${words}”`;
  };
  const visible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(".visually-hidden, .skip-link") &&
    // Of a table that is laid out row by row.
    getComputedStyle(element.closest("thead") ?? element).clipPath === "none";

  // What is left of a box in the windows of everything around it that scrolls or clips.
  const seen = (box, element) => {
    let { left, right, top, bottom } = box;
    for (let outer = element; outer; outer = outer.parentElement) {
      if (outer === document.body) break;
      if (getComputedStyle(outer).overflowX === "visible") continue;
      const frame = outer.getBoundingClientRect();
      left = Math.max(left, frame.left);
      right = Math.min(right, frame.right);
      top = Math.max(top, frame.top);
      bottom = Math.min(bottom, frame.bottom);
    }
    return { left, right, top, bottom };
  };

  if (document.documentElement.scrollWidth > width) faults.push("the page scrolls sideways");

  const lines = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!visible(element)) continue;
    const style = getComputedStyle(element);
    const box = seen(element.getBoundingClientRect(), element);
    if (box.right > box.left && (box.left < -SLACK || box.right > width + SLACK))
      faults.push(`sticks out of the screen: ${name(element)}`);
    if (
      ["hidden", "clip"].includes(style.overflowX) &&
      !["inline", "contents"].includes(style.display) &&
      !element.matches("input, textarea, select") &&
      (element.scrollWidth > element.clientWidth + SLACK ||
        element.scrollHeight > element.clientHeight + SLACK)
    )
      faults.push(`is cut off: ${name(element)}`);
    if (element.localName === "img" && element.complete && !element.naturalWidth && !element.alt)
      faults.push(`is broken and says nothing: ${element.src}`);

    // The lines of text that stand in this element itself.
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      let block = element;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const { left, right, top, bottom } = seen(rect, element);
        // Ascenders and descenders of neighbouring lines may share some space.
        const space = 0.22 * rect.height;
        if (right - left > 2 && bottom - top > 2 * space + 2)
          lines.push({ left, right, top: top + space, bottom: bottom - space, block });
      }
    }
  }

  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (const other of lines.slice(place + 1)) {
      if (other.top >= one.bottom - SLACK) break;
      const apart =
        one.right <= other.left + SLACK ||
        other.right <= one.left + SLACK ||
        one.block.contains(other.block) ||
        other.block.contains(one.block);
      if (!apart) faults.push(`stands on other text: ${name(one.block)} and ${name(other.block)}`);
    }
  });

  const header = document.querySelector("header").getBoundingClientRect().height;
  if (header > innerHeight / 3) faults.push(`the header is ${Math.round(header)} pixels high`);

  return [...new Set(faults)];
})();
