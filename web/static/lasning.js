// What a screen reader hears and where the focus is, whenever Gradio has changed the page.
import { find, language, last, say, set, texts } from "./delar.js";

let heard = "";
let shown = 0;
let following = false;
let focused = null;
let under = ""; // the id of what stands under the answer that the focus was in

export function labelParts() {
  set(document.documentElement, "lang", language);
  set(find("#svar"), "role", "log");
  set(find("#svar"), "aria-live", "off"); // every step rewrites it; #lasstatus speaks instead
  set(find("#svar"), "aria-label", texts.conversation_heading);
  set(find("#kallpanel"), "role", "region");
  set(find("#kallpanel"), "aria-label", texts.sources_label);
  set(find("#fraga textarea"), "aria-describedby", "lofte");
  for (const button of document.querySelectorAll("button.fraga-vidare")) set(button, "lang", "sv");
  set(find("#roll"), "role", "radiogroup");
  set(find("#roll"), "aria-label", texts.role_label);
  // One name for all, or each is a group of its own and the arrow keys do nothing.
  const field = find("#fragefalt");
  if (field && !field.contains(find("#larm"))) field.append(find("#larm"));
  document.querySelectorAll("#roll input").forEach((input) => set(input, "name", "roll"));
}

// The words of an answer, each in its own language, or Swedish is read out as if it were English.
function* spoken(answer) {
  const texts = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode;
    if (!textContent.trim()) continue;
    const lang = parentElement.closest("[lang]").lang;
    yield Object.assign(document.createElement("span"), { textContent: ` ${textContent}`, lang });
  }
}

export function speakStatus() {
  // Our own words only: Gradio puts a clock of its own in the same place.
  const line = find("#lage :is(.pagar, .klart, .nytt, .tyst)");
  const text = line ? line.textContent.trim() : "";
  if (text === heard) return;
  heard = text;
  const answer = line?.matches(".klart") ? last("#svar .svar") : null;
  say(text, ...(answer ? spoken(answer) : []));
  if (line?.matches(".nytt")) find("#fraga textarea")?.focus();
}

// Twice a question: when it is asked, and when its answer has made the page long enough.
export function followQuestion() {
  const questions = document.querySelectorAll("#svar .fraga-svar");
  const isNew = questions.length > shown;
  const isDone = following && find("#lage .klart") !== null;
  shown = questions.length;
  following = (following || isNew) && !isDone;
  if (!isNew && !isDone) return;
  const newest = questions[questions.length - 1];
  // The keyboard on the screen would stand over the answer.
  const box = find("#fraga textarea");
  const isTouched = matchMedia("(pointer: coarse)").matches && document.activeElement === box;
  if (isNew && isTouched && !box.value) newest?.querySelector(".fraga").focus();
  const top = newest?.getBoundingClientRect().top ?? 0;
  if (top >= 0 && top < innerHeight / 4) return; // already where the eye is
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  newest?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
}
for (const own of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(own, () => (following = false), { passive: true });
}

export function keepFocus() {
  if (find("#lage .pagar") && focused?.matches(".fraga")) return; // or it is read at every step
  if (!focused || focused.isConnected || document.activeElement !== document.body) return;
  // What had the focus is gone. Under an answer: stay there. Else: go to the newest question, which
  // what was pressed may have asked, as soon as that is there.
  const same = under && find(`#${under} button`);
  (same || last("#svar .fraga"))?.focus({ preventScroll: true });
}
document.addEventListener("focusin", (event) => {
  focused = event.target;
  under = event.target.closest?.(".efter")?.id ?? "";
});
