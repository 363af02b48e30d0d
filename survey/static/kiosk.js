"use strict";
// A tablet at a desk: after a while without a touch it asks whether somebody is still there, then keeps what the page
// holds and goes back to its start. A move that finds no connection waits for it, so that nobody meets a browser's
// error page. Without this script the page goes back by a refresh.

(() => {
const SECOND = 1000;
const TRIES_EVERY = 5 * SECOND;
const LINE_WAITS = 8 * SECOND;
const SIGNS_OF_LIFE = ["pointerdown", "touchmove", "wheel", "scroll", "keydown", "input"];

const { leave, wait, warn, line } = document.getElementById("kiosk").dataset;
const [waits, warns] = [Number(wait) * SECOND, Number(warn) * SECOND];
const question = document.getElementById("still-there");
const countdown = question.querySelector("[data-countdown]");
const noLine = document.getElementById("no-line");
let touched = Date.now();
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

function look() {
  if (isLeaving) return;
  const left = waits - (Date.now() - touched);
  if (left <= 0) goToStart();
  else if (left <= warns) ask(Math.ceil(left / SECOND));
}

function ask(seconds) {
  countdown.textContent = seconds;
  if (!question.open && !noLine.open) question.showModal();
}

function stay() {
  if (Date.now() - touched >= waits) look(); // the tablet slept: whoever touches it now is somebody else
  else touched = Date.now();
}

function goOn() {
  question.close();
  stay();
}

for (const sign of SIGNS_OF_LIFE)
  document.addEventListener(sign, () => { if (!question.open) stay(); }, { capture: true, passive: true });
question.addEventListener("click", goOn);
question.addEventListener("cancel", goOn); // Escape
noLine.addEventListener("cancel", (event) => event.preventDefault());
document.addEventListener("submit", submitWhenConnected);
document.addEventListener("click", followWhenConnected);
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
setInterval(look, SECOND);
})();
