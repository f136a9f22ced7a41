// Say whether an answer helped, or send its question to the council.
import { find, numberOf } from "./delar.js";

let number = 0; // the answer that the open form is about
const begun = new Map();

// The server's box out of sight. It is told which answer of this conversation, never an id.
function send(reaction) {
  const box = find("#reaktion textarea");
  box.value = JSON.stringify({ ...reaction, sent: Date.now() });
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
}

export const rateGood = (button) => send({ act: "rate", number: numberOf(button), useful: true });
export const rateBad = (button) => open(find("#omdome"), numberOf(button));
export const askCouncil = (button) => open(find("#radet"), numberOf(button));
export const cancel = (button) => button.closest("dialog").close();

function open(dialog, about) {
  const receipt = find(`#efter-${about} .kvitto code`)?.textContent ?? "";
  if (begun.get(dialog) !== receipt) dialog.querySelector("form").reset();
  begun.set(dialog, receipt); // what was begun on the same answer stays
  number = about;
  const question = find(`#svar-${about} .fraga > span:last-child`);
  dialog.querySelector(".om-fragan").textContent = question?.innerText ?? "";
  dialog.showModal();
}

const answers = {
  omdome: (form) => ({
    act: "rate",
    useful: false,
    reason: form.get("reason"),
    comment: form.get("comment"),
  }),
  radet: (form) => ({ act: "ask_council", comment: form.get("comment") }),
};
document.addEventListener("submit", (event) => {
  const dialog = event.target.closest("dialog");
  if (!dialog || !(dialog.id in answers)) return;
  send({ number, ...answers[dialog.id](new FormData(event.target)) });
});
