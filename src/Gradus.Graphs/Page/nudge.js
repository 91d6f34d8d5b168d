// Nudge: an input is moved a little. What the gradient predicts for the heads, and what truly happens.
import { elementName } from "./arrays.js";
import { drawCurve } from "./curve.js";
import { addCell, find } from "./elements.js";
import { setRun } from "./graph.js";
import { headColor, headName } from "./heads.js";
import { host } from "./host.js";
import { inBrackets, numberText } from "./numbers.js";
import { drawChanged, picture, shapeOf } from "./picture.js";
import { changesOf, movedBy, scaleOf } from "./prediction.js";
import { root } from "./root.js";
import { at, gradients, graph, isLive, nudge, setSteps, show, steps, tell } from "./state.js";
import { walk } from "./walk.js";
import { text } from "./words.js";

const variables = () => graph.nodes.filter(node => node.kind === "variable");

const elementsOf = () => variables().flatMap(node => node.value.data.map((_, index) => ({ id: node.id, index })));

// A head that starts with other than 1 counts that many times.
function nameOfRow({ index }) {
  if (index === undefined) return text("table.sum");
  const { node, seed } = graph.heads[index];
  if (seed.data.some(number => number !== 1)) return text("nudge.weighted", { head: headName(index) });
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
  find("nudge-slider").setAttribute("aria-valuetext", text("nudge.valuetext", { name, value: numberText(value + step), step: numberText(step) }));
  if (root.activeElement !== find("nudge-step")) find("nudge-step").value = Number(step.toPrecision(12));
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
  const told = ({ predicted, change }) => ({ head: nameOfRow(last), predicted: numberText(predicted), change: numberText(change) });
  find("nudge-text").textContent = last && step ? text("nudge.told", { name, step: numberText(step), ...told(last) }) : text("nudge.try", { name });
  drawNudgeCurve(rows, name, value, step);
}

function drawNudgeCurve(rows, name, value, step) {
  const last = rows.at(-1);
  if (!last) return find("curve").replaceChildren();
  const reach = Math.max(scaleOf(), Math.abs(step));
  const before = movedBy(0).values;
  const changes = Array.from({ length: 61 }, (_, index) => (index - 30) / 30 * reach).map(by => ({ by, change: changesOf(by, before).at(-1).change }));
  drawCurve(find("curve"), {
    xs: changes.map(({ by }) => value + by), ys: changes.map(({ change }) => last.before + change),
    now: value, value: last.before, slope: last.gradient, xName: name, yName: nameOfRow(last),
    moved: step ? { at: value + step, predicted: last.before + last.predicted, value: last.after } : undefined,
  });
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
  // Where another page computes, it has fields of its own for what is moved.
  const elements = isLive && !host.move ? elementsOf() : [];
  find("nudge").hidden = elements.length === 0 || elements.length > 1000;
  picture.classList.toggle("can-move", !find("nudge").hidden || Boolean(host.move));
  if (host.move) variables().filter(node => node.shape.length === 0).forEach(startDrag);
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

// A hundred pixels to the right or upwards are one size of the value. The picture may be drawn anew on the way, so that the window is listened to.
function startDrag(node) {
  const shape = shapeOf(node);
  if (!shape) return;
  shape.onpointerdown = event => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (!host.move && nudge.id !== node.id) chooseInput(node.id);
    const from = { x: event.clientX, y: event.clientY, step: nudge.step, value: node.value.data[0] };
    const drag = ({ clientX, clientY }) => {
      const sizes = Math.round(clientX - from.x + from.y - clientY) / 100;
      if (host.move) host.move(node.name, from.value + sizes * (Math.abs(from.value) || 1));
      else moveInput(from.step + sizes * scaleOf());
    };
    const end = new AbortController();
    addEventListener("pointermove", drag, { signal: end.signal });
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => end.abort(), { signal: end.signal });
  };
}
