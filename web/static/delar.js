// What every part of the script uses: the page's texts, finding things, speaking.
export const texts = JSON.parse(document.getElementById("vagvisaren-texter").textContent);
export const language = document.documentElement.lang;
export const find = (selector) => document.querySelector(selector);
export const last = (selector) => [...document.querySelectorAll(selector)].pop() ?? null;

// Written only when different: every write wakes the observer.
export const set = (element, name, value) => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

// Said once by a screen reader, whatever else happens on the page.
export const say = (text) => {
  find("#lasstatus").textContent = text;
};

// The number of the answer that something stands under.
export const numberOf = (element) => Number(element.closest(".efter").id.replace("efter-", ""));
