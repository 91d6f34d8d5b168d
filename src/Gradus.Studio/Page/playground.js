// The playground: a network is trained step by step, on and back, and says all of itself.
import { wireCopy } from "./copying.js";
import { readEdits, writeEdits } from "./edits.js";
import { byId, draw, make, numberText } from "./elements.js";
import { take } from "./engine.js";
import { told } from "./faults.js";
import { graphView } from "./graph-view.js";
import { defaultSettings, isOwnInLink, messageOf, writeAddress } from "./link.js";
import { unpackMaps } from "./maps.js";
import { buildNetwork, drawNetwork, fadeEdges, focusNeuron, nameOfLine, numberOfLine, tellLine } from "./network.js";
import { buildNeuron, fillNeuron, neuronPlaces, percentText } from "./neuron.js";
import { mostPainted } from "./own.js";
import { drawTools, isPainting, paintByKey, paintCursor, wirePainting } from "./painting.js";
import { drawLosses, drawPlane, planeAt, pointAt, reach } from "./plots.js";
import { chooseOwn, chosen, featureNames, keepShape, showSettings, showShape } from "./settings.js";
import { onLanguage, text } from "./strings.js";
import { forgetTable, wireTables } from "./tables.js";

const stillPlaces = 40, playedPlaces = 32, finePlaces = 100, boundarySide = 320;
const kinds = ["weights", "gradients", "updates"];
const speeds = [1, 5, 20];
const isStill = matchMedia("(prefers-reduced-motion: reduce)");

let data = null;
let view = null;
let maps = [];
let places = stillPlaces;
let linked = 0;
let fine = null;
let losses = [];
let tests = new Map();
let shownKind = "weights";
let marked = null;
let pointLoss = 0;
let pointStep = 0;
let fault = "";
let isFaultOfLink = false;
let edited = null;
let opened = null;
let openedFacts = null;
let drawnShape = "";
let speed = 5;
let isPlaying = false;
let player = 0;
let furthest = 0;
let wanted = null;
let edits = [];
let microscope = null;

// What is asked of the engine goes one after the other, so that what is drawn belongs together.
let queue = Promise.resolve();
export async function whenIdle() {
  let waited = null;
  while (waited !== queue) await (waited = queue);
}

function enqueue(act) {
  queue = queue.then(act).catch(({ message }) => sayFault(message));
  return queue;
}

/** Begins as settings say; where they cannot be, as usual, and says why. @param {Record<string, any>} values */
export async function startPlaying(values) {
  const acts = { changed: beginAnew, reshaped };
  showSettings(values, acts);
  edits = readEdits(values.edits);
  await begin(Number(values.t ?? 0));
  if (!fault) return;
  const reason = fault;
  showSettings(defaultSettings(), acts);
  await beginAnew();
  sayFault(reason, true);
}

/** Stops where it is. */
export const pausePlaying = () => { if (isPlaying) pause(); };

// What could not be done, and whether it was what a link asked for.
function sayFault(reason, isOfLink = false) {
  [fault, isFaultOfLink] = [reason, isOfLink];
  byId("play-fault").textContent = !reason ? "" : isOfLink ? text("play.unread", { reason: told(reason) }) : told(reason);
}

function beginAnew() {
  edits = [];
  return begin();
}

