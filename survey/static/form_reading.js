"use strict";
// Reads what stands in the fields of the whole form as the server will (questionnaires/written.py and kinds.py), so that
// the way through the form and what is said about an answer are the same with and without a connection.
//
// FormReading.look(pages) → { way, answers, texts, faults }: the pages asked, the values and raw texts on the way, and
// what is wrong: { page, place, word, values }, `word` a name in the form's data-words, or `message` the sentence itself.

globalThis.FormReading = (() => {
  const LARGEST = 2 ** 53;
  const LONGEST = { text: 500, long_text: 5000, place: 64, unit: 64 };
  const PLAIN = /^-?[0-9]+([.,][0-9]+)?$/;
  const AMBIGUOUS = /^-?[1-9][0-9]{0,2}[.,][0-9]{3}$/;
  const GROUPED = /^-?[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?$/;
  const IN_A_SIGN = /[²³¹⁰-₉①-⓿❶-➓]/u; // 10² is not 102
  const DAY_FIRST = /^([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})$/;

  const fault = (word, values = {}) => ({ fault: { word, values } });

  function readNumber(raw) {
    const written = raw.normalize("NFKC").trim().replaceAll("−", "-");
    if (AMBIGUOUS.test(written)) return fault("ambiguous", { raw });
    const isPlain = !IN_A_SIGN.test(raw) && written.length <= 30;
    if (!isPlain || !(PLAIN.test(written) || GROUPED.test(written))) return fault("notANumber", { raw });
    const separators = written.match(/[., ]/g) ?? [];
    const last = separators.at(-1);
    const isDecimal = last && last !== " " && separators.filter((each) => each === last).length === 1;
    const cut = isDecimal ? written.lastIndexOf(last) : written.length;
    const value = Number(`${written.slice(0, cut).replace(/[., ]/g, "")}.${written.slice(cut + 1) || 0}`);
    return Math.abs(value) > LARGEST ? fault("tooLarge") : { value };
  }

  function readInteger(raw) {
    const found = readNumber(raw);
    if (found.fault?.word === "notANumber") return fault("notAWholeNumber", { raw });
    return found.fault || Number.isInteger(found.value) ? found : fault("notWhole");
  }

  function readDay(raw) {
    const written = raw.normalize("NFKC").trim().replace(DAY_FIRST, (_, day, sign, month, year) =>
      `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
    const isDay = Expression.evaluate(["date", written], {}, {}) !== null;
    return isDay ? { value: written } : fault("notADate", { raw });
  }

  function readText(raw, block) {
    const value = raw.trim().normalize("NFC");
    const most = LONGEST[block.dataset.kind];
    const length = Array.from(value).length;
    return length > most && !block.querySelector("select") ? fault("tooLong", { length, most }) : { value };
  }

  // "Don't know" and the like stand alone; no place of a ranking is given twice.
  function readCodes(texts, block) {
    const labelled = (code) => block.querySelector(`[value="${CSS.escape(code)}"]`);
    const twice = texts.find((code, place) => texts.indexOf(code) !== place);
    if (twice) return fault("twice", { choice: labelled(twice).text });
    const alone = texts.length > 1 && texts.find((code) => labelled(code)?.closest(".app-choice--missing"));
    if (alone) return fault("exclusive", { choice: labelled(alone).labels[0].textContent });
    return { value: texts };
  }

  const READERS = { integer: readInteger, decimal: readNumber, date: readDay };

  function read(texts, block) {
    if (["multiple", "rank"].includes(block.dataset.kind)) return readCodes(texts, block);
    return (READERS[block.dataset.kind] ?? readText)(texts[0], block);
  }

  const itemsOf = (block) => new Set(Array.from(block.querySelectorAll("[name]"), (field) => field.name));

  // Radio buttons, ticks and lists first in the order of the page; a search above a list has no name.
  function textsIn(block, name) {
    const fields = block.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    const counted = Array.from(fields).filter((field) => !/radio|checkbox/.test(field.type) || field.checked);
    return counted.map((field) => field.value).filter((text) => text.trim());
  }

  // As in Vietnam, whatever the device's own time zone.
  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

  function holds(condition, answers, self) {
    return !condition || Expression.truth(Expression.evaluate(condition, answers, { self, today: today() }));
  }

  const tree = (text) => (text ? JSON.parse(text) : null);

  // Shows and hides questions as the answers before them say; those off the way count for nothing.
  function walk(pages) {
    const seen = { way: [], answers: {}, texts: {}, asked: [] };
    for (const page of pages) {
      const isOpen = holds(tree(page.dataset.relevant), seen.answers);
      const open = [...page.querySelectorAll("[data-kind]")].filter((block) => {
        block.hidden = !(isOpen && holds(tree(block.dataset.relevant), seen.answers));
        if (!block.hidden) for (const place of itemsOf(block)) take(seen, page, block, place);
        return !block.hidden;
      });
      if (open.length) seen.way.push(page);
    }
    return seen;
  }

  function take(seen, page, block, place) {
    const texts = textsIn(block, place);
    const found = texts.length ? read(texts, block) : {};
    if (texts.length) seen.texts[place] = texts;
    if (found.value !== undefined) seen.answers[place] = found.value;
    const code = block.dataset.kind === "matrix" ? block.querySelector("[id$='-text']").id.slice(2, -5) : place;
    const rules = JSON.parse(page.dataset.rules)[code] ?? {};
    seen.asked.push({ page, place, rules, ...found });
  }

  function wrong({ place, rules, value, fault: unreadable }, answers) {
    if (unreadable) return unreadable;
    if (value === undefined) return rules.required ? { word: "required", values: {} } : null;
    return holds(rules.constraint, answers, value) ? null : { message: rules.message };
  }

  function look(pages) {
    const { way, answers, texts, asked } = walk(pages);
    const faults = asked.flatMap((item) => {
      const found = wrong(item, answers);
      return found ? [{ page: item.page, place: item.place, ...found }] : [];
    });
    return { way, answers, texts, faults };
  }

  return Object.freeze({ look, itemsOf, textsIn });
})();
