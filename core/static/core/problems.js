// Tabs say how many problems of the list they have, the list stays folded for whoever has
// folded it, and the keyboard comes to the title by two keys.
(() => {
  const key = "problems-are-folded";
  const links = () => document.querySelectorAll("#publishing-problems-list a");
  const target = (link) => document.querySelector(link.dataset.wFocusTargetValue);
  const tabOf = (panel) => document.querySelector(`[role=tab][href="#${panel?.id}"]`);

  function remember(list) {
    try {
      if (localStorage.getItem(key)) list.open = false;
      list.addEventListener("toggle", () => {
        if (list.open) localStorage.removeItem(key);
        else localStorage.setItem(key, "yes");
      });
    } catch { /* A browser that keeps nothing: the list is open, as ever. */ }
  }

  function count() {
    for (const old of document.querySelectorAll("[data-problems-tab-count]")) old.remove();
    const own = document.getElementById("publishing-problems").closest("[role=tabpanel]");
    const numbers = new Map();
    for (const link of links()) {
      const panel = target(link)?.closest("[role=tabpanel]");
      if (panel && panel !== own) numbers.set(panel, (numbers.get(panel) ?? 0) + 1);
    }
    for (const [panel, number] of numbers) {
      const badge = document.getElementById("problems-tab-count").content.cloneNode(true);
      for (const place of badge.querySelectorAll("[data-number]")) place.textContent = number;
      tabOf(panel)?.append(badge);
    }
  }

  function offerToSkip() {
    const skip = document.getElementById("problems-skip").content.firstElementChild;
    const title = document.getElementById("id_title");
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      title.focus();
    });
    if (title) document.querySelector(".skiplink")?.after(skip);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const list = document.getElementById("publishing-problems");
    if (!list) return;
    remember(list);
    offerToSkip();
    count();
    new MutationObserver(count).observe(
      document.getElementById("publishing-problems-list"), { childList: true },
    );
  });
})();
