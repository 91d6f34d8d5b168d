// One neuron: its map, how often it gives what, its weights with their gradients, and whether it is on.
import { byId, draw, make, numberText } from "./elements.js";
import { paintMap } from "./maps.js";
import { nameOfLine, numberOfLine } from "./network.js";
import { text } from "./strings.js";

/** The places along a side of its map. */
export const neuronPlaces = 80;

/** @typedef {{ layer: number, neuron: number }} Place */

/**
 * Builds the panel of a neuron.
 * @param {Place} place
 * @param {number[]} sizes
 * @param {string[]} inputs What its inputs are called.
 * @param {{ weight: (line: object, value: number) => void, toggle: () => void, close: () => void }} acts
 */
export function buildNeuron(place, sizes, inputs, acts) {
  const isLast = place.layer === sizes.length - 2;
  const rows = Array.from({ length: sizes[place.layer] + 1 }, (_, input) => {
    const line = { ...place, input };
    const field = make("input", { type: "number", step: "any", id: `neuron-weight-${input}`, onchange: () => {
      const value = Number(field.value);
      if (field.value !== "" && Number.isFinite(value)) acts.weight(line, value);
    } });
    field.setAttribute("aria-label", nameOfLine(line));
    return make("tr", {}, make("th", { scope: "row", textContent: nameOfLine(line) }), make("td", { textContent: inputs[input] ?? "1" }),
      make("td", {}, field), make("td"), make("td"));
  });
  const heads = ["neuron.weight", "neuron.input", "show.weights", "show.gradients", "show.updates"]
    .map(head => make("th", { textContent: text(head), scope: "col" }));
  const title = isLast ? text("neuron.output") : text("neuron.title", { layer: place.layer + 1, neuron: place.neuron + 1 });
  byId("neuron").replaceChildren(
    make("div", { className: "titled" },
      make("h2", { id: "neuron-title", textContent: title }),
      make("span", { className: "buttons" },
        ...isLast ? [] : [make("button", { type: "button", id: "neuron-switch", onclick: acts.toggle })],
        make("button", { type: "button", id: "neuron-close", textContent: text("edit.close"), onclick: acts.close }))),
    make("div", { className: "neuron-parts" },
      make("figure", {}, make("canvas", { id: "neuron-map", role: "img", ariaLabel: text("neuron.map") }),
        make("figcaption", { className: "hint", textContent: text("neuron.map") })),
      make("figure", {}, draw("svg", { id: "neuron-histogram", viewBox: "0 0 200 110", role: "img" }),
        make("figcaption", { className: "hint", id: "neuron-facts" })),
      make("div", { className: "scroll" },
        make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", { id: "neuron-weights" }, ...rows)))));
  byId("neuron").hidden = false;
}

/**
 * Fills the panel with numbers; a field that is being typed into is left alone.
 * @param {Place} place
 * @param {any} view
 * @param {{ counts: number[], from: number, to: number, mean: number|null, flat: number|null }} facts
 * @param {[Uint8Array, number]} map With the places along a side.
 * @param {string} activation
 */
export function fillNeuron(place, view, facts, [map, size], activation) {
  const canvas = byId("neuron-map");
  if (canvas.width !== size) canvas.width = canvas.height = size;
  paintMap(canvas, map, size);
  fillHistogram(facts);
  const flat = facts.flat === null ? "" : ` ${text(activation === "relu" ? "neuron.dead" : "neuron.saturated", { share: percentText(facts.flat) })}`;
  byId("neuron-facts").textContent = text("neuron.facts", { mean: numberText(facts.mean, 3) }) + flat;
  [...byId("neuron-weights").children].forEach((row, input) => {
    const line = { ...place, input };
    const field = row.querySelector("input");
    if (field !== document.activeElement) field.value = String(numberOfLine(view.weights, line));
    row.children[3].textContent = numberText(numberOfLine(view.gradients, line), 4);
    row.children[4].textContent = numberText(numberOfLine(view.updates, line) ?? null, 4);
  });
  const isOn = view.on[place.layer]?.[place.neuron] ?? true;
  const button = byId("neuron-switch");
  if (button) button.textContent = text(isOn ? "neuron.switchOff" : "neuron.switchOn");
}

/** @param {number} share */
export const percentText = share => `${(100 * share).toFixed(1)} %`;

function fillHistogram({ counts, from, to }) {
  const svg = byId("neuron-histogram");
  const most = Math.max(1, ...counts);
  const word = (words, x, anchor) => { const label = draw("text", { x, y: 108, "text-anchor": anchor }); label.textContent = words; return label; };
  const zero = from < 0 && to > 0 ? 4 + 192 * -from / (to - from) : null;
  svg.setAttribute("aria-label", text("neuron.histogram", { from: numberText(from, 3), to: numberText(to, 3) }));
  svg.replaceChildren(
    ...counts.map((count, bar) => draw("rect", { x: 4 + bar * 8, y: 92 - 86 * count / most, width: 7, height: 86 * count / most })),
    draw("path", { d: "M4 92.5H196", class: "rule" }),
    ...zero === null ? [] : [draw("path", { d: `M${zero} 4V92`, class: "now" }), ...zero > 45 && zero < 155 ? [word("0", zero, "middle")] : []],
    word(numberText(from, 3), 4, "start"), word(numberText(to, 3), 196, "end"));
}
