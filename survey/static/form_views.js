"use strict";
// Shows one part of the whole form at a time: a page, the check, or what becomes of the answers.

globalThis.FormViews = (() => {
  const root = document.getElementById("form");
  const words = JSON.parse(root.dataset.words);
  const title = document.getElementById("title");
  const back = document.getElementById("way-back");
  const where = document.getElementById("where");
  const siteName = document.title.split(" – ").at(-1);
  let isOpen = false;

  function show(view, heading) {
    for (const each of document.querySelectorAll("[data-view]")) each.hidden = each.dataset.view !== view;
    const shown = document.querySelector(`[data-view="${view}"]`);
    root.hidden = !root.contains(shown);
    title.textContent = heading ?? shown.dataset.title;
    document.title = `${title.textContent} – ${siteName}`;
    back.hidden = where.hidden = true;
    FormFaults.clear();
    scrollTo(0, 0);
    if (isOpen) title.focus(); // the first one comes with the document, as any page does
    isOpen = true;
  }

  // `share` of the way that is done, from 0 to 1.
  function showWhere(share, unit) {
    const bar = document.getElementById("done");
    bar.value = Math.round(100 * share);
    const space = document.documentElement.lang === "vi" ? "\u00a0" : "";
    bar.labels[0].textContent = filled(words.done, { share: `${bar.value}${space}%` });
    document.getElementById("unit").textContent = unit;
    where.hidden = false;
  }

  function leadBack(view) {
    back.hidden = !view;
    back.querySelector("a").href = `#${view}`;
  }

  return Object.freeze({ show, showWhere, leadBack });
})();
