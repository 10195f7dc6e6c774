// <asked-questions> in a form: shows at once the questions that an answer leads to, and hides
// others, as the server would (applications/conditions.py). The focus stays where it is.
const same = (text) => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
const number = (text) => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN);
const date = (text) => {
  // Date.parse takes "No-01-01" for a date, and 30 February for 2 March.
  if (!/^\d{4}(-\d{1,2}){0,2}$/.test(text.trim())) return NaN;
  const [year, ...rest] = text.trim().split("-");
  const [month = "1", day = "1"] = rest;
  const iso = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  const time = new Date(iso);
  return !Number.isNaN(+time) && time.toISOString().startsWith(iso) ? +time : NaN;
};
const order = (one, other) => {
  const numbers = number(one) - number(other);
  return Number.isNaN(numbers) ? date(one) - date(other) : numbers;
};

// What was answered so far: several texts for several boxes.
const answers = (data, { field, kind }) => {
  if (kind === "consent") return data.has(field) ? ["Yes"] : [];
  if (kind === "address") {
    const lines = [0, 1, 2, 3, 4].map((part) => data.get(`${field}_${part}`) ?? "");
    return lines.filter((text) => text.trim());
  }
  if (kind !== "date") return data.getAll(field).filter((text) => text.trim());
  const parts = ["year", "month", "day"].map((part) => data.get(`${field}_${part}`)?.trim());
  const padded = parts.filter(Boolean).map((part) => part.padStart(2, "0"));
  return parts[0] ? [padded.join("-")] : [];
};

const passes = (data, test) => {
  if (typeof test === "boolean") return test;
  const given = answers(data, test);
  const [first = ""] = given;
  const equals = (text) => same(text) === same(test.value);
  const several = ["multiple_choice", "address"].includes(test.kind);
  const compared = several ? NaN : order(first, test.value);
  const is = given.length === 1 && (equals(first) || compared === 0);
  switch (test.operator) {
    case "answered":
      return given.length > 0;
    case "is":
      return is;
    case "is_not":
      return !is;
    case "contains":
      if (several) return given.some(equals);
      return given.length > 0 && same(first).includes(same(test.value));
    case "more":
      return compared > 0;
    default:
      return compared < 0;
  }
};

customElements.define(
  "asked-questions",
  class extends HTMLElement {
    connectedCallback() {
      this.stop = new AbortController();
      this.addEventListener("input", () => this.ask(), { signal: this.stop.signal });
      this.ask();
    }

    disconnectedCallback() {
      this.stop.abort();
    }

    // In order: an answer to a question that is hidden counts for none after it.
    ask() {
      for (const part of this.querySelectorAll("[data-condition]")) {
        const { join, tests } = JSON.parse(part.dataset.condition);
        const data = new FormData(this.closest("form"));
        const each = (test) => passes(data, test);
        part.hidden = part.disabled = !(join === "any" ? tests.some(each) : tests.every(each));
      }
    }
  },
);
