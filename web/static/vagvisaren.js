// The page's own script: what happens on a click, a key, and whenever Gradio has changed the page.
import { find } from "./delar.js";
import { copyAnswer } from "./kopiera.js";
import { backToAnswer, leaveSource, openSource } from "./kallor.js";
import { askCouncil, cancel, rateBad, rateGood } from "./omdome.js";
import { followQuestion, keepFocus, labelParts, speakStatus } from "./lasning.js";

const clicks = {
  "a.hanvisning": openSource,
  "a.tillbaka": backToAnswer,
  "a.hoppa": () => find("#fraga textarea")?.focus(),
  "button.kopiera": copyAnswer,
  "button.hjalpte": rateGood,
  "button.hjalpte-inte": rateBad,
  "button.fraga-radet": askCouncil,
  "dialog button.avbryt": cancel,
};

// Before Gradio sees it, and only what is ours: every other click and key passes untouched.
document.addEventListener(
  "click",
  (event) => {
    for (const [selector, act] of Object.entries(clicks)) {
      const pressed = event.target.closest?.(selector);
      if (!pressed) continue;
      event.preventDefault();
      event.stopPropagation();
      void act(pressed);
    }
  },
  true,
);
document.addEventListener("keydown", leaveSource);

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    for (const step of [labelParts, speakStatus, followQuestion, keepFocus]) step();
  });
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
