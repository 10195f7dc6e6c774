// Finds the streams of blocks in the editor's form, for undo.js and shelf.js.
//
// `rootBlock` and what is in it are what Wagtail documents for extending blocks, but for
// `sequence`, `element`, `inserters` and `insert`: tests/browser/test_undo.py and
// test_shelf.py fail when they change.
(() => {
  function* within(block) {
    if (Array.isArray(block?.children)) {
      yield block;
      for (const child of block.children) yield* within(child.block);
    } else {
      for (const inner of Object.values(block?.childBlocks ?? {})) yield* within(inner);
    }
  }

  function* all() {
    for (const { rootBlock } of document.querySelectorAll("[id$='-root']")) {
      yield* within(rootBlock);
    }
  }

  window.streams = {
    // The stream or list, and the block in it, that an element of the form stands for.
    withChild(element) {
      for (const sequence of all()) {
        const child = sequence.children.find((one) => one.element === element);
        if (child) return { sequence, child };
      }
      return null;
    },
    // The stream that an insertion point belongs to, and the place there.
    withInserter(element) {
      for (const sequence of all()) {
        const index = sequence.inserters.findIndex((one) => one.element === element);
        if (index >= 0) return { sequence, index };
      }
      return null;
    },
  };
})();
