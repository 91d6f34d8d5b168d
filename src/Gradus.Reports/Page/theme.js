// Light or dark, as the system says until the switch says otherwise: the rule of the style sheet that asks the system is made to hold always or never.
import { find } from "./elements.js";

const asked = "(prefers-color-scheme: dark)";
const darkRule = [...document.styleSheets[0].cssRules].find(rule => rule.media?.mediaText === asked);

function paint(isDark) {
  darkRule.media.mediaText = isDark ? "screen" : "not all";
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  find("theme").setAttribute("aria-pressed", isDark);
}

export function startTheme() {
  const isDark = () => find("theme").getAttribute("aria-pressed") === "true";
  find("theme").setAttribute("aria-pressed", matchMedia(asked).matches);
  matchMedia(asked).onchange = event => find("theme").setAttribute("aria-pressed", event.matches);
  find("theme").onclick = () => paint(!isDark());
}
