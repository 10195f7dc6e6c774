{
  // Typing into a field, or choosing a picture, makes its value the page's own.
  function makeOwn(event) {
    const field = event.target.closest("[data-inherited]");
    if (!field || event.target.type === "radio") return;
    const own = field.querySelector('input[type="radio"][value="own"]');
    if (event.target.value) own.checked = true;
  }

  document.addEventListener("input", makeOwn);
  document.addEventListener("change", makeOwn);

  // Beside each pattern stands what it makes of the newest page of its type.
  const asked = new WeakMap();

  async function show(place) {
    const pattern = document.querySelector(
      `[data-pattern="${place.dataset.patternSample}"]`,
    );
    const number = (asked.get(place) || 0) + 1;
    asked.set(place, number);
    const query = new URLSearchParams({ pattern: pattern.value });
    const answer = await fetch(`${place.dataset.url}?${query}`);
    if (!answer.ok || asked.get(place) !== number) return;
    const { text, problem } = await answer.json();
    place.textContent = [text, problem].filter(Boolean).join(" – ");
    place.toggleAttribute("data-problem", Boolean(problem));
  }

  let waiting;
  document.addEventListener("input", ({ target }) => {
    const place = document.querySelector(
      `[data-pattern-sample="${target.dataset?.pattern}"]`,
    );
    if (!place) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(place), 300);
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-pattern-sample]").forEach(show);
  });
}
