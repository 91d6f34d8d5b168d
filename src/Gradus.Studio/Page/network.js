// The network: a map in every neuron, and lines whose width and color show weights, gradients or updates.
import { byId, draw, make, numberText } from "./elements.js";
import { paintMap } from "./maps.js";
import { text } from "./strings.js";

const side = 46, across = 128, down = 66, margin = 40;

/** @typedef {{ layer: number, neuron: number, input: number }} Line */

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
 * @param {{ line: (line: Line) => void, tell: (line: Line|null) => void, neuron: (layer: number, neuron: number) => void }} acts
 */
export function buildNetwork(newSizes, features, acts) {
  sizes = newSizes;
  const most = Math.max(...sizes);
  const [width, height] = [2 * margin + side + (sizes.length - 1) * across, Math.max(260, margin + most * down)];
  const place = (layer, neuron) => [margin + side / 2 + layer * across, height / 2 + (neuron - (sizes[layer] - 1) / 2) * down];
  const svg = byId("network");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  // Small networks fit into the narrowest window; of deep ones a part is seen at a time there.
  svg.style.minWidth = sizes.length > 5 ? `${width * 0.45}px` : "";
  lines = [];
  neurons = [];
  for (let layer = 1; layer < sizes.length; layer++) {
    for (let neuron = 0; neuron < sizes[layer]; neuron++) {
      for (let input = 0; input < sizes[layer - 1]; input++) {
        const [[x1, y1], [x2, y2]] = [place(layer - 1, input), place(layer, neuron)];
        const path = `M${x1 + side / 2} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2 - side / 2} ${y2}`;
        const line = { layer: layer - 1, neuron, input };
        const seen = draw("path", { d: path, class: "weight" });
        // Wide enough for a finger.
        const felt = draw("path", { d: path, class: "felt", tabindex: -1 });
        felt.onpointerenter = () => acts.tell(line);
        felt.onpointerleave = () => acts.tell(null);
        felt.onclick = () => acts.line(line);
        lines.push({ ...line, seen, felt });
      }
    }
  }

  for (let layer = 0; layer < sizes.length; layer++) {
    for (let neuron = 0; neuron < sizes[layer]; neuron++) {
      const [x, y] = place(layer, neuron);
      const canvas = make("canvas", { width: side, height: side });
      const box = draw("foreignObject", { x: x - side / 2, y: y - side / 2, width: side, height: side }, canvas);
      const isHidden = layer > 0 && layer < sizes.length - 1;
      const frame = draw("rect", { x: x - side / 2, y: y - side / 2, width: side, height: side, rx: 4, class: "frame", tabindex: isHidden ? 0 : -1 });
      if (isHidden) {
        frame.setAttribute("role", "switch");
        frame.onclick = () => acts.neuron(layer - 1, neuron);
        frame.onkeydown = event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); acts.neuron(layer - 1, neuron); } };
      }
      neurons.push({ layer, neuron, canvas, box, frame });
      if (layer === 0) {
        const label = draw("text", { x: x - side / 2 - 6, y: y + 5, class: "feature", "text-anchor": "end" });
        label.textContent = features[neuron];
        neurons.at(-1).label = label;
      }
    }
  }

  svg.replaceChildren(...lines.map(line => line.seen), ...lines.map(line => line.felt),
    ...neurons.flatMap(({ box, frame, label }) => label ? [box, frame, label] : [box, frame]));
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
 */
export function drawNetwork(layers, maps, size, on) {
  const numbers = numbersOfLines(layers);
  const most = Math.max(1e-12, ...numbers.map(Math.abs));
  lines.forEach(({ seen }, index) => {
    const share = Math.abs(numbers[index]) / most;
    seen.style.strokeWidth = `${0.7 + 5 * share}`;
    seen.style.strokeOpacity = `${0.2 + 0.8 * share}`;
    seen.classList.toggle("negative", numbers[index] < 0);
  });
  neurons.forEach(({ layer, neuron, canvas, frame }, index) => {
    if (maps.length) paintMap(canvas, maps[index], size);
    if (layer === 0 || layer === sizes.length - 1) return;
    const isOn = on[layer - 1][neuron];
    frame.setAttribute("aria-checked", String(isOn));
    frame.setAttribute("aria-label", text(isOn ? "neuron.on" : "neuron.off", { layer, neuron: neuron + 1 }));
    frame.classList.toggle("off", !isOn);
  });
}

/** What a line says. @param {Line} line @param {{ weights: number[][], gradients: number[][], updates: number[][] }} view */
export const tellLine = (line, { weights, gradients, updates }) => text("line.tells", {
  name: nameOfLine(line), weight: numberText(numberOfLine(weights, line)), gradient: numberText(numberOfLine(gradients, line)),
  update: numberText(numberOfLine(updates, line) ?? null),
});
