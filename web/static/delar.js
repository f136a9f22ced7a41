// What every part of the script uses: the page's texts, finding things, speaking.
export const texts = JSON.parse(document.getElementById("vagvisaren-texter").textContent);
export const language = document.documentElement.lang;
export const find = (selector) => document.querySelector(selector);
export const last = (selector) => [...document.querySelectorAll(selector)].pop() ?? null;

// Written only when different: every write wakes the observer.
export const set = (element, name, value) => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

// Said once by a screen reader, whatever else happens on the page; then gone, or it would be read
// again, without its form, by whoever goes through the page.
const HEARD = 10_000; // ms
let forgetting = 0;
export const say = (...parts) => {
  find("#lasstatus").replaceChildren(...parts);
  clearTimeout(forgetting);
  forgetting = setTimeout(() => find("#lasstatus").replaceChildren(), HEARD);
};

// The number of the answer that something stands under.
export const numberOf = (element) => Number(element.closest(".efter").id.replace("efter-", ""));
