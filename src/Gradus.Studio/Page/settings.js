// The settings of the playground: each a field with a name.
import { make, byId } from "./elements.js";
import { unpackOwn } from "./own.js";
import { onLanguage, text } from "./strings.js";

const choices = {
  data: ["spirals", "moons", "circles", "xor", "gaussians", "plane", "saddle", "waves", "bump", "own"], activation: ["tanh", "relu", "sigmoid", "linear"],
  init: ["uniform", "xavier", "he", "large", "zeros"], optimizer: ["sgd", "momentum", "adam"], penalty: ["l2", "l1"],
};
const numbers = {
  rate: { min: 0.000001, max: 100, step: "any" }, decay: { min: 0, max: 10, step: "any" }, test: { min: 0, max: 0.9, step: 0.05 },
  noise: { min: 0, max: 1, step: 0.01 }, count: { min: 10, max: 2000, step: 10 }, seed: { min: 0, max: 999999, step: 1 },
};
const wholes = ["count", "seed"];
const batches = [0, 1, 5, 10, 20, 30, 50, 100, 200];
const dataOfNumbers = ["plane", "saddle", "waves", "bump"];
const order = ["data", "noise", "count", "test", "features", "layers", "activation", "init", "loss", "optimizer", "rate", "batch", "penalty", "decay", "seed"];

/** What the network may be given, as it is written. @type {Record<string, string>} */
export const featureNames = { x1: "x₁", x2: "x₂", x1squared: "x₁²", x2squared: "x₂²", x1x2: "x₁x₂", sinx1: "sin πx₁", sinx2: "sin πx₂" };

/** The settings that are chosen; layers, features and learning rate are those of the beginning. @type {Record<string, any>} */
export let chosen = {};

/** The layers, features and learning rate of now. */
let shape = { layers: [], features: [], rate: 0 };
let settingActs = { changed: () => {}, reshaped: _shape => {} };

/**
 * Shows settings, and calls back when one is changed, or the shape is.
 * @param {Record<string, any>} values
 * @param {{ changed: () => void, reshaped: (shape: { layers: number[], features: string[], rate: number }) => void }} given
 */
export function showSettings(values, given) {
  chosen = values;
  settingActs = given;
  shape = shapeOf(values);
  drawSettings();
}

/** Settings that are not shown yet. @param {Record<string, any>} values */
export function chooseSettings(values) {
  chosen = { ...values, r: undefined, t: undefined, edits: undefined };
}

const shapeOf = values => ({
  layers: String(values.layers) === "" ? [] : String(values.layers).split(",").map(Number), features: String(values.features).split(","),
  rate: values.rate,
});

/** Shows which shape the network has now, and at which rate it learns. @param {number[]} layers @param {string[]} features @param {number} rate */
export function showShape(layers, features, rate) {
  if (String(shape.layers) === String(layers) && String(shape.features) === String(features) && shape.rate === rate) return;
  shape = { layers, features, rate };
  drawSettings();
}

/** The shape of now becomes that of the beginning. */
export function keepShape() {
  chosen = { ...chosen, layers: shape.layers.join(","), features: shape.features.join(","), rate: shape.rate, edits: undefined, t: undefined };
}

/** Takes points of one's own. @param {string} own */
export const chooseOwn = own => takeSettings({ data: "own", own });

/** The losses that fit the data; the first is what is usual. */
const lossesOf = ({ data, own }) => dataOfNumbers.includes(data) || (data === "own" && !unpackOwn(own).classes)
  ? ["squared", "absolute", "huber"] : ["crossentropy", "squared"];

function takeSettings(values) {
  keepShape();
  chosen = { ...chosen, ...values };
  if (!lossesOf(chosen).slice(1).includes(chosen.loss)) chosen.loss = "";
  shape = shapeOf(chosen);
  drawSettings();
  settingActs.changed();
}

function changeSetting(name, value) {
  if (String(chosen[name]) !== String(value)) takeSettings({ [name]: value });
}

function reshape(next) {
  const values = { ...shape, ...next };
  shape = values;
  drawSettings();
  settingActs.reshaped(values);
}

