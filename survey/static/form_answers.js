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
    const isLacking = faults.some((fault) => fault.place === place);
    return isLacking ? element("span", "govuk-error-message", words.lacking) : words.blank;
  }

  function changeLink(place, question, words, change) {
    const link = element("a", "govuk-link", words.change, element("span", "govuk-visually-hidden", `: ${question}`));
    link.href = `#${document.getElementById(`q-${place}`).closest("[data-view]").dataset.view}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change(place);
    });
    return element("dd", "govuk-summary-list__actions", link);
  }

  function row(block, place, seen, words, change) {
    const question = FormFaults.questionOf(document.getElementById(`q-${place}`));
    const made = element("div", "govuk-summary-list__row",
      element("dt", "govuk-summary-list__key", question),
      element("dd", "govuk-summary-list__value", given(block, place, seen, words)));
    if (change) made.append(changeLink(place, question, words, change));
    return made;
  }

  // `change(place)` leads to an answer; without it they can only be looked at.
  function list(container, seen, words, change) {
    container.replaceChildren(...seen.way.flatMap((page) => {
      const open = Array.from(page.querySelectorAll("[data-kind]")).filter((block) => !block.hidden);
      const rows = open.flatMap((block) =>
        Array.from(FormReading.itemsOf(block), (place) => row(block, place, seen, words, change)));
      return [element("h2", "govuk-heading-m", page.dataset.title), element("dl", "govuk-summary-list", ...rows)];
    }));
  }

  return Object.freeze({ list });
})();
