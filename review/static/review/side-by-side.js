// Scrolls both frames of “Live and draft side by side” together.
//
// What has the same address in both versions (headings, corrections) stays level; between two
// such places the other frame is as far along as the one that is scrolled, by whatever means.
// A box, which stands there with this script alone, lets each be scrolled by itself.
(() => {
  const choice = document.querySelector("[data-scroll-together]");
  const [live, draft] = document.querySelectorAll(".side-by-side iframe");
  if (!choice || !draft) return;
  const isChosen = choice.querySelector("input");
  choice.hidden = false;

  const rootOf = (frame) => frame.contentDocument?.scrollingElement;
  const endOf = (root) => root.scrollHeight - root.clientHeight;
  // Where a frame was put, which tells that from where somebody scrolls it.
  const put = new WeakMap();

  function placesIn(root) {
    const found = new Map();
    for (const each of root.querySelectorAll("main [id]")) {
      const box = each.getBoundingClientRect();
      if (box.height) found.set(each.id, box.top + root.scrollTop);
    }
    return found;
  }

  // Pairs of heights that belong together, from the top to the end, none before another.
  function pairsOf(root, other) {
    const places = placesIn(other);
    const pairs = [[0, 0]];
    for (const [id, top] of [...placesIn(root)].sort((one, two) => one[1] - two[1])) {
      const [last, lastOther] = pairs.at(-1);
      const level = places.get(id);
      if (top > last && level > lastOther && top < endOf(root) && level < endOf(other)) {
        pairs.push([top, level]);
      }
    }
    return [...pairs, [endOf(root), endOf(other)]];
  }

  function follow(frame, otherFrame) {
    const root = rootOf(frame);
    const other = rootOf(otherFrame);
    if (!root || !other || !isChosen.checked) return;
    if (Math.abs(root.scrollTop - put.get(frame)) < 2) return;
    put.delete(frame);
    const pairs = pairsOf(root, other);
    // At the very end the place may be a fraction beyond it: then no pair is below.
    const below = pairs.findIndex(([top]) => top >= root.scrollTop);
    const next = below < 0 ? pairs.length - 1 : Math.max(below, 1);
    const [from, level] = pairs[next - 1];
    const [to, nextLevel] = pairs[next];
    const along = to > from ? (root.scrollTop - from) / (to - from) : 0;
    const share = Math.min(Math.max(along, 0), 1);
    other.scrollTo({ top: level + share * (nextLevel - level), behavior: "instant" });
    put.set(otherFrame, other.scrollTop);
  }

  for (const [frame, other] of [[live, draft], [draft, live]]) {
    // A link within the frame brings another document.
    const listen = () => frame.contentDocument?.addEventListener(
      "scroll", () => follow(frame, other), { passive: true },
    );
    frame.addEventListener("load", listen);
    if (frame.contentDocument?.readyState === "complete") listen();
  }
  isChosen.addEventListener("change", () => follow(live, draft));
})();
