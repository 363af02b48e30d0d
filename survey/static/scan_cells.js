"use strict";
// Cells of scanned forms, one after another by keyboard: the letters shown for yes and no, and J, Y and N in any language,
// a digit chooses, . blank, / unreadable, U takes the last answer back, that of the list before too. Each answer brings
// how many are left. B says of a whole page that all that looks blank there is: its cells
// leave the list, and come back with U. All pictures of the list are loaded before they are needed. A cell that somebody
// else decided meanwhile leaves the list, and why is said above it. Without this script every cell is a form of its own
// on the page; the server checks everything again.

const list = document.querySelector("[data-cells]");
const cells = list ? Array.from(list.children) : [];
const FIELDS = "input:not([type=hidden]), select, textarea";
const TYPED = "input[type=text], textarea";
const OVERTAKEN = 409;
const before = document.querySelector("[data-undo]");
const left = document.querySelector("[data-left]");
const told = document.querySelector("[data-told]");
const TOLD = "told of scan cells";
let current = 0;
let isSending = false;

const fields = (cell) => Array.from(cell.querySelectorAll(FIELDS));
const button = (cell, key) => cell.querySelector(`[data-key=${key}]`);

function show(number) {
  current = number;
  for (const [place, cell] of cells.entries()) cell.hidden = place !== number;
  point(button(cells[number], "yes") ?? fields(cells[number])[0] ?? cells[number].querySelector("h2"));
}

// Gives a control the focus. Its picture is not scrolled away for it: nobody is to answer what they do not see.
function point(control) {
  control?.focus({ preventScroll: true });
  control?.scrollIntoView({ block: "nearest" });
  const picture = cells[current].querySelector("img");
  if (picture?.getBoundingClientRect().top < 0) picture.scrollIntoView({ block: "start" });
}

// A whole page is answered once all of its picture was in sight: until then its key goes on to what was not.
function noteSeen(cell) {
  for (const room of cell.querySelectorAll(".app-scroll")) {
    const picture = room.querySelector("img");
    if (!picture.naturalHeight) continue;  // not there yet
    const { bottom, right } = picture.getBoundingClientRect();
    if (bottom <= window.innerHeight + 1) room.dataset.down = "seen";
    if (right <= room.getBoundingClientRect().right + 1) room.dataset.across = "seen";
  }
}

function lookFurther(cell) {
  noteSeen(cell);
  const rooms = Array.from(cell.querySelectorAll(".app-scroll"));
  const room = rooms.find(({ dataset }) => !dataset.down || !dataset.across);
  if (!room) return false;
  if (room.dataset.down) room.scrollBy(room.clientWidth, 0);
  else window.scrollBy(0, window.innerHeight / 2);
  tell(cell, list.dataset.further);
  return true;
}

function tell(cell, message) {
  cell.querySelector("[role=alert]").textContent = message;
}

// Sends one answer and goes on; what is refused stays on the screen with its reason.
async function send(cell, pressed) {
  if (isSending) return;
  isSending = true;
  try {
    const reply = await post(pressed.form, pressed.value);
    if (reply.ok) goOn(cell, pressed.value, await reply.json());
    else if (reply.status === OVERTAKEN) drop(cell, await reasonOf(reply));
    else await explain(cell, reply);
  } catch {
    tell(cell, list.dataset.unsent);
  } finally {
    isSending = false;
  }
}

function post(form, say) {
  const body = new URLSearchParams(new FormData(form));
  body.set("say", say);
  return fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
}

function goOn(cell, said, reply) {
  told.textContent = "";
  left.textContent = reply.left;
  cell.dataset.said = said;
  if (said === "blank_page") takeOut(cell);
  showOrLeave(current + 1);
}

const takenOut = new Map();

// The cells that a page's one answer was given for.
function takeOut(page) {
  const items = new FormData(page.querySelector("form")).getAll("item");
  const isSaid = ({ dataset }) => dataset.sheet === page.dataset.sheet && items.includes(dataset.item);
  takenOut.set(page, cells.filter(isSaid));
  for (const cell of takenOut.get(page)) cells.splice(cells.indexOf(cell), 1);
}

