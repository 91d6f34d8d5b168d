// What may stand next in an expression: functions and names, as a list below the field.
import { byId, make } from "./elements.js";
import { text } from "./strings.js";

const mostOffers = 8;
let offers = [];
let chosenOffer = 0;

/**
 * Wires a field.
 * @param {() => string[]} names What can be offered.
 */
export function wireCompletion(names) {
  const field = byId("expression");
  field.addEventListener("input", () => offer(names()));
  field.addEventListener("blur", closeOffers);
  field.addEventListener("keydown", event => {
    if (!offers.length) {
      if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(names(), true); }
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) drawOffers((chosenOffer + by + offers.length) % offers.length);
    else if (event.key === "Enter" || event.key === "Tab") takeOffer(offers[chosenOffer]);
    else if (event.key === "Escape") closeOffers();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// The word before the caret.
function wordOf(field) {
  const before = field.value.slice(0, field.selectionStart);
  return /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? "";
}

function offer(names, isAsked = false) {
  const word = wordOf(byId("expression"));
  offers = word || isAsked ? [...new Set(names)].filter(name => name.startsWith(word) && name !== word).sort().slice(0, mostOffers) : [];
  drawOffers(0);
}

function drawOffers(chosen) {
  chosenOffer = chosen;
  const [list, field] = [byId("completion"), byId("expression")];
  list.hidden = offers.length === 0;
  field.setAttribute("aria-expanded", String(offers.length > 0));
  field.setAttribute("aria-activedescendant", offers.length ? `offer-${chosen}` : "");
  list.setAttribute("aria-label", text("graph.completion"));
  list.replaceChildren(...offers.map((name, index) => {
    const item = make("li", { id: `offer-${index}`, textContent: name, onpointerdown: event => { event.preventDefault(); takeOffer(name); } });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(index === chosen));
    return item;
  }));
}

function takeOffer(name) {
  const field = byId("expression");
  const [from, to] = [field.selectionStart - wordOf(field).length, field.selectionStart];
  field.setRangeText(name, from, to, "end");
  closeOffers();
  field.dispatchEvent(new Event("input"));
  closeOffers();
}

function closeOffers() {
  offers = [];
  drawOffers(0);
}
