// The network: a map in every neuron, and lines whose width and color show weights, gradients or updates. All of it can be reached by arrow keys.
import { byId, draw, make, numberText } from "./elements.js";
import { paintMap } from "./maps.js";
import { text } from "./strings.js";

const side = 46, down = 66, margin = 40;

/** @typedef {{ layer: number, neuron: number, input: number }} Line */
/**
 * @typedef {{ line: (line: Line) => void, tell: (line: Line|null) => void, say: (line: Line) => string,
 *   neuron: (layer: number, neuron: number) => void }} Acts
 */

let lines = [];
let neurons = [];
let sizes = [];

const subscripts = "₀₁₂₃₄₅₆₇₈₉";
const small = number => [...String(number)].map(digit => subscripts[Number(digit)]).join("");

/** The name of a weight, or of a bias, whose input is after the last. @param {Line} line */
export const nameOfLine = ({ layer, neuron, input }) =>
  input === sizes[layer] ? `b${small(layer + 1)}·${small(neuron + 1)}` : `w${small(layer + 1)}·${small(neuron + 1)}${small(input + 1)}`;

/**
 * Draws the network anew.
 * @param {number[]} newSizes
 * @param {string[]} features
 * @param {Acts} acts
 */
export function buildNetwork(newSizes, features, acts) {
  sizes = newSizes;
  const most = Math.max(...sizes);
  // Deep networks stand closer, so that a window holds them.
  const across = sizes.length > 6 ? 92 : 128;
  const [width, height] = [2 * margin + side + (sizes.length - 1) * across, Math.max(260, margin + most * down)];
  const place = (layer, neuron) => [margin + side / 2 + layer * across, height / 2 + (neuron - (sizes[layer] - 1) / 2) * down];
  const svg = byId("network");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  // Small networks fit into the narrowest window; of deep ones a part is seen at a time there.
  svg.style.minWidth = sizes.length > 5 ? `${width * 0.55}px` : "";
  lines = [];
  neurons = [];
  for (let layer = 1; layer < sizes.length; layer++) {
    for (let neuron = 0; neuron < sizes[layer]; neuron++) {
      for (let input = 0; input < sizes[layer - 1]; input++) lines.push(lineOf({ layer: layer - 1, neuron, input }, place, acts));
    }
  }
  for (let layer = 0; layer < sizes.length; layer++) {
    for (let neuron = 0; neuron < sizes[layer]; neuron++) neurons.push(neuronOf(layer, neuron, place(layer, neuron), features, acts));
  }
  rove(lines.map(line => line.felt), 0);
  rove(neurons.filter(({ layer }) => layer > 0).map(({ frame }) => frame), 0);
  svg.replaceChildren(...lines.map(line => line.seen), ...lines.map(line => line.felt),
    ...neurons.flatMap(({ box, frame, label }) => label ? [box, frame, label] : [box, frame]));
  fadeEdges();
}

function lineOf(line, place, acts) {
  const [[x1, y1], [x2, y2]] = [place(line.layer, line.input), place(line.layer + 1, line.neuron)];
  const path = `M${x1 + side / 2} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2 - side / 2} ${y2}`;
  const seen = draw("path", { d: path, class: "weight" });
  // Wide enough for a finger.
  const felt = draw("path", { d: path, class: "felt", role: "button", "aria-label": nameOfLine(line) });
  felt.onpointerenter = () => acts.tell(line);
  felt.onpointerleave = () => acts.tell(null);
  felt.onfocus = () => { acts.tell(line); felt.setAttribute("aria-label", acts.say(line)); };
  felt.onblur = () => acts.tell(null);
  felt.onclick = () => acts.line(line);
  felt.onkeydown = event => {
    // Along the inputs of a neuron, and from neuron to neuron.
    const across = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = lines.findIndex(other => other.felt === felt);
    if (across) goTo(at + across);
    else if (along > 0) goTo(lines.findIndex((other, index) => index > at && other.input === 0));
    else if (along) goTo(lines.findLastIndex((other, index) => index < at && other.input === 0));
    else if (event.key === "Enter" || event.key === " ") acts.line(line);
    else return;
    event.preventDefault();
    function goTo(index) { if (lines[index]) rove(lines.map(other => other.felt), index).focus(); }
  };
  return { ...line, seen, felt };
}

