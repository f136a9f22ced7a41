// An answer that is broken off on its way: Gradio is told that it failed, and the question is kept.
"use strict";
(() => {
  // Were Gradio to learn that the connection is lost, it would send nothing more, and load the page
  // anew, without conversation and draft, as soon as the server is there.
  const FAILED = 'data: {"msg":"unexpected_error"}\n\ndata: {"msg":"close_stream"}\n\n';
  const SETTLED = 300; // ms in which Gradio has shown the last that came

  // The question that has no whole answer goes back to its box; what was shown of it is hidden.
  function takeBack() {
    const box = document.querySelector("#fraga textarea");
    const unfinished = document.querySelector("#svar .fraga-svar:last-child");
    document.documentElement.classList.add("avbrutet");
    if (!box || !unfinished) return;
    if (box.value === "") {
      box.value = unfinished.querySelector(".fraga > span:last-child")?.textContent ?? "";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (unfinished.contains(document.activeElement)) box.focus({ preventScroll: true });
  }

  async function pass(response, controller, tell) {
    const write = (text) => controller.enqueue(new TextEncoder().encode(text));
    const reader = response?.ok ? response.body.getReader() : null;
    const decoder = new TextDecoder();
    let text = "";
    let isWhole = false;
    try {
      for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
        text += decoder.decode(part.value, { stream: true });
        const end = text.lastIndexOf("\n\n") + 2; // half a message would be a fault of its own
        if (end < 2) continue;
        isWhole ||= text.includes('"close_stream"');
        write(text.slice(0, end));
        text = text.slice(end);
      }
    } catch (error) {
      isWhole ||= error.name === "AbortError"; // Gradio has closed it
    }
    if (!isWhole) {
      write(FAILED);
      setTimeout(takeBack, SETTLED);
      if (reader) tell();
    }
    controller.close();
  }

  // Returns what Gradio reads instead of `response`; `tell` says that the connection was lost.
  globalThis.avbrott = (response, tell) => {
    document.documentElement.classList.remove("avbrutet");
    const body = new ReadableStream({ start: (controller) => void pass(response, controller, tell) });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
})();
