// The words of the page, in the language of who reads it.
import { host } from "./host.js";
import { root } from "./root.js";

// A text, with what stands in braces replaced.
export const text = (key, values = {}) => host.words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

// What the page itself says, at its beginning.
export function writeWords() {
  const all = (name, act) => root.querySelectorAll(`[data-${name}]`).forEach(element => act(element, text(element.getAttribute(`data-${name}`))));
  all("text", (element, words) => element.textContent = words);
  all("label", (element, words) => element.setAttribute("aria-label", words));
  for (const element of root.querySelectorAll("[data-key]")) {
    element.title = `${text(element.dataset.label ?? element.dataset.text)} (${element.dataset.key})`;
  }
}
