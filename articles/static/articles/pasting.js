// What is pasted from a word processor or a web page becomes the blocks of that kind.
//
// In a paragraph of a stream, headings, lists and tables become blocks behind it; in any
// other rich text they become paragraphs. Words alone are left to the editor itself, and
// so is what was copied within it. The server reads what was pasted
// (articles/importing/pasting.py); where it cannot, the bare words are put in.
//
// `draftailEditor`, `sequence.insert` and `deleteBlock` are what Wagtail's own widgets use,
// though it does not document them: tests/browser/test_pasting.py fails when they change.
(() => {
  const template = document.getElementById("pasting-template");
  const structured = "h1, h2, h3, h4, h5, h6, table, img, ul, ol, dl, blockquote, "
    + "[id^=docs-internal-guid], [class^=Mso], a[href*='google.com/url']";
  const copiedHere = "[data-draftjs-conductor-fragment]";
  const shortcut = (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey
    && event.key.toLowerCase() === "z";

  document.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    const place = html && placeOf(event.target);
    if (!place) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.querySelector(structured) || page.querySelector(copiedHere)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // A picture that is written into the text may be larger than any request.
    for (const picture of page.querySelectorAll("img[src^='data:']")) picture.src = "data:";
    const words = event.clipboardData.getData("text/plain") || page.body.innerText;
    ask(page.body.innerHTML)
      .then((answer) => put(place, answer))
      .catch((error) => putWords(place, words, error.message));
  }, { capture: true });

  // --- Where --------------------------------------------------------------------------

  function placeOf(target) {
    const area = target.closest?.("[contenteditable=true]");
    const editor = area && editorOf(area);
    if (editor) return { editor, area, ...streamAround(area) };
    const isTyping = target.closest?.("input, textarea, select, [contenteditable]");
    if (isTyping || target.closest?.("[role=dialog]")) return null;
    // On a button between blocks, or nowhere: behind the block, or at the end.
    return streamAround(target, true) ?? endOfBody();
  }

  function editorOf(area) {
    for (let around = area.parentElement; around; around = around.parentElement) {
      const field = [...around.children].find((child) => child.draftailEditor);
      if (field) return field.draftailEditor;
    }
    return null;
  }

  const streams = () => [...document.querySelectorAll("[id$='-root']")]
    .map(({ rootBlock }) => rootBlock)
    .filter((block) => block?.blockDef?.childBlockDefsByName);

  function streamAround(inside, anyBlock = false) {
    for (const stream of streams()) {
      const child = stream.children.find(({ element }) => element.contains(inside));
      if (child && (anyBlock || child.type === "paragraph")) return { stream, child };
    }
    return null;
  }

  function endOfBody() {
    const stream = streams().find(({ blockDef }) => blockDef.childBlockDefsByName.paragraph);
    return stream ? { stream, child: stream.children.at(-1) } : null;
  }

  // --- What ---------------------------------------------------------------------------

  async function ask(html) {
    const response = await fetch(template.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN, Accept: "application/json" },
      body: new URLSearchParams({ html }),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok || !answer.blocks) throw new Error(answer.error ?? "");
    return answer;
  }

  function put(place, answer) {
    const { stream, editor } = place;
    const allowed = stream?.blockDef.childBlockDefsByName ?? {};
    const kinds = answer.blocks.map(({ type }) => type);
    const areBlocks = kinds.length > 0 && kinds.every((kind) => kind in allowed)
      && (!editor || kinds.length > 1 || kinds[0] !== "paragraph");
    if (areBlocks) return putBlocks(place, answer);
    if (!editor) throw new Error(template.dataset.nowhere);
    if (!answer.blocks.length && !answer.problems.length) throw new Error("");
    const text = JSON.parse(answer.text ?? "null");
    if (text) insert(editor, window.DraftJS.convertFromRaw(fitting(text, editor.props)));
    const flattened = kinds.some((kind) => kind !== "paragraph" && kind !== "list");
    const words = flattened ? template.dataset.flattened : "";
    if (words || answer.problems.length) tell(place.area, words, answer.problems);
    return null;
  }

  function putWords({ editor, area, stream, child }, words, why) {
    if (editor) {
      insert(editor, window.DraftJS.ContentState.createFromText(words));
    } else if (stream) {
      const { convertToRaw, ContentState } = window.DraftJS;
      const value = JSON.stringify(convertToRaw(ContentState.createFromText(words)));
      const id = crypto.randomUUID();
      stream.insert({ type: "paragraph", value, id }, indexAfter(stream, child), {});
    }
    tell(area ?? stream.children.at(-1).element, `${template.dataset.bare} ${why}`, []);
  }

  function insert(editor, content) {
    const { EditorState, Modifier } = window.DraftJS;
    const state = editor.getEditorState();
    const [before, selection] = [state.getCurrentContent(), state.getSelection()];
    const after = Modifier.replaceWithFragment(before, selection, content.getBlockMap());
    editor.onChange(EditorState.push(state, after, "insert-fragment"));
  }

  // What this rich text does not have becomes plain.
  function fitting({ blocks, entityMap }, { blockTypes, inlineStyles, entityTypes }) {
    const has = (list, type) => list.some((one) => one.type === type);
    return {
      entityMap,
      blocks: blocks.map((block) => ({
        ...block,
        type: has(blockTypes, block.type) ? block.type : "unstyled",
        inlineStyleRanges: block.inlineStyleRanges.filter(({ style }) =>
          has(inlineStyles, style)),
        entityRanges: block.entityRanges.filter(({ key }) =>
          has(entityTypes, entityMap[key].type)),
      })),
    };
  }

  // --- Blocks, and the way back -------------------------------------------------------

  const indexAfter = (stream, child) => (child ? stream.children.indexOf(child) + 1 : 0);

  function putBlocks({ stream, child, editor }, answer) {
    const isEmpty = editor && !editor.getEditorState().getCurrentContent().hasText();
    let index = indexAfter(stream, child);
    const replaced = isEmpty ? child.getState() : null;
    if (replaced) {
      index -= 1;
      stream.deleteBlock(index, { animate: false });
    }
    answer.blocks.forEach((block, number) => stream.insert(block, index + number, {}));
    const made = new Set(answer.blocks.map(({ id }) => id));
    const first = stream.children[index];
    const strip = tell(first.element, answer.message, answer.problems, () => {
      for (let at = stream.children.length - 1; at >= 0; at -= 1) {
        if (!made.has(stream.children[at].id)) continue;
        stream.deleteBlock(at, { animate: false });
        index = at;
      }
      if (replaced) stream.insert(replaced, index, { focus: true });
      else child?.block.focus?.();
    });
    stream.children[index + answer.blocks.length - 1].block.focus?.({ soft: true });
    strip.scrollIntoView({ block: "nearest" });
    return strip;
  }

  let undoLast = null;
  addEventListener("keydown", (event) => {
    if (!undoLast || !shortcut(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    undoLast();
  }, { capture: true });
  // From the next word on, Ctrl+Z is about that.
  addEventListener("beforeinput", () => { undoLast = null; }, { capture: true });

  function tell(place, words, problems, undo) {
    document.querySelector("[data-paste-notice]")?.remove();
    const strip = template.content.firstElementChild.cloneNode(true);
    const list = strip.querySelector("ul");
    list.replaceChildren(...problems.map(({ typed, sentence }) => {
      const item = document.createElement("li");
      item.textContent = typed ? `“${typed}” ${sentence}` : sentence;
      return item;
    }));
    list.hidden = problems.length === 0;
    const back = strip.querySelector("[data-paste-undo]");
    const leave = () => { undoLast = null; strip.remove(); };
    undoLast = undo ? () => { undo(); leave(); } : null;
    back.hidden = !undo;
    back.addEventListener("click", () => { undo(); leave(); });
    strip.querySelector("[data-paste-close]").addEventListener("click", leave);
    const within = place.closest(".Draftail-Editor__wrapper") ?? place;
    if (undo) within.before(strip);
    else within.after(strip);
    // A status is read aloud when it changes.
    requestAnimationFrame(() => {
      strip.querySelector("[role=status]").textContent = words.trim();
    });
    return strip;
  }
})();
