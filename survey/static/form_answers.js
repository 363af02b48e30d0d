"use strict";
// Lists the answers of the whole form as the page does that checks them.

globalThis.FormAnswers = (() => {
  function element(tag, className, ...content) {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...content);
    return made;
  }

  const SIGNS = { vi: [".", ","], en: [",", "."] };

  // The server's way: 1.234,5 in Vietnamese, 1,234.5 in English.
  function numberInWords(number) {
    const [thousands, decimal] = SIGNS[document.documentElement.lang] ?? SIGNS.en;
    const [whole, fraction] = String(number).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
    return fraction ? grouped + decimal + fraction : grouped;
  }

  const IN_WORDS = {
    integer: numberInWords,
    decimal: numberInWords,
    date: (day) => day.split("-").reverse().join("/"),
    rank: (codes, named) => named.map((text, place) => `${place + 1}. ${text}`).join("; "),
  };

  function named(block, place) {
    const fields = Array.from(block.querySelectorAll(`[name="${CSS.escape(place)}"]`));
    const ticked = fields.filter((field) => field.checked).map((field) => field.labels[0].textContent);
    const listed = fields.filter((field) => field.options && field.value).map((field) => field.selectedOptions[0].text);
    return [...ticked, ...listed];
  }

  function inWords(block, place, answer) {
    const texts = named(block, place);
    const write = IN_WORDS[block.dataset.kind];
    if (write) return write(answer, texts);
    return texts.length ? texts.join("; ") : answer;
  }

  function given(block, place, { answers, faults }, words) {
    if (place in answers) return inWords(block, place, answers[place]);
    const fault = faults.find((each) => each.place === place);
    if (!fault) return words.blank;
    const sentence = fault.message ?? filled(words[fault.word], fault.values);
    return element("span", "govuk-error-message", fault.word === "required" ? words.lacking : sentence);
  }

  function linkTo(place, change, ...content) {
    const link = element("a", "govuk-link", ...content);
    link.href = `#${document.getElementById(`q-${place}`).closest("[data-view]").dataset.view}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change(place);
    });
    return link;
  }

  function changeLink(place, question, words, change) {
    const named = element("span", "govuk-visually-hidden", `: ${question}`);
    return element("dd", "govuk-summary-list__actions", linkTo(place, change, words.change, named));
  }

  function row({ block, place, question }, seen, words, change) {
    const made = element("div", "govuk-summary-list__row",
      element("dt", "govuk-summary-list__key", question),
      element("dd", "govuk-summary-list__value", given(block, place, seen, words)));
    if (change) made.append(changeLink(place, question, words, change));
    return made;
  }

  const listOf = (items, ...how) => element("dl", "govuk-summary-list", ...items.map((item) => row(item, ...how)));

  function itemsOn(page) {
    const isListed = (block) => !block.hidden && !FormUnits.isPerUnit(block);
    return Array.from(page.querySelectorAll("[data-kind]")).filter(isListed).flatMap((block) =>
      Array.from(FormReading.itemsOf(block), (place) =>
        ({ block, place, question: FormFaults.questionOf(document.getElementById(`q-${place}`)) })));
  }

  function pageParts(page, ...how) {
    const items = itemsOn(page);
    return items.length ? [element("h2", "govuk-heading-m", page.dataset.title), listOf(items, ...how)] : [];
  }

  function agency({ name, ratings, rated }, seen, words, change) {
    const share = filled(words.ratedOf, { rated, asked: ratings.length });
    return element("details", "govuk-details",
      element("summary", "govuk-details__summary",
        element("span", "govuk-details__summary-text", `${name}: ${share}`)),
      element("div", "govuk-details__text", listOf(ratings, seen, words, change)));
  }

  function howMany(all, words) {
    const leftOut = all.filter(({ rated }) => !rated).map(({ name }) => name).join("; ");
    const sentence = words.agencies[all.filter(({ rated }) => rated).length];
    return element("p", "govuk-body", leftOut ? `${sentence} ${filled(words.leftOut, { names: leftOut })}` : sentence);
  }

  function noneRated(all, words, change) {
    const said = element("p", "govuk-error-message", words.nothingRated);
    const place = all[0]?.ratings[0].place;
    return change && place ? [said, element("p", "govuk-body", linkTo(place, change, words.rate))] : [said];
  }

  // Of a sitting: how many agencies are rated, which are left out, and each rated one to be opened.
  function agencies(seen, words, change) {
    const all = FormUnits.units(seen);
    const rated = all.filter((unit) => unit.rated);
    return [
      element("h2", "govuk-heading-m", words.agenciesRated),
      ...(rated.length ? [howMany(all, words)] : noneRated(all, words, change)),
      ...rated.map((unit) => agency(unit, seen, words, change)),
    ];
  }

  // `change(place)` leads to an answer; without it they can only be looked at.
  function list(container, seen, words, change) {
    const units = words.agencies ? agencies(seen, words, change) : [];
    container.replaceChildren(...units, ...seen.way.flatMap((page) => pageParts(page, seen, words, change)));
  }

  return Object.freeze({ list });
})();
