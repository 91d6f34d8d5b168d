// A graph of one's own expression: forward and backward, computed anew whenever a number changes.
import { byId, make } from "./elements.js";
import { ask } from "./engine.js";
import { showInFrame } from "./frame.js";
import { gallery } from "./gallery.js";
import { addressOf } from "./link.js";
import { onLanguage, text } from "./strings.js";

let values = {};
let asked = 0;

const written = () => Object.entries(values).map(([name, value]) => `${name}=${value}`).join(",");

/** Shows an expression at values. @param {string} expression @param {string} at */
export function showExpression(expression, at) {
  // A field has one line; a line break in an expression is a semicolon.
  byId("expression").value = String(expression).replace(/\s*\n\s*/g, "; ");
  values = {};
  for (const [, name, value] of String(at).matchAll(/([^=,\s]+)=((?:\[.*?\](?=,[^\d\s\[-]|$))|[^,]*)/g)) values[name] = value;
  return drawGraph();
}

async function drawGraph() {
  const number = ++asked;
  const expression = byId("expression").value;
  const answer = await ask({ do: "page", expression, at: written() });
  if (number !== asked) return;
  // What has no value yet begins at 1.
  const missing = /there is no value for '([^']+)'/.exec(answer.error ?? "");
  if (missing && !(missing[1] in values)) {
    values[missing[1]] = "1";
    return drawGraph();
  }
  const error = byId("expression-error");
  error.hidden = !answer.error;
  if (answer.error) {
    error.textContent = answer.position === null ? answer.error : `${expression}\n${" ".repeat(answer.position)}^\n${answer.error}`;
    return;
  }
  showInFrame(byId("graph-page"), answer.html, expression);
  history.replaceState(null, "", addressOf("graph", { e: expression, at: written() }));
  drawVariables();
}

function drawVariables() {
  const focused = document.activeElement?.id;
  byId("variables").replaceChildren(...Object.entries(values).map(([name, value]) => make("label", {}, make("span", { textContent: `${name} = ` }),
    make("input", { id: `value-${name}`, type: "text", value, size: Math.max(5, value.length), oninput: event => { values[name] = event.target.value; drawGraph(); } }))));
  if (focused) byId(focused)?.focus();
}

function drawGallery() {
  byId("gallery").replaceChildren(...gallery.map(([key], index) => make("option", { value: String(index), textContent: text(key) })));
}

/** Wires the fields. */
export function wireGraphs() {
  byId("expression-form").onsubmit = event => event.preventDefault();
  byId("expression").oninput = () => { values = {}; drawGraph(); };
  byId("gallery").onchange = () => { const [, expression, at] = gallery[Number(byId("gallery").value)]; showExpression(expression, at); };
  onLanguage(drawGallery);
}
