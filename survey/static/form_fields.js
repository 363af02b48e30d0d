"use strict";
// What stands in the fields of the whole form, as raw texts by item.

globalThis.FormFields = (() => {
  const blocks = () => Array.from(document.querySelectorAll("#form [data-kind]"));

  function fill(texts) {
    for (const block of blocks())
      for (const name of FormReading.itemsOf(block))
        block.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field, place) => {
          if (/radio|checkbox/.test(field.type)) field.checked = (texts[name] ?? []).includes(field.value);
          else field.value = texts[name]?.[place] ?? "";
        });
  }

  function allTexts() {
    const named = blocks().flatMap((block) =>
      Array.from(FormReading.itemsOf(block), (name) => [name, FormReading.textsIn(block, name)]));
    return Object.fromEntries(named.filter(([, texts]) => texts.length));
  }

  return Object.freeze({ fill, allTexts });
})();
