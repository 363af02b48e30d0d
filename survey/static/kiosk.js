"use strict";
// A tablet at a desk: after a while without a touch it asks whether somebody is still there, then keeps what the page
// holds and goes back to its start. A move that finds no connection waits for it, so that nobody meets a browser's
// error page. Without this script the page goes back by a refresh.

(() => {
const SECOND = 1000;
const TRIES_EVERY = 5 * SECOND;
const LINE_WAITS = 8 * SECOND;
const TOUCHES = ["pointerdown", "touchmove", "wheel"];
const SIGNS_OF_LIFE = [...TOUCHES, "scroll", "keydown", "input"];

const { leave, wait, warn, line } = document.getElementById("kiosk").dataset;
const [waits, warns] = [Number(wait) * SECOND, Number(warn) * SECOND];
const question = document.getElementById("still-there");
const countdown = question.querySelector("[data-countdown]");
const noLine = document.getElementById("no-line");
let touched = Date.now();
let asked; // when the question came up: all its seconds are given, however late the clock ticks
let isLeaving = false;

// The connection

async function reaches(url, options = {}) {
  try {
    await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(LINE_WAITS), ...options });
    return true;
  } catch {
    return false;
  }
}

const pressed = (button) => new Promise((resolve) => { button.addEventListener("click", resolve, { once: true }); });
const later = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function whenConnected(go) {
  while (!await reaches(line)) {
    if (!noLine.open) noLine.showModal();
    await Promise.race([later(TRIES_EVERY), pressed(noLine.querySelector("button"))]);
  }
  noLine.close();
  go();
}

function submitWhenConnected(event) {
  if (event.defaultPrevented) return; // another script sends it
  event.preventDefault();
  const { target: form, submitter } = event;
  whenConnected(() => {
    if (submitter?.name) {
      const { name, value } = submitter;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    form.submit();
  });
}

function followWhenConnected(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  whenConnected(() => { location.href = link.href; });
}

// The return

async function keepThisPage() {
  const form = document.getElementById("answers");
  if (form) await reaches(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
}

async function goToStart() {
  isLeaving = true;
  question.close();
  document.documentElement.classList.add("app-kiosk--leaving");
  await keepThisPage();
  whenConnected(() => location.replace(leave));
}

const left = () => (question.open ? asked + warns : touched + waits) - Date.now();

function look() {
  if (isLeaving) return;
  if (left() <= 0) goToStart();
  else if (warns && Date.now() - touched >= waits - warns) ask();
  else question.close();
}

function ask() {
  if (!question.open && !noLine.open) {
    asked = Date.now();
    question.showModal();
  }
  countdown.textContent = Math.ceil(left() / SECOND);
}

function stay() {
  if (left() <= 0) look(); // the tablet slept: whoever touches it now is somebody else
  else touched = asked = Date.now();
}

function goOn(event) {
  event.preventDefault(); // the key answers the question and does nothing to the page behind it
  stay();
  look();
}

// What moves while the question is open may be the page that makes room for it, or for a keyboard on the screen: then
// touches and keys alone count. A touch closes the question when it ends, so that it presses nothing behind it.
for (const sign of SIGNS_OF_LIFE) {
  const counts = () => !question.open || TOUCHES.includes(sign);
  document.addEventListener(sign, () => { if (counts()) stay(); }, { capture: true, passive: true });
}
document.addEventListener("keydown", (event) => { if (question.open) goOn(event); }, { capture: true });
for (const answer of ["click", "cancel"]) question.addEventListener(answer, goOn);
noLine.addEventListener("cancel", (event) => event.preventDefault());
document.addEventListener("submit", submitWhenConnected);
document.addEventListener("click", followWhenConnected);
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
setInterval(look, SECOND);
})();
