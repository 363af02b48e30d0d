"use strict";
// Short tones for who looks at the paper and not at the screen. Off until somebody switches them on in this browser.

globalThis.Sounds = (() => {
  const KEPT = "keying-sounds";
  const TONES = { saved: [880, 0.08], wrong: [220, 0.2] }; // hertz, seconds
  const tick = document.querySelector("[data-sounds]");
  let context = null;

  function play(name) {
    if (!tick.checked) return;
    context ??= new AudioContext();
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const [frequency, seconds] = TONES[name];
    tone.frequency.value = frequency;
    volume.gain.value = 0.1;
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + seconds);
  }

  function recall() {
    try { return localStorage.getItem(KEPT) === "on"; } catch { return false; } // storage may be forbidden
  }

  tick.checked = recall();
  tick.addEventListener("change", () => {
    try { localStorage.setItem(KEPT, tick.checked ? "on" : "off"); } catch { /* for this page only, then */ }
    play("saved");
  });
  return Object.freeze({ play });
})();
