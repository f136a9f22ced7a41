// From a number in the answer to its source, and back.
let opener = null;

export function openSource(link) {
  const source = document.getElementById(link.hash.slice(1));
  if (!source) return;
  opener = link;
  for (let box = source.firstElementChild; box; box = box.parentElement.closest("details")) {
    if (box.tagName === "DETAILS") box.open = true;
  }
  document.querySelectorAll(".kalla.vald").forEach((other) => other.classList.remove("vald"));
  source.classList.add("vald");
  source.focus({ preventScroll: true });
  source.scrollIntoView({ block: "nearest" });
}

export function backToAnswer(link) {
  const answer = document.getElementById(link.hash.slice(1));
  const target = opener && answer?.contains(opener) ? opener : answer?.querySelector(".fraga");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "center" });
}

// Escape, from anywhere among the sources.
export function leaveSource(event) {
  if (event.key !== "Escape" || !event.target.closest?.("#kallpanel")) return;
  const source = event.target.closest(".kalla");
  const number = source?.id.split("-")[1];
  const target = opener?.isConnected ? opener : document.querySelector(`#svar-${number} .fraga`);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  opener = null;
}
