// The race: settings that differ in one thing, from one seed, side by side.
import { wireCopy } from "./copying.js";
import { byId, draw, make, numberText } from "./elements.js";
import { take } from "./engine.js";
import { defaultSettings, messageOf, settingsText, writeAddress } from "./link.js";
import { told } from "./faults.js";
import { unpackMaps } from "./maps.js";
import { drawLosses, drawPlane, reach } from "./plots.js";
import { chosen } from "./settings.js";
import { onLanguage, text } from "./strings.js";

const racePlaces = 40, raceSide = 340, stepsAtOnce = 10, mostAtOnce = 200, deep = "6,6,6,6,6,6,6,6";

/** What differs: of each setting's name and value, what is laid over the settings of the playground. */
const races = {
  depth: [
    ["activation.sigmoid", { layers: deep, activation: "sigmoid", init: "uniform" }],
    ["activation.tanh", { layers: deep, activation: "tanh", init: "xavier" }],
    ["activation.relu", { layers: deep, activation: "relu", init: "he" }],
  ],
  optimizer: [["optimizer.sgd", { optimizer: "sgd" }], ["optimizer.momentum", { optimizer: "momentum" }], ["optimizer.adam", { optimizer: "adam" }]],
  init: [["init.uniform", { init: "uniform" }], ["init.xavier", { init: "xavier" }], ["init.large", { init: "large" }], ["init.zeros", { init: "zeros" }]],
};

const raceIsStill = matchMedia("(prefers-reduced-motion: reduce)");

let race = "depth";
let raced = "";
let runners = [];
let isRacing = false;
let raceQueue = Promise.resolve();
export const whenRaced = () => raceQueue;

const inTurn = act => { raceQueue = raceQueue.then(act).catch(fault => { byId("race-fault").textContent = told(fault.message); }); return raceQueue; };

/** Shows the race again; anew where the settings are others meanwhile. */
export function resumeRace() {
  return raced === settingsText(chosen) ? writeRaceLink() : startRace();
}

/** Stops where it is. */
export const pauseRace = () => setRacing(false);

/** Begins a race anew. @param {string} [name] @param {number} [step] How far it goes at once. */
export function startRace(name = race, step = 0) {
  race = Object.hasOwn(races, name) ? name : race;
  raced = settingsText(chosen);
  byId("race-kind").value = race;
  setRacing(false);
  return inTurn(async () => {
    runners = [];
    byId("race-fault").textContent = "";
    for (const [key, over] of races[race]) {
      // The network of the playground has the number 0.
      const number = runners.length + 1;
      const data = await take({ ...messageOf({ ...defaultSettings(), ...chosen, ...over }), number });
      runners.push({ key, number, data, losses: [], tests: new Map(), findings: [] });
    }
    await advanceRace(step);
    await showRace(true);
  });
}

async function advanceRace(steps) {
  const stride = Math.min(mostAtOnce, Math.max(stepsAtOnce, Math.ceil(steps / 16)));
  for (const { number, losses, tests } of runners) {
    for (let made = 0; made < steps; made += stride) {
      losses.push(...(await take({ do: "advance", steps: Math.min(stride, steps - made), number })).losses);
      // On the way a few losses of the points that are held out; the last is asked for with the picture.
      const { step, testLoss } = made + stride < steps ? await take({ do: "view", number }) : { step: 0, testLoss: null };
      if (testLoss !== null) tests.set(step, testLoss);
    }
  }
}

/** Lets all make some steps. @param {number} steps */
export const runRace = steps => inTurn(async () => {
  await advanceRace(steps);
  await showRace(runners[0].losses.length % 50 === 0);
});

// The doctor is asked now and then: it looks longer than a step takes.
async function showRace(withDoctor) {
  for (const runner of runners) {
    runner.view = await take({ do: "view", maps: racePlaces, reach, number: runner.number });
    if (runner.view.testLoss !== null) runner.tests.set(runner.view.step, runner.view.testLoss);
    if (withDoctor) runner.findings = (await take({ do: "doctor", number: runner.number })).findings;
  }
  drawRace();
  writeRaceLink();
}

/** The mean size of each layer's weight gradients. @param {number[][]} gradients */
const sizesOf = gradients => gradients.filter((_, index) => index % 2 === 0)
  .map(layer => Math.sqrt(layer.reduce((sum, one) => sum + one * one, 0) / layer.length));

