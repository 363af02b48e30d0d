"use strict";
// Writing a route or a check: what may stand here is offered while typing (arrow keys, Enter or Tab takes it, Escape
// closes), and the server says in plain words what the expression means or what is wrong with it. Without this script
// the form works all the same, and says so after saving.

const DELAY = 200; // milliseconds after the last key
const MOST = 8; // suggestions at one time
const NAME = /(\$\{[^{}]*|[A-Za-z][\w-]*)$/; // after ${ also words of the question, with marks and spaces
const ASKED = /\$\{\s*([\w.-]+)\s*\}\s*(?:=|!=)\s*$|selected\(\s*\$\{\s*([\w.-]+)\s*\}\s*,\s*$/;

const form = document.getElementById("part");
const { draft } = form.dataset; // its address
const [, noun, at] = /\/(question|section)s\/([^/]+)$/.exec(location.pathname) ?? [];
let names = null;

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

async function known() {
  names ??= fetch(`${draft}/names`).then((answer) => answer.json()).catch(() => ({ items: [], functions: [] }));
  return names;
}

// What is being written: an answer where a quotation mark is open, else a name
function unfinished(before) {
  const quoted = before.split("'");
  return quoted.length % 2 ? (NAME.exec(before)?.[0] ?? "") : `'${quoted.at(-1)}`;
}

// What may stand at the end of the text before the cursor: answers after `${code} =`, else items and functions
function offers({ items, functions }, before) {
  const word = unfinished(before);
  const asked = ASKED.exec(before.slice(0, before.length - word.length));
  if (asked) {
    const item = items.find(({ code }) => code === (asked[1] ?? asked[2]));
    return (item?.answers ?? [])
      .filter(({ code, words }) => fold(`${code} ${words}`).includes(fold(word.replace(/^'/, ""))))
      .map(({ code, words }) => ({ word, text: `'${code}'`, words }));
  }
  if (!word || word.startsWith("'")) return [];
  const sought = fold(word.replace(/^\$\{/, ""));
  const found = items
    .filter(({ code, words }) => fold(`${code} ${words}`).includes(sought))
    .map(({ code, words }) => ({ word, text: `\${${code}}`, words }));
  if (word.startsWith("$")) return found;
  const calls = functions
    .filter(({ name }) => name.startsWith(word))
    .map(({ name, takes }) => ({ word, text: `${name}(`, words: `${name}(${takes.join(", ")})` }));
  return calls.concat(found);
}

function prepare(field, number) {
  const check = Object.assign(document.createElement("div"), { className: "app-expression-check" });
  const list = Object.assign(document.createElement("ul"), { id: `suggestions-${number}`, className: "app-suggestions" });
  check.setAttribute("aria-live", "polite");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  list.hidden = true;
  field.after(list, check);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let shown = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  function close() {
    shown = [];
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    chosen = index;
    Array.from(list.children, (option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function take(offer) {
    const end = field.selectionStart;
    field.setRangeText(offer.text, end - offer.word.length, end, "end");
    close();
    field.focus();
    judge();
  }

  function show(found) {
    close();
    shown = found.slice(0, MOST);
    if (!shown.length) return;
    list.replaceChildren(...shown.map((offer, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      const code = Object.assign(document.createElement("code"), { textContent: offer.text });
      option.append(code, ` ${offer.words}`);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(offer);
      });
      return option;
    }));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(0);
  }

  async function suggest() {
    const found = offers(await known(), field.value.slice(0, field.selectionStart));
    if (document.activeElement === field) show(found);
  }

  async function judge() {
    const turn = ++asked;
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("expression", field.value);
    body.set("field", field.dataset.expression);
    body.set("noun", noun ?? "");
    body.set("at", at ?? "");
    const answer = await fetch(`${draft}/expression`, { method: "POST", body }).catch(() => null);
    if (turn === asked && answer?.ok) check.innerHTML = await answer.text();
  }

  field.addEventListener("input", () => {
    suggest();
    clearTimeout(timer);
    timer = setTimeout(judge, DELAY);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (!shown.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((chosen + step + shown.length) % shown.length);
    else if (event.key === "Enter" || event.key === "Tab") take(shown[Math.max(chosen, 0)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  if (field.value.trim()) judge();
}

document.querySelectorAll("[data-expression]").forEach(prepare);