function begin(step = 0) {
  setPlaying(false);
  drawTools();
  return enqueue(async () => {
    sayFault("");
    data = await take(messageOf(chosen));
    [losses, tests, furthest, marked, drawnShape] = [[], new Map(), 0, null, ""];
    byId("microscope").hidden = true;
    closeEdit();
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
    if (now >= step || data.targets.length === 0) return;
    // On the way a few losses of the points that are held out.
    keep(await take({ do: "advance", steps: Math.min(200, Math.max(10, Math.ceil(step / 24)), step - now) }));
    const { step: at, testLoss } = await take({ do: "view" });
    if (testLoss !== null) tests.set(at, testLoss);
    byId("step").textContent = text("play.goes", { step: furthest, to: step });
  }
}

function keep({ step, from, losses: made }) {
  made.forEach((loss, index) => { losses[from + index] = loss; });
  furthest = Math.max(furthest, step);
}

async function look() {
  const [isPlayed, asked] = [isPlaying, isPlaying ? playedPlaces : stillPlaces];
  const found = await take({ do: "view", maps: asked, reach, ...marked === null ? {} : { point: marked } });
  const facts = isIn(found.sizes, opened) ? await take({ do: "neuron", ...opened, ...isPlayed ? {} : { maps: neuronPlaces, reach } }) : null;
  [view, maps, places, fine, openedFacts] = [found, unpackMaps(found.maps, asked), asked, null, facts];
  furthest = Math.max(furthest, view.step);
  if (view.testLoss !== null) tests.set(view.step, view.testLoss);
}

const isIn = (sizes, place) => place !== null && place.layer < sizes.length - 1 && place.neuron < sizes[place.layer + 1];

function drawView() {
  if (drawnShape !== shapeText()) buildShape();
  drawAll();
  // Browsers hold up a page that writes its address with each picture.
  if (!isPlaying || performance.now() > linked + 1000) writeLink();
}

async function show() {
  await look();
  drawView();
  enqueue(refine);
  if (!isPlaying && !byId("microscope").hidden) await showMicroscope();
}

// What is looked at longer is drawn finer, as soon as the engine has nothing else to do.
async function refine() {
  if (isPlaying || fine) return;
  fine = (await take({ do: "neuron", layer: view.sizes.length - 2, neuron: 0, maps: finePlaces, reach })).map;
  drawBoundary(data);
}

const shapeText = () => String([view.sizes, view.features, view.rate]);

function buildShape() {
  drawnShape = shapeText();
  showShape(view.sizes.slice(1, -1), view.features, view.rate);
  const acts = { line: editLine, tell: tellOf, say: line => tellLine(line, view), neuron: openNeuron };
  buildNetwork(view.sizes, view.features.map(name => featureNames[name]), acts);
  if (edited && !isIn(view.sizes, edited)) closeEdit();
  if (opened && !isIn(view.sizes, opened)) closeNeuron();
  else if (opened) buildPanel();
}

function drawAll() {
  if (!view) return;
  drawNetwork(view[shownKind], maps, places, view.on, opened);
  if (opened && openedFacts) fillNeuron(opened, view, openedFacts, mapOfOpened(), chosen.activation);
  drawBoundary(data);
  drawLosses(byId("losses"), losses, tests, view.step);
  Object.assign(byId("time"), { max: furthest, value: view.step });
  byId("step").textContent = text("play.at", { step: view.step });
  byId("boundary").setAttribute("aria-label", text("output.label", { loss: numberText(view.loss) }));
  byId("losses").setAttribute("aria-label", text("loss.label", { count: losses.length, loss: numberText(view.loss) }));
  const percent = share => share === null ? "–" : percentText(share);
  byId("figures").replaceChildren(
    row("th", "", text("figures.train"), text("figures.test")),
    row("td", text("figures.loss"), numberText(view.loss), numberText(view.testLoss)),
    ...data.classification ? [row("td", text("figures.accuracy"), percent(view.accuracy), percent(view.testAccuracy))] : []);
  byId("legend").replaceChildren(...legendOf());
  drawKinds();
  sayBoundary();
  sayOutcome();
  setPlaying(isPlaying);
}

const mapOfOpened = () => openedFacts.map ? [unpackMaps(openedFacts.map, neuronPlaces)[0], neuronPlaces]
  : [maps[view.sizes.slice(0, opened.layer + 1).reduce((sum, size) => sum + size, 0) + opened.neuron], places];

/** Draws the plane with points; while one paints, with those of the stroke. @param {object} points */
function drawBoundary(points) {
  const [map, size] = fine ? [unpackMaps(fine, finePlaces)[0], finePlaces] : [maps.at(-1), places];
  const isFocused = document.activeElement === byId("boundary");
  drawPlane(byId("boundary"), map, size, points, { side: boundarySide, marked, cursor: isPainting() && isFocused ? paintCursor ?? [0, 0] : null });
}

const row = (tag, first, ...rest) => make("tr", {}, make("th", { textContent: first, scope: "row" }), ...rest.map(textContent => make(tag, { textContent })));

// What colors and rings mean.
function legendOf() {
  const dot = (kind, words) => make("span", {},
    draw("svg", { viewBox: "0 0 12 12", class: `dot ${kind}`, "aria-hidden": "true" }, draw("circle", { cx: 6, cy: 6, r: 4.4 })), words);
  return [
    dot("low", text(data.classification ? "legend.class0" : "legend.below")), dot("high", text(data.classification ? "legend.class1" : "legend.above")),
    ...data.trained < data.targets.length ? [dot("held", text("legend.held"))] : [],
  ];
}

// What is clicked stands while it is played: made once, and told anew.
function wireKinds() {
  byId("shown").replaceChildren(...kinds.map(kind => {
    const button = make("button", { type: "button", id: `show-${kind}`, onclick: () => { shownKind = kind; drawAll(); } });
    button.setAttribute("role", "radio");
    return button;
  }));
  byId("speed").replaceChildren(...speeds.map(steps => make("option", { value: steps, textContent: String(steps), selected: steps === speed })));
  byId("speed").onchange = () => { speed = Number(byId("speed").value); };
}

function drawKinds() {
  for (const kind of kinds) {
    byId(`show-${kind}`).textContent = text(`show.${kind}`);
    byId(`show-${kind}`).setAttribute("aria-checked", String(kind === shownKind));
  }
}

function sayBoundary() {
  const key = isPainting() ? data.targets.length < mostPainted ? "output.painting" : "output.full" : marked === null ? "output.hint" : "output.marked";
  const [x1, x2] = (paintCursor ?? [0, 0]).map(number => numberText(number));
  byId("boundary-text").textContent = text(key, { point: marked ?? 0, x1, x2, count: data.targets.length });
}

// What there is to do, or what has come of it; a text that stays is not said again.
function sayOutcome() {
  const { step, loss, accuracy, testAccuracy } = view;
  const isBurst = step > 0 && loss === null && data.targets.length > 0;
  const key = data.targets.length === 0 ? "empty"
    : isBurst ? "burst"
      : step === 0 ? data.classification ? "begin" : "beginNumbers"
        : data.classification && accuracy === 1 ? testAccuracy === null ? "solved" : "solvedAndHeld"
          : !data.classification && loss < 1e-3 ? "close" : isPlaying ? "playing" : "paused";
  const words = text(`outcome.${key}`, { test: percentText(testAccuracy ?? 0) });
  if (byId("outcome").textContent !== words) byId("outcome").textContent = words;
  byId("outcome").className = isBurst ? "flag" : "hint";
}

function setPlaying(isOn) {
  isPlaying = isOn;
  byId("play").textContent = text(isOn ? "play.pause" : "play.play");
  byId("play").setAttribute("aria-pressed", String(isOn));
}

// While the engine makes the next steps, the last ones are drawn.
// Whoever wants little motion sees two pictures a second, of as many steps as others see in it.
async function playOn() {
  const mine = ++player;
  while (isPlaying && mine === player) {
    await enqueue(async () => {
      if (!isPlaying) return;
      const [made] = await Promise.all([
        take({ do: "advance", steps: isStill.matches ? 10 * speed : speed }), look(), nextPicture().then(drawView),
      ]);
      keep(made);
      if (data.targets.length === 0) pause();
    });
    if (isStill.matches) await new Promise(resolve => setTimeout(resolve, 500));
  }
}

const nextPicture = async () => isStill.matches || new Promise(resolve => requestAnimationFrame(resolve));

function pause() {
  setPlaying(false);
  return enqueue(show);
}

const move = message => enqueue(async () => {
  sayFault("");
  keep(await take(message));
  await show();
});

// Of all points at once, an epoch is one step.
const stepsOfEpoch = () => chosen.batch > 0 ? Math.ceil(data.trained / chosen.batch) : 1;

// To play on from an earlier step makes the same steps again.
function goTo(step) {
  setPlaying(false);
  return move({ do: "goto", step });
}

// Of the places that are passed while one is drawn, the last counts.
function slide() {
  const isWaiting = wanted !== null;
  wanted = Number(byId("time").value);
  setPlaying(false);
  if (isWaiting) return;
  enqueue(async () => {
    const step = wanted;
    wanted = null;
    keep(await take({ do: "goto", step }));
    await show();
  });
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

function closeEdit() {
  edited = null;
  byId("edit").hidden = true;
  tellOf(null);
}

// Whatever is played meanwhile is done first, so that the edit is told with the step at which it is made.
const change = message => enqueue(async () => {
  sayFault("");
  const { step } = view;
  const made = typeof message === "function" ? message() : message;
  keep(await take(made));
  edits = [...edits.filter(edit => edit.step <= step), { step, message: made }];
  losses.length = Math.min(losses.length, step);
  for (const at of tests.keys()) if (at > step) tests.delete(at);
  furthest = step;
  await show();
});

const switchNeuron = (layer, neuron) => change(() => ({ do: "switch", layer, neuron, on: !view.on[layer][neuron] }));

// Before the first step another shape is another beginning, and later it is an edit.
function reshaped({ layers, features, rate }) {
  if (view.step > 0) return change(rate === view.rate ? { do: "reshape", layers, features } : { do: "rate", rate });
  keepShape();
  return beginAnew();
}

/** Opens what there is to say of a neuron. @param {number} layer @param {number} neuron */
export function openNeuron(layer, neuron) {
  [opened, openedFacts] = [{ layer, neuron }, null];
  buildPanel();
  return enqueue(show).then(() => {
    byId("neuron").scrollIntoView({ block: "nearest" });
    byId("neuron-close")?.focus({ preventScroll: true });
  });
}

function buildPanel() {
  const { layer, neuron } = opened;
  const inputs = layer === 0 ? view.features.map(name => featureNames[name])
    : Array.from({ length: view.sizes[layer] }, (_, input) => text("neuron.of", { layer, neuron: input + 1 }));
  buildNeuron(opened, view.sizes, inputs, {
    weight: (line, value) => change({ do: "weight", ...line, value }), toggle: () => switchNeuron(layer, neuron),
    close: () => { closeNeuron(); focusNeuron(layer, neuron); },
  });
}

/** Closes what is said of a neuron. */
export function closeNeuron() {
  [opened, openedFacts] = [null, null];
  byId("neuron").hidden = true;
  drawAll();
}

/** Opens the chain rule of one point. @param {number} point */
export function openPoint(point) {
  setPlaying(false);
  marked = point;
  byId("microscope-neuron").value = "";
  byId("microscope").hidden = false;
  return enqueue(async () => {
    await show();
    byId("microscope").scrollIntoView({ block: "start" });
  });
}

async function showMicroscope() {
  const [layer, neuron] = byId("microscope-neuron").value.split(".").map(Number);
  const one = neuron === undefined ? {} : { layer, neuron };
  const parts = await take({ do: "microscope", point: marked, ...one, layout: "wrapped", width: Math.max(300, byId("screen-play").clientWidth - 60) });
  [pointLoss, pointStep] = [parts.loss, view.step];
  sayMicroscope();
  microscope.show(parts, false);
}

function sayMicroscope() {
  if (marked === null || byId("microscope").hidden) return;
  byId("microscope-title").textContent = text("microscope.title", { point: marked, step: pointStep });
  byId("microscope-loss").textContent = text("microscope.loss", { x1: numberText(data.points[2 * marked], 3), x2: numberText(data.points[2 * marked + 1], 3),
    target: numberText(data.targets[marked], 3), loss: numberText(pointLoss) });
  const { value } = byId("microscope-neuron");
  const neurons = view.sizes.slice(1, -1).flatMap((size, layer) => Array.from({ length: size }, (_, neuron) => ({
    value: `${layer}.${neuron}`, textContent: text("neuron.title", { layer: layer + 1, neuron: neuron + 1 }),
  })));
  const looks = [{ value: "", textContent: text("microscope.all") }, ...neurons];
  byId("microscope-neuron").replaceChildren(...looks.map(look => make("option", { ...look, selected: look.value === value })));
}

function closeMicroscope() {
  marked = null;
  byId("microscope").hidden = true;
  byId("boundary").focus();
  return enqueue(show);
}

/** Writes the address, unless it is that of another screen. */
export function writeLink() {
  if (!view || byId("screen-play").hidden) return;
  linked = performance.now();
  writeAddress("play", { ...chosen, t: view.step || undefined, edits: writeEdits(edits) || undefined });
}

// Points of one's own make the training begin anew; if it ran, it runs on.
function takeOwn(own) {
  const wasPlaying = isPlaying;
  const isFocused = document.activeElement === byId("boundary");
  chooseOwn(own);
  if (wasPlaying && own) { setPlaying(true); playOn(); }
  if (isFocused) byId("boundary").focus();
}

/** Wires the controls. */
export function wirePlayground() {
  microscope = graphView(byId("microscope-page"));
  byId("play").onclick = () => { if (isPlaying) pause(); else { setPlaying(true); playOn(); } };
  byId("one").onclick = () => { setPlaying(false); move({ do: "advance", steps: 1 }); };
  byId("epoch").onclick = () => { setPlaying(false); move({ do: "advance", steps: stepsOfEpoch() }); };
  byId("restart").onclick = () => goTo(0);
  byId("time").oninput = slide;
  wireKinds();
  wireCopy(byId("copy"), () => { writeLink(); return chosen.data === "own" && !isOwnInLink(chosen) ? "play.copiedWithout" : "play.copied"; });
  byId("edit-set").onclick = () => {
    const { value } = byId("edit-value");
    if (value !== "") change({ do: "weight", ...edited, value: Number(value) }).then(() => tellOf(edited));
  };
  byId("edit-close").onclick = closeEdit;
  byId("edit-value").onkeydown = event => { if (event.key === "Enter") byId("edit-set").click(); };
  byId("microscope-close").onclick = closeMicroscope;
  byId("microscope-neuron").onchange = () => enqueue(showMicroscope);
  byId("network-scroll").onscroll = fadeEdges;
  addEventListener("resize", () => { if (view) { fadeEdges(); drawBoundary(data); } });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  wirePainting({
    changed: own => { forgetTable(); takeOwn(own); },
    drawn: ({ points, targets }) => { drawBoundary({ points, targets, trained: targets.length, classification: true }); sayBoundary(); },
  });
  wireTables(takeOwn);
  wireBoundary();
  byId("neuron").onkeydown = event => { if (event.key === "Escape") byId("neuron-close").click(); };
  onLanguage(() => { drawKinds(); drawAll(); sayFault(fault, isFaultOfLink); sayMicroscope(); if (opened) { buildPanel(); enqueue(show); } tellOf(null); });
}

function wireBoundary() {
  const canvas = byId("boundary");
  canvas.onclick = event => {
    const point = isPainting() ? null : pointAt(data.points, planeAt(canvas, event));
    if (point !== null) openPoint(point);
  };
  canvas.onfocus = canvas.onblur = () => { if (view && isPainting()) drawBoundary(data); };
  // By keyboard: from point to point, and Enter opens; while painting, a cursor.
  canvas.onkeydown = event => {
    if (isPainting()) return void paintByKey(event);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by && data.targets.length) {
      event.preventDefault();
      marked = ((marked ?? -by) + by + data.targets.length) % data.targets.length;
      drawAll();
    } else if (event.key === "Enter" && marked !== null) {
      openPoint(marked);
    }
  };
}
