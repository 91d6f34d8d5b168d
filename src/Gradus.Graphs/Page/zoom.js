// An operation on small tensors opened into its scalars: which elements of its inputs make an element of its result, and with which derivatives.
import { find } from "./elements.js";
import { focusNode } from "./focus.js";
import { inputsOf } from "./graph.js";
import { formula, math, phrase, sign } from "./math.js";
import { numberText, shapeText } from "./numbers.js";
import { elementOf } from "./operations.js";
import { picture, shapeOf } from "./picture.js";
import { drawScalars, flowsTo, zoomText } from "./scalars.js";
import { graph, zoom } from "./state.js";
import { text } from "./words.js";

const most = 256;

export const canZoom = node => node.isComputable && (node.shape.length > 0 || inputsOf(node).some(input => input.shape.length > 0))
  && [node.value, ...inputsOf(node)].every(tensor => tensor.data.length > 0 && tensor.data.length <= most);

export function openZoom(node) {
  Object.assign(zoom, { node, index: 0 });
  find("zoom").hidden = false;
  find("zoom-title").textContent = text("zoom", { name: node.name, formula: node.formula });
  // The operation and its derivatives in symbols, before their numbers.
  const rules = node.math ? [[formula(node.nameMath), sign("="), formula(node.math)], ...node.local.map(rulesOf(node))] : [];
  find("zoom-rules").replaceChildren(...rules.map(parts => math(...parts)));
  const grids = node.inputs.map((id, input) => gridOf(graph.nodes[id], input));
  find("zoom-grids").replaceChildren(...grids.flatMap(grid => [grid, document.createElement("span")]), gridOf(node, -1));
  const infix = node.op === "conv2d" ? "∗" : node.op === "stack" ? "," : node.symbol;
  find("zoom-grids").querySelectorAll(":scope > span").forEach((between, index, { length }) => between.textContent = index === length - 1 ? "=" : infix);
  picture.querySelectorAll(".opened").forEach(element => element.classList.remove("opened"));
  shapeOf(node)?.classList.add("opened");
  choose(0);
}

const rulesOf = node => ({ math: rule }, input) => [phrase(text("zoom.to", { name: graph.nodes[node.inputs[input]].name })), formula(rule ?? "")];

export function closeZoom() {
  find("zoom").hidden = true;
  const { node } = zoom;
  if (!node) return;
  zoom.node = null;
  picture.querySelectorAll(".opened").forEach(element => element.classList.remove("opened"));
  focusNode(node);
}

// The same element with other numbers.
export function refreshZoom() {
  const { node, index } = zoom;
  if (!node) return;
  openZoom(node);
  choose(index);
}

// A tensor as tables of its last two axes; the result's cells can be chosen.
function gridOf(node, input) {
  const figure = document.createElement("figure");
  const isResult = input < 0;
  const { shape, data } = node.value;
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  figure.append(Object.assign(document.createElement("figcaption"), { textContent: `${node.name}${shape.length ? `, ${shapeText(shape)}` : ""}` }));
  for (let start = 0; start < data.length; start += rows * columns) {
    const table = document.createElement("table");
    if (isResult) table.setAttribute("role", "grid");
    table.setAttribute("aria-label", node.name);
    for (let row = 0; row < rows; row++) {
      const line = table.insertRow();
      for (let column = 0; column < columns; column++) {
        const index = start + row * columns + column;
        const cell = line.insertCell();
        cell.id = `z${isResult ? "r" : input}-${index}`;
        cell.append(Object.assign(document.createElement("b"), { textContent: numberText(data[index]) }), document.createElement("small"));
        if (!isResult) continue;
        cell.setAttribute("role", "gridcell");
        cell.onclick = () => { choose(index); cell.focus(); };
        cell.onkeydown = event => {
          const next = {
            ArrowRight: index + 1, ArrowLeft: index - 1, ArrowDown: index + columns, ArrowUp: index - columns, Home: 0, End: data.length - 1,
          }[event.key];
          if (next === undefined) return;
          event.preventDefault();
          if (next < 0 || next >= data.length) return;
          choose(next);
          find(`zr-${next}`).focus();
        };
      }
    }
    figure.append(table);
  }
  return figure;
}

// Marks what makes an element, with each derivative below the number, and draws it as a graph of scalars.
function choose(index) {
  const { node } = zoom;
  zoom.index = index;
  const element = elementOf(node, inputsOf(node), index);
  find("zoom-grids").querySelectorAll("td").forEach(cell => {
    cell.classList.remove("part", "chosen");
    cell.lastChild.textContent = "";
    if (cell.id.startsWith("zr")) Object.assign(cell, { tabIndex: -1 }).setAttribute("aria-selected", "false");
  });
  const chosen = Object.assign(find(`zr-${index}`), { tabIndex: 0 });
  chosen.classList.add("chosen");
  chosen.setAttribute("aria-selected", "true");
  element.from.forEach((part, place) => {
    const cell = find(`z${part.input}-${part.index}`);
    cell.classList.add("part");
    if (flowsTo(node, part)) cell.lastChild.textContent = `∂ ${numberText(element.local[place])}`;
  });
  find("zoom-text").textContent = zoomText(node, element, index);
  drawScalars(node, element, index);
}

export function loadZoom() {
  find("zoom").hidden = true;
  const openable = graph.nodes.filter(canZoom);
  openable.forEach(node => shapeOf(node)?.classList.add("can-open"));
  find("openable").hidden = openable.length === 0;
}
