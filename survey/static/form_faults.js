"use strict";
// Says what is wrong on a page of the whole form as the server's pages say it: a summary with links, and a sentence at
// each field.

globalThis.FormFaults = (() => {
  const summary = document.getElementById("summary");
  const heading = document.getElementById("summary-title");

  const firstField = (place) => document.getElementById(`q-${place}`);

  function questionOf(field) {
    const legend = field.closest("fieldset")?.querySelector("legend");
    return (legend ?? field.labels[0]).textContent.trim();
  }

  function clear() {
    for (const mark of document.querySelectorAll(".app-fault")) mark.remove();
    for (const name of ["govuk-form-group--error", "app-card-row--error", "govuk-input--error"])
      for (const marked of document.querySelectorAll(`.${name}`)) marked.classList.remove(name);
    for (const described of document.querySelectorAll("[data-described]")) {
      described.setAttribute("aria-describedby", described.dataset.described);
      if (!described.dataset.described) described.removeAttribute("aria-describedby");
      described.removeAttribute("data-described");
    }
    summary.hidden = true;
  }

  function element(tag, className, ...content) {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...content);
    return made;
  }

  function describe(described, id) {
    const before = described.getAttribute("aria-describedby") ?? "";
    described.dataset.described = before;
    described.setAttribute("aria-describedby", `${before} ${id}`.trim());
  }

  function mark(place, sentence, error) {
    const field = firstField(place);
    const row = field.closest(".app-card-row");
    const group = row ?? field.closest("[data-kind]");
    const set = field.closest("fieldset");
    const said = element("p", "govuk-error-message app-fault",
      element("span", "govuk-visually-hidden", `${error}: `), sentence);
    said.id = `q-${place}-error`;
    (set?.querySelector(".app-choices, .app-place") ?? group.querySelector("input, select, textarea")).before(said);
    group.classList.add(row ? "app-card-row--error" : "govuk-form-group--error");
    if (!set) field.classList.add("govuk-input--error");
    describe(set ?? field, said.id);
  }

  function link(place, text, follow) {
    const made = element("a", "", text);
    made.href = `#q-${place}`;
    made.addEventListener("click", (event) => {
      event.preventDefault(); // the part of the address after # says which page is shown
      follow(place);
    });
    return made;
  }

  function goTo(place) {
    const field = firstField(place);
    field?.closest("[data-kind]").scrollIntoView();
    field?.focus();
  }

  function entry({ place, sentence, isBlank, isOfAll }, follow) {
    const field = firstField(place);
    if (!field) return element("li", "", sentence);
    const named = isBlank ? questionOf(field) : `${questionOf(field)} – ${sentence}`;
    return element("li", "", link(place, isOfAll ? sentence : named, follow));
  }

  // `faults`: [{ place, sentence, isBlank, isOfAll }], in the order of the page; what is `isOfAll` is the fault of no
  // single field. `follow(place)` leads to a field.
  function show(faults, error, follow = goTo) {
    clear();
    const { title, titleBlank } = heading.dataset;
    heading.textContent = faults.every(({ isBlank }) => isBlank) ? titleBlank : title;
    summary.querySelector("ul").replaceChildren(...faults.map((fault) => entry(fault, follow)));
    const shown = faults.filter(({ place, isOfAll }) => !isOfAll && firstField(place));
    for (const { place, sentence } of shown) mark(place, sentence, error);
    if (!document.title.startsWith(error)) document.title = `${error}: ${document.title}`; // until the next view
    summary.hidden = false;
    summary.focus();
  }

  return Object.freeze({ show, clear, goTo, questionOf });
})();
