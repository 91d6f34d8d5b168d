// Nudge: an input is moved a little. What the gradient predicts for the heads, and what truly happens.
import { elementName } from "./arrays.js";
import { drawCurve } from "./curve.js";
import { addCell, find } from "./elements.js";
import { setRun } from "./graph.js";
import { headColor, headName } from "./heads.js";
import { inBrackets, numberText } from "./numbers.js";
import { drawChanged, shapeOf } from "./picture.js";
import { changesOf, movedBy, scaleOf } from "./prediction.js";
import { at, gradients, graph, isLive, nudge, setSteps, show, steps, tell } from "./state.js";
import { walk } from "./walk.js";

const variables = () => graph.nodes.filter(node => node.kind === "variable");

const elementsOf = () => variables().flatMap(node => node.value.data.map((_, index) => ({ id: node.id, index })));

// A head that starts with other than 1 counts that many times.
function nameOfRow({ index }) {
  if (index === undefined) return "sum";
  const { node, seed } = graph.heads[index];
  if (seed.data.some(number => number !== 1)) return `${headName(index)}, weighted`;
  return graph.nodes[node].shape.length ? `Σ ${headName(index)}` : headName(index);
}

// To a step from where the input was given; everything else shows the moved values as well.
function drawNudge(step) {
  const wasMoved = nudge.step !== 0;
  nudge.step = step;
  if (step || wasMoved) moveRun();
  if (step === 0) nudge.gradients = gradients;
  const node = graph.nodes[nudge.id];
  const name = elementName(node.name, nudge.index, node.shape);
  const value = node.run.value.data[nudge.index];
  find("nudge-slider").value = step / scaleOf() * 100;
  find("nudge-slider").setAttribute("aria-valuetext", `${name} = ${numberText(value + step)}, moved by ${numberText(step)}`);
  if (document.activeElement !== find("nudge-step")) find("nudge-step").value = Number(step.toPrecision(12));
  find("nudge-value").textContent = `${name} = ${numberText(value + step)}`;
  const rows = changesOf(step);
  find("nudge-rows").replaceChildren(...rows.map(row => {
    const line = document.createElement("tr");
    addCell(line, "th", nameOfRow(row), row.index === undefined || graph.heads.length < 2 ? "" : headColor(row.index));
    addCell(line, "td", `${inBrackets(numberText(row.gradient))} × ${inBrackets(numberText(step))} = ${numberText(row.predicted)}`);
    addCell(line, "td", numberText(row.change));
    addCell(line, "td", numberText(row.after));
    return line;
  }));
  const last = rows.at(-1);
  const told = ({ predicted, change }) => `should change by ${numberText(predicted)} and does by ${numberText(change)}`;
  find("nudge-text").textContent = last && step
    ? `${name} moved by ${numberText(step)}: ${nameOfRow(last)} ${told(last)}.`
    : `Move ${name} and see what the gradient predicts.`;
  drawCurve(rows);
}

function moveRun() {
  const isMoved = nudge.step !== 0;
  const { values, changed } = movedBy(nudge.step);
  setRun(isMoved ? values : null);
  setSteps(walk());
  tell("values");
  if (isMoved) drawChanged(changed);
}

// Back to the run: its values as far as it has been stepped through.
export function resetNudge() {
  if (nudge.step !== 0) drawNudge(0);
}

// For other heads.
export function redrawNudge() {
  if (nudge.id >= 0) drawNudge(0);
}

// What another input had moved goes back as this one is drawn.
export function chooseInput(id, index = 0) {
  Object.assign(nudge, { id, index });
  find("nudge-input").value = `${id}.${index}`;
  drawNudge(0);
  show(steps.length);
}

// The whole run is to be seen before its values move.
function moveInput(step) {
  if (at < steps.length) show(steps.length);
  drawNudge(step);
}

export function loadNudge() {
  const elements = isLive ? elementsOf() : [];
  find("nudge").hidden = elements.length === 0 || elements.length > 1000;
  if (find("nudge").hidden) return;
  const option = ({ id, index }) => new Option(elementName(graph.nodes[id].name, index, graph.nodes[id].shape), `${id}.${index}`);
  find("nudge-input").replaceChildren(...elements.map(option));
  Object.assign(nudge, elements[0]);
  variables().forEach(startDrag);
  drawNudge(0);
}

export function startNudge() {
  find("nudge-input").onchange = () => chooseInput(...find("nudge-input").value.split(".").map(Number));
  find("nudge-slider").oninput = () => moveInput(Number(find("nudge-slider").value) / 100 * scaleOf());
  find("nudge-step").oninput = () => moveInput(Number(find("nudge-step").value) || 0);
  find("nudge-reset").onclick = () => show(at);
}

// A hundred pixels to the right or upwards are one size of the value.
function startDrag(node) {
  const shape = shapeOf(node);
  if (!shape) return;
  let from = null;
  shape.onpointerdown = event => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (nudge.id !== node.id) chooseInput(node.id);
    from = { x: event.clientX, y: event.clientY, step: nudge.step };
    shape.setPointerCapture(event.pointerId);
  };
  shape.onpointermove = event => {
    if (from) moveInput(from.step + Math.round(event.clientX - from.x + from.y - event.clientY) / 100 * scaleOf());
  };
  shape.onpointerup = shape.onpointercancel = () => from = null;
}