function neuronOf(layer, neuron, [x, y], features, acts) {
  const canvas = make("canvas");
  const box = draw("foreignObject", { x: x - side / 2, y: y - side / 2, width: side, height: side }, canvas);
  const frame = draw("rect", { x: x - side / 2, y: y - side / 2, width: side, height: side, rx: 4, class: "frame" });
  if (layer === 0) {
    const label = draw("text", { x: x - side / 2 - 6, y: y + 5, class: "feature", "text-anchor": "end" });
    label.textContent = features[neuron];
    return { layer, neuron, canvas, box, frame, label };
  }
  frame.setAttribute("role", "button");
  frame.onclick = () => acts.neuron(layer - 1, neuron);
  frame.onkeydown = event => {
    const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (by) {
      const [to, row] = [layer + by[0], neuron + by[1]];
      const others = neurons.filter(other => other.layer > 0);
      const index = others.findIndex(other => other.layer === to && other.neuron === Math.min(row, sizes[to] - 1));
      if (row < sizes[layer] && others[index]) rove(others.map(other => other.frame), index).focus();
    } else if (event.key === "Enter" || event.key === " ") {
      acts.neuron(layer - 1, neuron);
    } else {
      return;
    }
    event.preventDefault();
  };
  return { layer, neuron, canvas, box, frame, label: null };
}

// One of them is reached by Tab, the others from it.
function rove(elements, index) {
  elements.forEach((element, at) => element.setAttribute("tabindex", at === index ? "0" : "-1"));
  return elements[index];
}

/** Focuses the picture of a neuron. @param {number} layer @param {number} neuron */
export const focusNeuron = (layer, neuron) => neurons.find(other => other.layer === layer + 1 && other.neuron === neuron)?.frame.focus();

/** Shows by fading edges that a part of the network lies beyond them. */
export function fadeEdges() {
  const { scrollLeft, scrollWidth, clientWidth } = byId("network-scroll");
  byId("network-scroll").classList.toggle("more-left", scrollLeft > 4);
  byId("network-scroll").classList.toggle("more-right", scrollLeft < scrollWidth - clientWidth - 4);
  byId("network-more").hidden = scrollWidth <= clientWidth + 4;
}

/**
 * The numbers of all lines, in their order, from weights and biases layer by layer.
 * @param {number[][]} layers
 */
export const numbersOfLines = layers => lines.map(({ layer, neuron, input }) => layers[2 * layer]?.[neuron * sizes[layer] + input] ?? 0);

/** The number of one line or bias. @param {number[][]} layers @param {Line} line */
export const numberOfLine = (layers, { layer, neuron, input }) =>
  input === sizes[layer] ? layers[2 * layer + 1]?.[neuron] : layers[2 * layer]?.[neuron * sizes[layer] + input];

/**
 * Shows numbers as lines, and maps in neurons.
 * @param {number[][]} layers
 * @param {Uint8Array[]} maps
 * @param {number} size
 * @param {boolean[][]} on
 * @param {{ layer: number, neuron: number }|null} open The neuron that is looked at.
 */
export function drawNetwork(layers, maps, size, on, open) {
  const numbers = numbersOfLines(layers);
  const most = Math.max(1e-12, ...numbers.map(Math.abs));
  lines.forEach(({ seen }, index) => {
    const share = Math.abs(numbers[index]) / most;
    seen.style.strokeWidth = `${0.7 + 5 * share}`;
    seen.style.strokeOpacity = `${0.2 + 0.8 * share}`;
    seen.classList.toggle("negative", numbers[index] < 0);
  });
  neurons.forEach(({ layer, neuron, canvas, frame }, index) => {
    if (canvas.width !== size) canvas.width = canvas.height = size;
    if (maps[index]) paintMap(canvas, maps[index], size);
    if (layer === 0) return;
    const isOn = on[layer - 1]?.[neuron] ?? true;
    const key = layer === sizes.length - 1 ? "neuron.output" : isOn ? "neuron.on" : "neuron.off";
    frame.setAttribute("aria-label", text(key, { layer, neuron: neuron + 1 }));
    frame.classList.toggle("off", !isOn);
    frame.classList.toggle("open", open !== null && open.layer === layer - 1 && open.neuron === neuron);
  });
}

/** What a line says. @param {Line} line @param {{ weights: number[][], gradients: number[][], updates: number[][] }} view */
export const tellLine = (line, { weights, gradients, updates }) => text("line.tells", {
  name: nameOfLine(line), weight: numberText(numberOfLine(weights, line)), gradient: numberText(numberOfLine(gradients, line)),
  update: numberText(numberOfLine(updates, line) ?? null),
});
