// A graph of one's own expression: forward and backward by the engine, anew whenever a number changes.
import { byId, make } from "./elements.js";
import { ask, take } from "./engine.js";
import { wireCompletion } from "./completion.js";
import { gallery } from "./gallery.js";
import { graphView } from "./graph-view.js";
import { told } from "./faults.js";
import { writeAddress } from "./link.js";
import { onLanguage, text } from "./strings.js";
import { readValues, rounded, stepOf, writeValues } from "./values.js";
import { drawVariables } from "./variables.js";

const patienceForGraphs = 400;

let values = {};
let drawn = { expression: "", layout: "", at: "" };
let asked = 0;
let graphs = null;
let functions = [];
let layout = "lefttoright";
let writing = 0;
let lastAnswer = {};

let graphQueue = Promise.resolve();
export const whenDrawn = () => graphQueue;

/** Shows an expression at values. @param {string} expression @param {string} at @param {{ step?: string, view?: string, layout?: string }} [place] */
export function showExpression(expression, at, place = {}) {
  // A field has one line; a line break in an expression is a semicolon.
  byId("expression").value = String(expression).replace(/\s*\n\s*/g, "; ");
  values = readValues(String(at));
  if (place.layout) byId("layout").value = layout = place.layout;
  return drawGraph(Number.isInteger(Number(place.step ?? NaN)) ? Number(place.step) : -1, Number(place.view ?? 0));
}

// What is asked while the engine is still at the last is asked once, when that is done.
function drawGraph(step = -1, view = 0) {
  const number = ++asked;
  graphQueue = graphQueue.then(() => number === asked ? drawAnew(step, view) : undefined);
  return graphQueue;
}

async function drawAnew(step, view) {
  const expression = byId("expression").value;
  const read = await ask({ do: "read", expression });
  // What has no value yet begins at 1; what is not used any more is kept for when it is.
  const used = usedBy(read.variables ?? []);
  const width = Math.max(300, Math.round(byId("graph-page").clientWidth * 0.95));
  const late = setTimeout(() => byId("graph-page").classList.add("waiting"), patienceForGraphs);
  const answer = read.error ? read : await ask({ do: "page", expression, at: writeValues(used), layout, width });
  clearTimeout(late);
  byId("graph-page").classList.remove("waiting");
  showFault(expression, answer);
  // Where a value is wrong, or does not fit, its field is what one needs.
  // Meanwhile it may have been given another.
  for (const name of read.variables ?? []) values[name] ??= "1";
  if (!read.error) drawVariables(usedBy(read.variables), changeValue);
  if (answer.error) return;
  const isSame = drawn.expression === expression && drawn.layout === layout;
  drawn = { expression, layout, at: writeValues(used) };
  graphs.show(answer, isSame && step === -1, step);
  if (view) graphs.open(view);
  writePlace();
}

const usedBy = names => Object.fromEntries(names.map(name => [name, values[name] ?? "1"]));

// The last graph stays, paler, while there is none of what is written.
function showFault(expression, { error, position }) {
  lastAnswer = { expression, error, position };
  byId("graph-page").classList.toggle("stale", Boolean(error));
  byId("expression-error").hidden = !error;
  byId("expression").setAttribute("aria-invalid", String(Boolean(error)));
  if (error) byId("expression-error").textContent = position === null ? told(error) : `${expression}\n${" ".repeat(position)}^\n${told(error)}`;
}

function changeValue(name, value, index) {
  values[name] = value;
  graphs.choose(name, index);
  return drawGraph();
}

/** The address says what is shown; browsers allow few changes of it in a time. */
export function writePlace() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    if (byId("screen-graph").hidden) return;
    const { step, view, steps } = graphs.place();
    writeAddress("graph", {
      e: drawn.expression, at: drawn.at, step: step === steps ? undefined : step, view: view || undefined,
      layout: layout === "lefttoright" ? undefined : layout,
    });
  }, 250);
}

function drawGallery() {
  byId("gallery").replaceChildren(make("option", { value: "", textContent: text("graph.choose") }),
    ...gallery.map(([key], index) => make("option", { value: String(index), textContent: text(key) })));
}

/** Wires the fields. */
export function wireGraphs() {
  graphs = graphView(byId("graph-page"), {
    stepped: writePlace,
    sweep: async places => (await ask({ do: "sweep", expression: drawn.expression, at: drawn.at, ...places })).sums,
    move: (name, value) => { const step = stepOf(value); changeValue(name, String(rounded(value, step)), 0); },
  });
  byId("expression-form").onsubmit = event => event.preventDefault();
  byId("expression").oninput = () => { byId("gallery").value = ""; drawGraph(); };
  byId("gallery").onchange = () => {
    const [, expression, at] = gallery[Number(byId("gallery").value)] ?? [];
    if (expression) showExpression(expression, at);
  };
  byId("layout").onchange = () => { layout = byId("layout").value; drawGraph(graphs.place().step); };
  wireCompletion(() => [...functions.map(name => `${name}(`), ...Object.keys(values), "pi"]);
  onLanguage(() => { drawGallery(); showFault(lastAnswer.expression, lastAnswer); });
}

/** Asks for what an expression may use. */
export async function loadFunctions() {
  functions = (await take({ do: "functions" })).functions;
}
