"use strict";
// What stands in the fields of the whole form, as raw texts by item.

globalThis.FormFields = (() => {
  const blocks = () => Array.from(document.querySelectorAll("#form [data-kind]"));

  function fillItem(block, name, texts) {
    block.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field, place) => {
      if (/radio|checkbox/.test(field.type)) field.checked = texts.includes(field.value);
      else field.value = texts[place] ?? "";
    });
  }

  // Fills all fields, or those of some `items`.
  function fill(texts, items) {
    for (const block of blocks())
      for (const name of FormReading.itemsOf(block))
        if (!items || items.includes(name)) fillItem(block, name, texts[name] ?? []);
  }

  function allTexts() {
    const named = blocks().flatMap((block) =>
      Array.from(FormReading.itemsOf(block), (name) => [name, FormReading.textsIn(block, name)]));
    return Object.fromEntries(named.filter(([, texts]) => texts.length));
  }

  return Object.freeze({ fill, allTexts });
})();
