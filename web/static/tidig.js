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
  const warn = (text) => {
    const line = document.getElementById("larm");
    if (!leaving && line) line.textContent = text;
  };
  window.fetch = async (...request) => {
    try {
      const response = await fetched(...request);
      warn(response.status === 503 ? texts.busy : "");
      return response;
    } catch (error) {
      if (error.name !== "AbortError") warn(texts.offline);
      throw error;
    }
  };
})();
