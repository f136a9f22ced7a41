// Runs before Gradio: the page's language, and plain words when the server is busy or away.
"use strict";
(() => {
  const texts = JSON.parse(document.getElementById("vagvisaren-texter").textContent);
  const language = document.documentElement.lang;

  // Gradio takes its language from the browser; here the page decides.
  for (const [name, value] of [["language", language], ["languages", [language]]]) {
    Object.defineProperty(navigator, name, { get: () => value });
  }

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
  const line = () => (leaving ? null : document.getElementById("larm"));
  // It stands by the question box, where the eye is; a long conversation has it at its end.
  const show = (...said) => {
    line().replaceChildren(...said);
    line().scrollIntoView({ block: "nearest" });
  };
  const warn = (text) => {
    if (!line() || line().textContent === text) return;
    if (text) show(text);
    else line().replaceChildren();
  };
  // The draft stays in its box: signing in is done in another tab.
  const sayOver = () => {
    const link = document.createElement("a");
    link.href = `/logga-in?till=${encodeURIComponent(`/inloggad?sprak=${language}`)}`;
    link.target = "_blank";
    link.textContent = texts.session_over_link;
    if (line() && !line().querySelector("a")) show(`${texts.session_over} `, link);
  };
  // Too quick, too many, closed: the server says which, in the language of the page.
  const whyNot = async (response) => {
    if (response.status !== 429 && response.status !== 503) return "";
    const said = await response.clone().json().catch(() => null);
    return said?.message ?? texts.busy;
  };
  const isTo = (path, [resource]) =>
    new URL(resource.url ?? resource, location.href).pathname.endsWith(path);
  window.fetch = async (...request) => {
    const isAsking = isTo("/queue/join", request);
    const isAnswer = isTo("/queue/data", request);
    if (isAsking) warn(""); // whoever tries again hears the same words again
    try {
      const response = await fetched(...request);
      if (response.status === 401) sayOver();
      else if (response.status === 403 && (isAsking || isAnswer)) warn(texts.not_your_conversation);
      else warn(await whyNot(response));
      return isAnswer ? globalThis.avbrott(response, () => warn(texts.offline)) : response;
    } catch (error) {
      if (error.name === "AbortError") throw error;
      setTimeout(() => warn(texts.offline), 100); // apart from the emptying above
      if (isAsking) return new Response("{}", { status: 503 });
      if (isAnswer) return globalThis.avbrott(null, () => {});
      throw error;
    }
  };
})();
