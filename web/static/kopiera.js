// Copy an answer as plain text: question, answer, every source with its facts, the answer's id.
import { find, numberOf, say, texts } from "./delar.js";

export async function copyAnswer(button) {
  const number = numberOf(button);
  const done = (await toClipboard(plain(number))) ? texts.copied : texts.copy_failed;
  say(""); // the same words twice in a row are said twice
  requestAnimationFrame(() => say(done));
  const line = button.parentElement.querySelector(".kopierat");
  if (line) line.textContent = done;
}

export function plain(number) {
  const turn = find(`#svar-${number}`);
  const question = turn.querySelector(".fraga > span:last-child")?.innerText ?? "";
  const answer = [...turn.querySelectorAll(".svar > *")].map(blockText);
  const sources = [...document.querySelectorAll(`#kallor-${number} .kalla`)].map(sourceText);
  const receipt = find(`#efter-${number} .kvitto code`)?.textContent;
  const id = receipt ? `${texts.receipt_label} ${receipt}` : "";
  return [question, ...answer, ...sources, id].filter(Boolean).join("\n\n");
}

// textContent and not innerText: a folded source has none of the latter.
const flat = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

function blockText(block) {
  if (block.matches("ul, ol")) {
    return [...block.children].map((item) => `- ${flat(item)}`).join("\n");
  }
  if (block.matches("table")) {
    const cells = (row) => [...row.cells].map(flat).join("\t");
    return [...block.rows].map(cells).join("\n");
  }
  return flat(block);
}

function sourceText(source) {
  const facts = [...source.querySelectorAll(".fakta > div")].map(
    (fact) => `    ${flat(fact.querySelector("dt"))}: ${flat(fact.querySelector("dd"))}`,
  );
  const heading = `[${flat(source.querySelector(".nr"))}] ${flat(source.querySelector(".titel"))}`;
  return [heading, ...facts, `    ${source.querySelector("a.oppna").href}`].join("\n");
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // no permission, or a page without TLS
  }
}

function copiedByHand(text) {
  const box = document.createElement("textarea");
  const before = document.activeElement;
  box.value = text;
  box.className = "dold";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus({ preventScroll: true });
  return done;
}
