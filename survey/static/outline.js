"use strict";
// The outline of a questionnaire: questions are dragged to their place, or moved with Alt and the arrow keys, and the
// server stores each move. Without this script the arrow buttons do it.

const form = document.getElementById("outline");
const status = document.getElementById("outline-status");
const questions = () => Array.from(form.querySelectorAll("[data-question]"));
let dragged = null;
let stored = Promise.resolve(); // moves reach the server one after the other, in the order they were made

for (const question of questions()) question.draggable = true;

function store(question) {
  const list = question.closest("[data-questions]");
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("act", `place:${question.dataset.question}`);
  body.set("section", question.closest("[data-section]").dataset.section);
  body.set("position", 1 + Array.from(list.children).indexOf(question));
  number();
  const place = 1 + questions().indexOf(question);
  stored = stored.then(() => send(body, place));
}

async function send(body, place) {
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    status.textContent = form.dataset.moved.replace("{number}", place);
  } catch {
    status.textContent = form.dataset.failed;
    status.classList.remove("govuk-visually-hidden");
  }
}

// The numbers run on from section to section
function number() {
  let next = 1;
  for (const list of form.querySelectorAll("[data-questions]")) {
    list.start = next;
    next += list.children.length;
  }
}

const over = (element) => element?.closest?.("[data-question], [data-questions]");

function clear() {
  for (const marked of form.querySelectorAll(".app-outline__question--over"))
    marked.classList.remove("app-outline__question--over");
}

form.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-question]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged?.dataset.question ?? "");
});

form.addEventListener("dragover", (event) => {
  const target = over(event.target);
  if (!dragged || !target) return;
  event.preventDefault();
  clear();
  if (target !== dragged && target.dataset.question) target.classList.add("app-outline__question--over");
});

form.addEventListener("drop", (event) => {
  const target = over(event.target);
  if (!dragged || !target) return;
  event.preventDefault();
  clear();
  if (target === dragged) return;
  if (target.dataset.question) target.before(dragged);
  else target.append(dragged);
  store(dragged);
});

form.addEventListener("dragend", () => {
  clear();
  dragged = null;
});

// The place above or below, which may be the end or the beginning of the section beside
function step(question, direction) {
  const beside = direction < 0 ? question.previousElementSibling : question.nextElementSibling;
  if (beside) {
    if (direction < 0) beside.before(question);
    else beside.after(question);
    return true;
  }
  const lists = Array.from(form.querySelectorAll("[data-questions]"));
  const list = lists[lists.indexOf(question.parentElement) + direction];
  if (!list) return false;
  if (direction < 0) list.append(question);
  else list.prepend(question);
  return true;
}

form.addEventListener("keydown", (event) => {
  const question = event.target.closest("[data-question]");
  const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!question || !direction || !event.altKey) return;
  event.preventDefault();
  const focused = document.activeElement;
  if (step(question, direction)) store(question);
  focused.focus();
});
