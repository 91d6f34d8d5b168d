// The words of the page, in the language that is chosen.
import { byId } from "./elements.js";

/** @type {Record<string, Record<string, string>>} */
const texts = JSON.parse(byId("strings").textContent);
const listeners = [];

export let language = navigator.language.startsWith("zh") ? "zh" : "en";

/**
 * A text, with what stands in braces replaced.
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 */
export const text = (key, values = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** Calls back whenever another language is chosen. @param {() => void} act */
export const onLanguage = act => { listeners.push(act); };

/** @param {string} chosen */
export function choose(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = text("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.getAttribute("data-text"));
  const other = language === "en" ? "zh" : "en";
  Object.assign(byId("language"), { textContent: other === "zh" ? "中文" : "English", lang: other });
  listeners.forEach(act => act());
}
