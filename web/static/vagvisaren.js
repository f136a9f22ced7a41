// Runs before Gradio: the page's language, sources that open, focus, what a screen reader hears.
"use strict";
(() => {
  const texts = JSON.parse(document.getElementById("vagvisaren-texter").textContent);
  const language = document.documentElement.lang;
  const find = (selector) => document.querySelector(selector);
  const last = (selector) => [...document.querySelectorAll(selector)].pop() ?? null;
  // Written only when different: every write wakes the observer below.
  const set = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  // Gradio takes its language from the browser; here the page decides.
  for (const [name, value] of [["language", language], ["languages", [language]]]) {
    Object.defineProperty(navigator, name, { get: () => value });
  }

  let heard = "";
  let shown = 0;
  let following = false;
  let focused = null;
  let opener = null;

  const say = (text) => {
    find("#lasstatus").textContent = text;
  };

  function labelParts() {
    set(document.documentElement, "lang", language);
    set(find("#svar"), "role", "log");
    set(find("#svar"), "aria-live", "off"); // every step rewrites it; #lasstatus speaks instead
    set(find("#svar"), "aria-label", texts.conversation_heading);
    set(find("#kallpanel"), "role", "region");
    set(find("#kallpanel"), "aria-label", texts.sources_label);
    set(find("#fraga textarea"), "aria-describedby", "lofte");
  }

  function speakStatus() {
    // Our own words only: Gradio puts a clock of its own in the same place.
    const line = find("#lage :is(.pagar, .klart, .nytt)");
    const text = line ? line.textContent.trim() : "";
    if (text === heard) return;
    heard = text;
    const answer = line?.matches(".klart") ? last("#svar .svar") : null;
    say(answer ? `${text} ${answer.innerText}` : text);
    if (line?.matches(".nytt")) find("#fraga textarea")?.focus();
  }

  // Twice a question: when it is asked, and when its answer has made the page long enough.
  function followQuestion() {
    const questions = document.querySelectorAll("#svar .fraga-svar");
    const isNew = questions.length > shown;
    const isDone = following && find("#lage .klart") !== null;
    shown = questions.length;
    following = (following || isNew) && !isDone;
    if (!isNew && !isDone) return;
    const newest = questions[questions.length - 1];
    const top = newest?.getBoundingClientRect().top ?? 0;
    if (top >= 0 && top < innerHeight / 4) return; // already where the eye is
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    newest?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }
  for (const own of ["wheel", "touchmove", "keydown"]) {
    document.addEventListener(own, () => (following = false), { passive: true });
  }

  function keepFocus() {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    // What had the focus is gone: go to the question it asked, as soon as that is there.
    last("#svar .fraga")?.focus({ preventScroll: true });
  }

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const step of [labelParts, speakStatus, followQuestion, keepFocus]) step();
    });
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  document.addEventListener("focusin", (event) => {
    focused = event.target;
  });

  function openSource(link) {
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

  function backToAnswer(link) {
    const answer = document.getElementById(link.hash.slice(1));
    const target = opener && answer?.contains(opener) ? opener : answer?.querySelector(".fraga");
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "center" });
  }

  async function copyAnswer(button) {
    const turn = button.closest(".fraga-svar");
    const sources = document.querySelectorAll(`#kallor-${turn.id.replace("svar-", "")} .kalla`);
    const lines = [...sources].map((source) => {
      const part = (selector) => source.querySelector(selector).textContent.trim();
      const address = source.querySelector("a.oppna").href;
      return `[${part(".nr")}] ${part(".titel")} (${part(".meta")}) ${address}`;
    });
    const parts = [".fraga > span:last-child", ".svar"].map((s) => turn.querySelector(s)?.innerText);
    const text = [...parts, lines.join("\n")].filter(Boolean).join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // the browser said no; the text can still be marked and copied
    }
    button.textContent = texts.copied;
    say(texts.copied);
  }

  const clicks = {
    "a.hanvisning": openSource,
    "a.tillbaka": backToAnswer,
    "a.hoppa": () => find("#fraga textarea")?.focus(),
  };
  document.addEventListener(
    "click",
    (event) => {
      for (const [selector, act] of Object.entries(clicks)) {
        const link = event.target.closest?.(selector);
        if (!link) continue;
        event.preventDefault();
        event.stopPropagation();
        act(link);
      }
      const copy = event.target.closest?.("button.kopiera");
      if (copy) void copyAnswer(copy);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opener?.isConnected) return;
    if (!event.target.closest?.("#kallpanel")) return;
    opener.focus();
    opener = null;
  });

  // Gradio shows nothing of use when the queue is full or the server is away.
  const fetched = window.fetch;
  let leaving = false;
  window.addEventListener("pagehide", () => {
    leaving = true;
  });
  // Back after signing out: the browser may have kept the whole page, conversation and all.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  const warn = (text) => {
    if (!leaving && find("#larm").textContent !== text) find("#larm").textContent = text;
  };
  // The draft stays in its box: signing in is done in another tab.
  const sayOver = () => {
    const link = document.createElement("a");
    link.href = `/logga-in?till=${encodeURIComponent(`/inloggad?sprak=${language}`)}`;
    link.target = "_blank";
    link.textContent = texts.session_over_link;
    if (!leaving && !find("#larm a")) find("#larm").replaceChildren(`${texts.session_over} `, link);
  };
  // Too quick, too many, closed: the server says which, in the language of the page.
  const whyNot = async (response) => {
    if (response.status !== 429 && response.status !== 503) return "";
    const said = await response.clone().json().catch(() => null);
    return said?.message ?? texts.busy;
  };
  window.fetch = async (...request) => {
    try {
      const response = await fetched(...request);
      if (response.status === 401) sayOver();
      else warn(await whyNot(response));
      return response;
    } catch (error) {
      if (error.name !== "AbortError") warn(texts.offline);
      throw error;
    }
  };
})();