function bringBack(page) {
  cells.splice(cells.indexOf(page) + 1, 0, ...(takenOut.get(page) ?? []));
  takenOut.delete(page);
}

function showOrLeave(number) {
  if (number < cells.length) show(number);
  else location.assign(list.dataset.next);
}

// Nothing is asked there any more: on to what takes its place, on the next page of cells where it was the last here.
// Of a page of a form something may be left to ask.
function drop(cell, message) {
  told.textContent = `${cell.querySelector("h2").textContent} ${message}`;
  if (cell.dataset.again) return leave(cell.dataset.again);
  cells.splice(current, 1);
  cell.remove();
  if (current === cells.length) leave(list.dataset.next);
  else show(current);
}

// What is told is read on the next page.
function leave(address) {
  sessionStorage.setItem(TOLD, told.textContent);
  location.assign(address);
}

async function reasonOf(reply) {
  const isTold = reply.headers.get("Content-Type")?.startsWith("application/json");
  return isTold ? (await reply.json()).message : list.dataset.unsent;
}

async function explain(cell, reply) {
  tell(cell, await reasonOf(reply));
  const really = button(cell, "impossible");
  if (really) really.hidden = reply.status !== 422;
}

async function undo() {
  const last = cells[current - 1];
  if (isSending) return;
  if (!last) return before?.requestSubmit(before.querySelector("button"));
  if (last.dataset.said !== "one_by_one") {  // which says nothing of the page
    const reply = await post(last.querySelector("form"), "undo");
    if (!reply.ok) return explain(cells[current], reply);
    left.textContent = (await reply.json()).left;
  }
  bringBack(last);
  tell(last, "");
  show(current - 1);
}

// Keys

function choose(cell, digit) {
  const field = fields(cell)[(Number(digit) + 9) % 10];
  if (!field || !["radio", "checkbox"].includes(field.type)) return;
  field.checked = field.type === "radio" || !field.checked;
  if (field.type === "radio") button(cell, "choose").click();
}

const NAMES = { j: "yes", y: "yes", n: "no", b: "all", ".": "blank", "/": "unreadable" };
if (list) Object.assign(NAMES, { [list.dataset.yes.toLowerCase()]: "yes", [list.dataset.no.toLowerCase()]: "no" });

function press(cell, key) {
  const named = NAMES[key];
  if (named === "no") (button(cell, "no") ?? { click: () => point(fields(cell)[0]) }).click();
  else if (named) button(cell, named)?.click();
  else if (key === "u") undo();
  else if (key >= "0" && key <= "9") choose(cell, key);
  else return false;
  return true;
}

function keyed(event) {
  const cell = cells[current];
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const { target, key } = event;
  const isTyping = target.matches(TYPED) && (target.value || ![".", "/"].includes(key));
  if (key === "Enter" && target.matches(FIELDS) && !event.shiftKey) {
    event.preventDefault();
    button(cell, "choose").click();
  } else if (!isTyping && !target.matches("select") && press(cell, key.toLowerCase())) {
    event.preventDefault();
  }
}

if (told) {
  told.textContent = sessionStorage.getItem(TOLD) ?? "";
  sessionStorage.removeItem(TOLD);
}
if (cells.length) {
  document.querySelector("[data-help]").hidden = false;
  if (before) before.hidden = true;
  list.addEventListener("keydown", keyed);
  for (const no of list.querySelectorAll("[data-to-answers]")) {
    no.hidden = false;
    no.addEventListener("click", () => point(fields(no.closest(".app-scan"))[0]));
  }
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter.value === "blank_page" && lookFurther(cells[current])) return;
    send(cells[current], event.submitter);
  });
  document.addEventListener("scroll", () => noteSeen(cells[current]), { capture: true, passive: true });
  show(0);
  window.addEventListener("load", () => point(document.activeElement));  // pictures have their height now
}
