"use strict";
// Where one person rates several agencies: how far each is rated, in the form as it stands.

globalThis.FormUnits = (() => {
  const isPerUnit = (block) => Boolean(block.querySelector(".app-matrix--units"));

  const openBlocks = ({ way }) =>
    way.flatMap((page) => Array.from(page.querySelectorAll("[data-kind]")).filter((block) => !block.hidden && isPerUnit(block)));

  // "Don't know" is no rating.
  const isRated = ({ row }) => Boolean(row.querySelector(".app-choice:not(.app-choice--missing) :checked"));

  const ratingIn = (block, row) => ({
    block,
    row,
    place: row.querySelector("[name]").name,
    question: block.querySelector("[id$='-text']").textContent.trim(),
  });

  // Each agency in the order of the form: its name, and what is asked of it; the rows of each question are the agencies.
  function units(seen) {
    const asked = openBlocks(seen).map((block) =>
      Array.from(block.querySelectorAll(".app-card-row"), (row) => ratingIn(block, row)));
    return (asked[0] ?? []).map((first, number) => {
      const ratings = asked.map((rows) => rows[number]);
      const name = first.row.querySelector("legend").textContent.trim();
      return { name, ratings, rated: ratings.filter(isRated).length };
    });
  }

  // What the server would say of a sitting in which nobody is rated.
  function faults(seen) {
    const all = units(seen);
    if (all.some(({ rated }) => rated)) return [];
    const [first] = all[0]?.ratings ?? [];
    const page = first?.block.closest("[data-view]");
    return [{ page, place: first?.place ?? "", word: "nothingRated", values: {}, isOfAll: true }];
  }

  return Object.freeze({ isPerUnit, units, faults });
})();
