// Holds back what points at a person: shows what was found and lets the person decide, unsent.
"use strict";
(() => {
  // Every text that is looked through: `area` holds box and button, `send` is what sends it,
  // `noun` says which of the texts fit. A new free text needs the class `granskas` round box and
  // button and the class `skickar` on the button, and nothing here.
  const PLACES = [
    { area: "#fragefalt", box: "#fraga textarea", send: "#skicka", noun: "question" },
    { area: ".granskas", box: "textarea, input[type=text]", send: ".skickar", noun: "text" },
  ];
  const OFFERED = "button.startfraga, button.fraga-vidare, #nytt";
  const DAY = 86_400_000; // ms

  const texts = JSON.parse(document.getElementById("vagvisaren-texter").textContent);
  const rules = globalThis.personregler;
  const { find, mask } = globalThis.personuppgifter(rules);
  const words = Object.fromEntries(
    Object.entries(texts)
      .filter(([key]) => key.startsWith("mask_"))
      .map(([key, text]) => [key.replace("mask_", ""), text]),
  );
  // The later of two clocks, and a day for the time zones: a number is never let through as one
  // of somebody not yet born.
  const today = () => {
    const latest = Math.max(Date.now(), Date.parse(rules.today)) + DAY;
    return new Date(latest).toISOString().slice(0, 10);
  };

  let approved = null; // the text of which the person said that nobody is pointed out
  let offered = false; // what was last pressed asks a question of the server's own
  let shown = null; // the warning that is open: { area, box, panel }

  const held = (text) => {
    const found = find(text, today());
    return found.some((one) => one.sure) || text !== approved ? found : [];
  };

  function make(tag, text = "", set = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...set });
  }

  // A text with pieces of it marked, as elements; never as markup.
  function marked(text, pieces) {
    const line = document.createDocumentFragment();
    let at = 0;
    for (const { start, end } of pieces) {
      line.append(text.slice(at, start), make("mark", text.slice(start, end)));
      at = end;
    }
    line.append(text.slice(at));
    return line;
  }

  function masksIn(text) {
    const pieces = [];
    for (const word of new Set(Object.values(words))) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        pieces.push({ start: at, end: at + word.length });
      }
    }
    return pieces.sort((one, other) => one.start - other.start);
  }

  function listOf(found) {
    const list = make("ul");
    for (const { kind, words: said, because } of found) {
      const item = make("li");
      item.append(make("strong", `${texts[`kind_${kind}`]}: `), make("mark", said));
      const beside = because.map((one) => `”${one.replace(/\s+/gu, " ")}”`).join(", ");
      if (beside) item.append(` (${texts.warning_with.replace("{words}", beside)})`);
      list.append(item);
    }
    return list;
  }

  function button(text, className, act) {
    const made = make("button", text, { type: "button", className });
    made.addEventListener("click", act);
    return made;
  }

  function close() {
    shown?.panel.remove();
    shown = null;
  }

  function edit({ box }, found) {
    close();
    box.focus();
    box.setSelectionRange(found[0].start, found[0].end);
  }

  function send({ area, box, place }, text) {
    close();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    // The page takes up what is in the box before it is asked to send it.
    requestAnimationFrame(() => setTimeout(() => area.querySelector(place.send)?.click()));
  }

  function show(at, found) {
    close();
    const { area, box, place } = at;
    const isSure = found.some((one) => one.sure);
    const masked = mask(box.value, today(), words);
    const key = isSure ? `warning_${place.noun}` : `warning_unsure_${place.noun}`;
    const why = isSure ? texts.warning_why : texts.warning_why_unsure;
    const panel = make("section", "", { id: "personvarning" });
    const heading = make("h2", texts[key], { id: "personvarning-rubrik", tabIndex: -1 });
    const reason = make("p", why, { id: "personvarning-skal" });
    const lead = make("p", texts[`warning_preview_${place.noun}`], { id: "personvarning-sand" });
    const preview = make("p", "", { className: "som-det-skickas" });
    const choices = make("p", "", { className: "val" });
    panel.setAttribute("aria-labelledby", heading.id);
    heading.setAttribute("aria-describedby", reason.id);
    preview.append(marked(masked, masksIn(masked)));
    choices.append(
      button(texts[`warning_edit_${place.noun}`], "andra", () => edit(at, found)),
      button(texts.warning_send_masked, "dolj", () => send(at, masked)),
    );
    if (!isSure) {
      const sendAsIs = () => {
        approved = box.value;
        send(at, box.value);
      };
      choices.append(button(texts.warning_send, "skicka-anda", sendAsIs));
    }
    panel.append(heading, reason, make("p", texts.warning_found), listOf(found));
    panel.append(lead, preview, choices);
    panel.append(make("p", texts.warning_names, { className: "namn-hittas-inte" }));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      edit(at, found);
    });
    area.append(panel);
    if (preview.scrollHeight > preview.clientHeight) {
      Object.assign(preview, { tabIndex: 0, role: "group" }); // so that the keys can scroll it
      preview.setAttribute("aria-labelledby", lead.id);
    }
    shown = { area, box, panel };
    heading.focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  // The boxes of an area, with what is found in each; only the first with a find is shown.
  function heldIn(area, place) {
    for (const box of area.querySelectorAll(place.box)) {
      const found = held(box.value);
      if (found.length > 0) return [{ area, box, place }, found];
    }
    return null;
  }

  function meet(event, area, place) {
    offered = false;
    const hit = heldIn(area, place);
    if (hit === null) {
      if (shown?.area === area) close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    show(...hit);
  }

  function placeOf(target, selector) {
    for (const place of PLACES) {
      const area = target.closest?.(place.area);
      const part = area && target.closest(place[selector]);
      if (part && area.contains(part)) return [area, place];
    }
    return null;
  }

  // Enter sends from a box of one line, Shift and Enter from one of several.
  function sends(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false;
    return event.target.rows > 1 ? event.shiftKey : !event.shiftKey;
  }

  // On the window and before Gradio, so that nothing hears of it first.
  for (const type of ["keydown", "keypress"]) {
    const hear = (event) => {
      const at = sends(event) ? placeOf(event.target, "box") : null;
      if (at) meet(event, ...at);
    };
    window.addEventListener(type, hear, true);
  }
  for (const type of ["click", "submit"]) {
    const hear = (event) => {
      const at = placeOf(type === "submit" ? (event.submitter ?? event.target) : event.target, "send");
      if (at) meet(event, ...at);
      else if (event.target.closest?.(OFFERED)) {
        offered = true;
        close();
      }
    };
    window.addEventListener(type, hear, true);
  }
  // The second press of a double click must not take the focus from what the first has opened.
  const press = (event) => {
    const isAside = !event.target.closest?.("#personvarning, textarea, input");
    if (shown && event.detail > 1 && isAside) event.preventDefault();
  };
  window.addEventListener("mousedown", press, true);
  window.addEventListener("input", (event) => {
    if (event.target === shown?.box) close(); // what it showed is no longer what is written
  });

  // The last door: whatever way a text took, one that the server would turn back does not leave.
  const isHeld = (value) => typeof value === "string" && find(value, today()).some((o) => o.sure);

  function without(value) {
    if (isHeld(value)) return "";
    if (Array.isArray(value)) return value.map(without);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one)]));
  }

  function showFrom() {
    for (const place of PLACES) {
      for (const area of document.querySelectorAll(place.area)) {
        const hit = heldIn(area, place);
        if (hit) return show(...hit);
      }
    }
    return null;
  }

  const fetched = window.fetch;
  window.fetch = (resource, options = {}) => {
    if (typeof options.body !== "string") return fetched(resource, options);
    let body = null;
    try {
      body = JSON.parse(options.body);
    } catch {
      body = options.body;
    }
    const left = without(body);
    if (JSON.stringify(left) === JSON.stringify(body)) return fetched(resource, options);
    if (offered && typeof left === "object") {
      return fetched(resource, { ...options, body: JSON.stringify(left) });
    }
    showFrom();
    return Promise.reject(new DOMException(texts.warning_text, "AbortError"));
  };
})();
