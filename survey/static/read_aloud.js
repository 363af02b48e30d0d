"use strict";
// Reads a page of questions aloud, for whoever reads with difficulty: heading, questions, answers, faults, in order.
// The button appears only where this device has a voice for the page's language.

(() => {
  const READ = "h1, h2, legend, label, .govuk-caption-l, .govuk-body, .govuk-hint, .govuk-inset-text, .govuk-error-message";
  const SKIPPED = ".app-done, [hidden], .govuk-visually-hidden";
  const language = document.documentElement.lang;
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;

  const words = [button.textContent, button.dataset.readAloud];
  const voice = () => speech.getVoices().find((each) => each.lang.toLowerCase().startsWith(language));
  const offer = () => { button.hidden = !voice(); };
  const show = (isReading) => { button.textContent = words[Number(isReading)]; };

  function textsOfPage() {
    const found = Array.from(document.querySelectorAll(`main :is(${READ})`));
    return found
      .filter((each) => !each.closest(SKIPPED) && !found.includes(each.parentElement) && each.textContent.trim())
      .map((each) => each.textContent.trim().replace(/\s+/g, " "));
  }

  function read() {
    const spoken = textsOfPage().map((text) =>
      Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: language }));
    if (spoken.length) spoken.at(-1).onend = () => show(false);
    show(true);
    spoken.forEach((each) => speech.speak(each));
  }

  button.addEventListener("click", () => {
    const isReading = speech.speaking || speech.pending;
    speech.cancel();
    if (isReading) show(false);
    else read();
  });
  window.addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
