"use strict";
// A criterion's form: another way of assessing or another rule shows other fields at once, and the rule is tried out while
// it is filled in. Without this script two buttons do it; both ways the server makes the fields from what was typed.

const DELAY = 200; // milliseconds after the last key
const PREVIEWED = /^(preview\.|rule\.|groups\.|combine$|max_points$|kind$)/;

const form = document.getElementById("part");
const asked = { assessment: 0, preview: 0 };
let timer = 0;
let outdated = false; // whether the fields shown belong to an earlier choice

for (const button of document.querySelectorAll("[data-refresh-button]")) button.hidden = true;

// The focus and the place in the text stay where they were
function replace(part, html) {
  const { id, selectionStart, selectionEnd } = document.activeElement;
  part.innerHTML = html;
  const field = id && part.querySelector(`#${CSS.escape(id)}`);
  if (!field) return;
  field.focus();
  if (selectionStart != null && field.setSelectionRange) field.setSelectionRange(selectionStart, selectionEnd);
}

// What the server makes of the form; nothing where the form was changed in the meantime
async function made(part, address, act) {
  const turn = ++asked[part];
  const body = new FormData(form);
  body.set("act", act);
  const answer = await fetch(address, { method: "POST", body }).catch(() => null);
  const html = answer?.ok ? await answer.text() : null;
  return turn === asked[part] ? html : null;
}

async function refresh() {
  clearTimeout(timer);
  outdated = true;
  asked.preview += 1;
  const html = await made("assessment", location.href, "refresh");
  const part = document.getElementById("assessment");
  const fresh = html && new DOMParser().parseFromString(html, "text/html").getElementById("assessment");
  if (!fresh || !part) return;
  outdated = false;
  replace(part, fresh.innerHTML);
  sum();
}

async function tryOut() {
  const part = document.getElementById("preview");
  const html = part && (await made("preview", form.dataset.preview, "preview"));
  if (html) replace(part, html);
}

function sum() {
  const shown = document.getElementById("weights-sum");
  if (!shown) return;
  const weights = Array.from(form.querySelectorAll("[name^='groups.']"), ({ value }) =>
    Number(value.replace("%", "").replace(",", ".").trim() || 0));
  const total = Math.round(1e9 * weights.reduce((all, weight) => all + weight, 0)) / 1e9;
  shown.textContent = Number.isNaN(total) ? "–" : `${total.toLocaleString(document.documentElement.lang)}\u00a0%`;
  shown.classList.toggle("app-sum--over", Math.abs(total - 100) > 1e-6);
}

form.addEventListener("input", ({ target }) => {
  for (const part of Object.keys(asked)) asked[part] += 1; // what is under way speaks of an earlier text
  if (target.name.startsWith("groups.")) sum();
  clearTimeout(timer);
  if (outdated) timer = setTimeout(refresh, DELAY);
  else if (PREVIEWED.test(target.name) && !target.matches("[data-refresh]")) timer = setTimeout(tryOut, DELAY);
});

form.addEventListener("change", ({ target }) => {
  if (target.matches("[data-refresh], #assessed_by")) refresh();
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[name^='preview.']")) return;
  event.preventDefault();
  tryOut();
});

form.addEventListener("click", (event) => {
  if (!event.target.closest("[data-preview-button]")) return;
  event.preventDefault();
  tryOut();
});

sum();
