// The playground: a network is trained step by step, on and back, and says all of itself.
import { byId, make, numberText } from "./elements.js";
import { take } from "./engine.js";
import { graphView } from "./graph-view.js";
import { addressOf, messageOf } from "./link.js";
import { unpackMaps } from "./maps.js";
import { buildNetwork, drawNetwork, nameOfLine, numberOfLine, tellLine } from "./network.js";
import { drawBoundary, drawLosses, pointAt, reach } from "./plots.js";
import { chosen, showSettings } from "./settings.js";
import { onLanguage, text } from "./strings.js";

const places = 40;
const kinds = ["weights", "gradients", "updates"];
const shownFeatures = { x1: "x₁", x2: "x₂", x1squared: "x₁²", x2squared: "x₂²", x1x2: "x₁x₂" };

let data = null;
let view = null;
let maps = [];
let losses = [];
let shownKind = "weights";
let marked = null;
let edited = null;
let isPlaying = false;
let furthest = 0;
let edits = [];
let microscope = null;

// What is asked of the engine goes one after the other, so that what is drawn belongs together.
let queue = Promise.resolve();
export const whenIdle = () => queue;
function enqueue(act) {
  queue = queue.then(act).catch(fault => { byId("engine").hidden = false; byId("engine").textContent = fault.message; });
  return queue;
}

/** Begins as settings say. @param {Record<string, any>} values */
export function startPlaying(values) {
  showSettings(values, () => { edits = []; begin(); });
  edits = readEdits(values.edits);
  return begin(Number(values.t ?? 0));
}

function begin(step = 0) {
  setPlaying(false);
  return enqueue(async () => {
    byId("engine").hidden = true;
    data = await take(messageOf(chosen));
    [losses, furthest, marked, edited] = [[], 0, null, null];
    byId("microscope").hidden = byId("edit").hidden = true;
    buildNetwork(data.sizes, String(chosen.features).split(",").map(name => shownFeatures[name]), { line: editLine, tell: tellOf, neuron: switchNeuron });
    for (const edit of edits.filter(edit => edit.step <= step)) {
      await advanceTo(edit.step);
      await take(edit.message);
    }
    await advanceTo(step);
    await show();
  });
}

async function advanceTo(step) {
  while (true) {
    const { step: now, from, losses: made } = await take({ do: "advance", steps: 0 });
    losses.splice(from, made.length, ...made);
    if (now >= step) return;
    keep(await take({ do: "advance", steps: Math.min(200, step - now) }));
    byId("step").textContent = text("play.at", { step: furthest });
  }
}

function keep({ step, from, losses: made }) {
  made.forEach((loss, index) => { losses[from + index] = loss; });
  furthest = Math.max(furthest, step);
}

async function show() {
  view = await take({ do: "view", maps: places, reach, ...marked === null ? {} : { point: marked } });
  maps = unpackMaps(view.maps, places);
  furthest = Math.max(furthest, view.step);
  drawAll();
  writeLink();
}

function drawAll() {
  if (!view) return;
  drawNetwork(view[shownKind], maps, places, view.on);
  drawBoundary(maps.at(-1), places, data, marked);
  drawLosses(losses, view.step);
  Object.assign(byId("time"), { max: furthest, value: view.step });
  byId("step").textContent = text("play.at", { step: view.step });
  byId("boundary-text").textContent = text(marked === null ? "output.hint" : "output.marked", { point: marked ?? 0 });
  byId("boundary").setAttribute("aria-label", text("output.label", { loss: numberText(view.loss) }));
  byId("losses").setAttribute("aria-label", text("loss.label", { count: losses.length, loss: numberText(view.loss) }));
  const percent = share => share === null ? "–" : `${(100 * share).toFixed(1)} %`;
  byId("figures").replaceChildren(
    row("th", "", text("figures.train"), text("figures.test")),
    row("td", text("figures.loss"), numberText(view.loss), numberText(view.testLoss)),
    ...data.classification ? [row("td", text("figures.accuracy"), percent(view.accuracy), percent(view.testAccuracy))] : []);
  drawKinds();
  setPlaying(isPlaying);
}

const row = (tag, first, ...rest) => make("tr", {}, make("th", { textContent: first, scope: "row" }), ...rest.map(textContent => make(tag, { textContent })));

function drawKinds() {
  byId("shown").replaceChildren(...kinds.map(kind => {
    const button = make("button", { type: "button", id: `show-${kind}`, textContent: text(`show.${kind}`), onclick: () => { shownKind = kind; drawAll(); } });
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(kind === shownKind));
    return button;
  }));
}

function setPlaying(isOn) {
  isPlaying = isOn;
  byId("play").textContent = text(isOn ? "play.pause" : "play.play");
  byId("play").setAttribute("aria-pressed", String(isOn));
}

