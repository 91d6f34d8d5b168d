// The settings of the playground: each a field with a name.
import { make, byId } from "./elements.js";
import { onLanguage, text } from "./strings.js";

const choices = {
  data: ["spirals", "moons", "circles", "xor", "plane", "saddle"], activation: ["tanh", "relu", "sigmoid", "linear"],
  init: ["uniform", "xavier", "he", "large", "zeros"], optimizer: ["sgd", "momentum", "adam"],
};
const numbers = {
  rate: { min: 0.0001, max: 10, step: "any" }, batch: { min: 0, max: 2000, step: 1 }, decay: { min: 0, max: 10, step: "any" },
  noise: { min: 0, max: 1, step: 0.01 }, count: { min: 10, max: 2000, step: 10 }, seed: { min: 0, max: 999999, step: 1 },
};
const featureNames = { x1: "x₁", x2: "x₂", x1squared: "x₁²", x2squared: "x₂²", x1x2: "x₁x₂" };
const order = ["data", "noise", "count", "features", "layers", "activation", "init", "optimizer", "rate", "batch", "decay", "seed"];

/** The settings that are chosen. @type {Record<string, any>} */
export let chosen = {};

let changed = () => {};

/** Shows settings, and calls back when one is changed. @param {Record<string, any>} values @param {() => void} act */
export function showSettings(values, act) {
  chosen = values;
  changed = act;
  drawSettings();
}

/** Settings that are not shown yet. @param {Record<string, any>} values */
export function chooseSettings(values) {
  if (!chosen.data) chosen = values;
}

function changeSetting(name, value) {
  if (String(chosen[name]) === String(value)) return;
  chosen = { ...chosen, [name]: value, edits: undefined, t: undefined };
  drawSettings();
  changed();
}

function drawSettings() {
  const focused = document.activeElement?.id;
  byId("settings").replaceChildren(...order.map(name => {
    if (name === "features") return featuresField();
    if (name === "layers") return layersField();
    const id = `set-${name}`;
    const field = choices[name]
      ? make("select", { id, onchange: event => changeSetting(name, event.target.value) },
        ...choices[name].map(word => make("option", { value: word, textContent: text(`${name}.${word}`), selected: word === chosen[name] })))
      : make("input", { id, type: "number", value: chosen[name], ...numbers[name], onchange: event => changeSetting(name, Number(event.target.value)) });
    return make("label", {}, make("span", { textContent: text(`set.${name}`) }), field);
  }));
  if (focused) byId(focused)?.focus();
}

function featuresField() {
  const on = new Set(String(chosen.features).split(","));
  const boxes = Object.entries(featureNames).map(([name, shown]) => make("label", {}, make("input", {
    type: "checkbox", id: `feature-${name}`, checked: on.has(name), onchange: event => {
      const next = Object.keys(featureNames).filter(other => other === name ? event.target.checked : on.has(other));
      if (next.length) changeSetting("features", next.join(","));
      else drawSettings();
    },
  }), shown));
  return make("fieldset", {}, make("legend", { textContent: text("set.features") }), ...boxes);
}

function layersField() {
  const sizes = String(chosen.layers) === "" ? [] : String(chosen.layers).split(",").map(Number);
  const button = (id, label, shown, next) => make("button", {
    type: "button", id, textContent: shown, ariaLabel: label, disabled: next === null, onclick: () => changeSetting("layers", next.join(",")),
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