function drawSettings() {
  const focused = document.activeElement?.id;
  const isOwn = chosen.data === "own";
  byId("settings").replaceChildren(...order.filter(name => !isOwn || !["noise", "count"].includes(name)).map(name => {
    if (name === "features") return featuresField();
    if (name === "layers") return layersField();
    return make("label", {}, make("span", { textContent: text(`set.${name}`) }), ...fieldOf(name));
  }));
  byId("own-card").hidden = !isOwn;
  // A button that can go no further gives its place to the other one.
  const again = focused && byId("settings").contains(byId(focused)) ? byId(focused) : null;
  (again?.disabled ? again.parentElement.querySelector("button:enabled") : again)?.focus();
}

function fieldOf(name) {
  const id = `set-${name}`;
  const select = (options, value, act) => [make("select", { id, onchange: event => act(event.target.value) },
    ...options.map(([word, textContent]) => make("option", { value: word, textContent, selected: String(word) === String(value) })))];
  if (choices[name]) return select(choices[name].map(word => [word, text(`${name}.${word}`)]), chosen[name], word => changeSetting(name, word));
  if (name === "loss") {
    const losses = lossesOf(chosen);
    return select(losses.map(word => [word, text(`loss.${word}`)]), chosen.loss || losses[0], word => changeSetting(name, word === losses[0] ? "" : word));
  }
  if (name === "batch") {
    const sizes = [...new Set([...batches, chosen.batch])].sort((one, other) => one - other);
    return select(sizes.map(size => [size, size ? String(size) : text("batch.all")]), chosen.batch, size => changeSetting(name, Number(size)));
  }
  return numberField(id, name);
}

// What is out of range is told beside the field, and nothing else is done with it.
function numberField(id, name) {
  const { min, max } = numbers[name];
  const range = text(wholes.includes(name) ? "set.whole" : "set.range", { min, max });
  const fault = make("small", { id: `${id}-fault`, className: "flag", hidden: true, textContent: range });
  fault.setAttribute("role", "alert");
  const field = make("input", { id, type: "number", value: name === "rate" ? shape.rate : chosen[name], ...numbers[name], onchange: () => {
    const value = Number(field.value);
    const isFine = field.value !== "" && value >= min && value <= max && (!wholes.includes(name) || Number.isInteger(value));
    field.setAttribute("aria-invalid", String(!isFine));
    fault.hidden = isFine;
    if (!isFine) return;
    if (name !== "rate") changeSetting(name, value);
    else if (value !== shape.rate) reshape({ rate: value });
  } });
  field.setAttribute("aria-describedby", fault.id);
  return [field, fault];
}

function featuresField() {
  const on = new Set(shape.features);
  const boxes = Object.entries(featureNames).map(([name, shown]) => make("label", {}, make("input", {
    type: "checkbox", id: `feature-${name}`, checked: on.has(name), onchange: event => {
      const features = Object.keys(featureNames).filter(other => other === name ? event.target.checked : on.has(other));
      if (features.length) reshape({ features });
      else drawSettings();
    },
  }), make("span", { textContent: shown })));
  return make("fieldset", { className: "features" }, make("legend", { textContent: text("set.features") }), ...boxes);
}

function layersField() {
  const sizes = shape.layers;
  const button = (id, label, shown, layers) => make("button", {
    type: "button", id, textContent: shown, ariaLabel: label, disabled: layers === null, onclick: () => reshape({ layers }),
  });
  const rows = sizes.map((size, layer) => make("div", { className: "stepper" },
    make("span", { textContent: text("layer.neurons", { layer: layer + 1, count: size }) }),
    button(`fewer-${layer}`, text("layer.fewer", { layer: layer + 1 }), "−", size > 1 ? sizes.with(layer, size - 1) : null),
    button(`more-${layer}`, text("layer.more", { layer: layer + 1 }), "+", size < 12 ? sizes.with(layer, size + 1) : null)));
  const layers = make("div", { className: "stepper" }, make("span", { textContent: text("layer.count", { count: sizes.length }) }),
    button("layer-less", text("layer.remove"), "−", sizes.length ? sizes.slice(0, -1) : null),
    button("layer-more", text("layer.add"), "+", sizes.length < 8 ? [...sizes, sizes.at(-1) ?? 4] : null));
  return make("fieldset", {}, make("legend", { textContent: text("set.layers") }), layers, ...rows);
}

onLanguage(() => { if (chosen.data) drawSettings(); });