/** How much of the last layer's gradient reaches the first. @param {{ view: any }} runner */
export const ratioOf = ({ view }) => { const sizes = sizesOf(view.gradients); return sizes[0] / sizes.at(-1); };

/** Writes the address, unless it is that of another screen. */
export function writeRaceLink() {
  if (byId("screen-race").hidden) return;
  writeAddress("race", { ...chosen, t: runners[0]?.view?.step || undefined, edits: undefined, r: race });
}

function drawRace() {
  byId("race-play").textContent = text(isRacing ? "play.pause" : "play.play");
  if (!runners.length || !runners[0].view) return;
  byId("race-step").textContent = text("play.at", { step: runners[0].view.step });
  // One scale for all, so that curves can be compared.
  const top = runners.flatMap(runner => [...runner.losses, ...runner.tests.values()]).reduce((most, loss) => loss === null ? most : Math.max(most, loss), 1e-9);
  byId("race-runners").replaceChildren(...runners.map(runner => {
    const ratio = ratioOf(runner);
    const map = make("canvas");
    drawPlane(map, unpackMaps(runner.view.maps, racePlaces).at(-1), racePlaces, runner.data, { side: raceSide });
    map.setAttribute("role", "img");
    map.setAttribute("aria-label", text("output.label", { loss: numberText(runner.view.loss) }));
    return make("section", { className: "card runner" }, make("h2", { textContent: text(runner.key) }), map,
      make("p", { textContent: text("race.loss", { loss: numberText(runner.view.loss, 4) }) }), curveOf(runner, top),
      make("p", { className: "hint", textContent: text("race.ratio", { ratio: numberText(Number.isFinite(ratio) ? ratio : null, 2) }) }),
      barsOf(sizesOf(runner.view.gradients)),
      ...flagsOf(runner.findings));
  }));
}

// What is found in several layers is said once, with their number.
function flagsOf(findings) {
  return [...Map.groupBy(findings, finding => finding.illness)].map(([illness, found]) => make("p", {
    className: "flag", title: found.map(({ place, figure }) => `${place} ${figure}`).join("\n"),
    textContent: `⚑ ${text(`illness.${illness}`)}${found.length > 1 ? ` × ${found.length}` : ""}`,
  }));
}

function curveOf({ losses, tests, view }, top) {
  const svg = draw("svg", { class: "curve", role: "img", "aria-label": text("loss.label", { count: losses.length, loss: numberText(view.loss) }) });
  drawLosses(svg, losses, tests, null, top);
  return svg;
}

// From the first layer to the last, seven powers of ten high.
function barsOf(sizes) {
  const most = Math.max(...sizes, 1e-30);
  const number = (words, x) => { const label = draw("text", { x, y: 69, "text-anchor": "middle" }); label.textContent = words; return label; };
  const width = 196 / sizes.length;
  const ground = draw("path", { d: "M2 58.5H198", class: "rule" });
  return draw("svg", { viewBox: "0 0 200 72", class: "bars", role: "img", "aria-label": text("race.layers") }, ground, ...sizes.flatMap((size, layer) => {
    const height = Math.max(1, 56 * (1 + Math.log10(Math.max(1e-30, size / most)) / 7));
    return [draw("rect", { x: 2 + layer * width, y: 58 - height, width: width * 0.8, height }), number(String(layer + 1), 2 + (layer + 0.4) * width)];
  }));
}

function setRacing(isOn) {
  isRacing = isOn;
  byId("race-play").setAttribute("aria-pressed", String(isOn));
  byId("race-play").textContent = text(isOn ? "play.pause" : "play.play");
}

async function raceOn() {
  while (isRacing) {
    await runRace(raceIsStill.matches ? 10 * stepsAtOnce : stepsAtOnce);
    await new Promise(resolve => raceIsStill.matches ? setTimeout(resolve, 500) : requestAnimationFrame(resolve));
  }
}

/** Wires the controls. */
export function wireRace() {
  byId("race-kind").onchange = () => startRace(byId("race-kind").value);
  byId("race-play").onclick = () => { setRacing(!isRacing); if (isRacing) raceOn(); };
  wireCopy(byId("race-copy"), () => { writeRaceLink(); return "play.copied"; });
  byId("race-restart").onclick = () => startRace();
  onLanguage(() => {
    byId("race-kind").replaceChildren(...Object.keys(races).map(name =>
      make("option", { value: name, textContent: text(`race.${name}`), selected: name === race })));
    drawRace();
  });
}