async function playOn() {
  while (isPlaying) {
    await enqueue(async () => {
      if (!isPlaying) return;
      keep(await take({ do: "advance", steps: Number(byId("time").dataset.steps ?? 5) }));
      await show();
    });
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

const move = message => enqueue(async () => { keep(await take(message)); await show(); });

// Of all points at once, an epoch is one step.
const stepsOfEpoch = () => chosen.batch > 0 ? Math.ceil(data.trained / chosen.batch) : 1;

// To play on from an earlier step makes the same steps again.
function goTo(step) {
  setPlaying(false);
  return move({ do: "goto", step });
}

function tellOf(line) {
  byId("line").textContent = line && view ? tellLine(line, view) : edited && view ? tellLine(edited, view) : text("line.hint");
}

function editLine(line) {
  edited = line;
  byId("edit").hidden = false;
  byId("edit-name").textContent = nameOfLine(line);
  byId("edit-value").value = numberOfLine(view.weights, line);
  byId("edit-value").focus();
  tellOf(line);
}

const change = message => {
  edits = [...edits.filter(edit => edit.step <= view.step), { step: view.step, message }];
  losses.length = Math.min(losses.length, view.step);
  furthest = view.step;
  return move(message);
};

function switchNeuron(layer, neuron) {
  return change({ do: "switch", layer, neuron, on: !view.on[layer][neuron] });
}

/** Opens the chain rule of one point. @param {number} point */
export function openPoint(point) {
  setPlaying(false);
  marked = point;
  return enqueue(async () => {
    await show();
    const parts = await take({ do: "microscope", point });
    byId("microscope").hidden = false;
    byId("microscope-title").textContent = text("microscope.title", { point, step: view.step });
    microscope.show(parts, false);
    byId("microscope").scrollIntoView({ block: "start" });
  });
}

function closeMicroscope() {
  marked = null;
  byId("microscope").hidden = true;
  return enqueue(show);
}

// In a link: step, what is done, its numbers.
const writeEdits = () => edits.map(({ step, message: { do: what, layer, neuron, input, value, on } }) =>
  what === "weight" ? `${step}.w.${layer}.${neuron}.${input}=${value}` : `${step}.s.${layer}.${neuron}=${on ? 1 : 0}`).join(";");

function readEdits(written) {
  return String(written ?? "").split(";").filter(Boolean).map(part => {
    const [place, value] = part.split("=");
    const [step, what, layer, neuron, input] = place.split(".");
    const at = { layer: Number(layer), neuron: Number(neuron) };
    return {
      step: Number(step),
      message: what === "w" ? { do: "weight", ...at, input: Number(input), value: Number(value) } : { do: "switch", ...at, on: value === "1" },
    };
  }).filter(({ step, message }) => [step, ...Object.values(message)].every(part => !Number.isNaN(part)));
}

const writeLink = () => history.replaceState(null, "", addressOf("play", { ...chosen, t: view.step || undefined, edits: writeEdits() || undefined }));

/** Wires the controls. */
export function wirePlayground() {
  microscope = graphView(byId("microscope-page"));
  byId("play").onclick = () => { setPlaying(!isPlaying); if (isPlaying) playOn(); };
  byId("one").onclick = () => { setPlaying(false); move({ do: "advance", steps: 1 }); };
  byId("epoch").onclick = () => { setPlaying(false); move({ do: "advance", steps: stepsOfEpoch() }); };
  byId("restart").onclick = () => goTo(0);
  byId("time").onchange = byId("time").oninput = () => goTo(Number(byId("time").value));
  byId("copy").onclick = () => navigator.clipboard?.writeText(location.href);
  byId("edit-set").onclick = () => change({ do: "weight", ...edited, value: Number(byId("edit-value").value) }).then(() => tellOf(edited));
  byId("edit-close").onclick = () => { edited = null; byId("edit").hidden = true; tellOf(null); };
  byId("edit-value").onkeydown = event => { if (event.key === "Enter") byId("edit-set").click(); };
  byId("microscope-close").onclick = closeMicroscope;
  byId("boundary").onclick = event => {
    const { left, top, width, height } = event.target.getBoundingClientRect();
    const point = pointAt(data.points, (event.clientX - left) / width * event.target.width, (event.clientY - top) / height * event.target.height);
    if (point !== null) openPoint(point);
  };
  // By keyboard: from point to point, and Enter opens.
  byId("boundary").onkeydown = event => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      marked = ((marked ?? -by) + by + data.targets.length) % data.targets.length;
      drawAll();
    } else if (event.key === "Enter" && marked !== null) {
      openPoint(marked);
    }
  };
  onLanguage(() => { drawAll(); tellOf(null); });
}
