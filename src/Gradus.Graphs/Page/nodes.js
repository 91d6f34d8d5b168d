// The picture by keyboard: one stop of the tab key, up and down to the nodes, Enter to open one.
import { find } from "./elements.js";
import { focusNode } from "./focus.js";
import { unfold, viewOf } from "./groups.js";
import { chooseInput } from "./nudge.js";
import { labelText } from "./numbers.js";
import { picture, shapeOf } from "./picture.js";
import { focused, graph, nudge, zoom } from "./state.js";
import { text } from "./words.js";
import { canZoom, openZoom } from "./zoom.js";

function nodeText(node) {
  const { name, kind } = node;
  const parts = [kind === "operation" ? `${name} = ${node.formula}` : kind === "constant" ? text("node.constant", { name }) : name];
  if (node.value) parts.push(text("node.value", { value: labelText(node.value) }));
  if (node.gradient) parts.push(text("node.gradient", { gradient: labelText(node.gradient) }));
  if (isFolded(node)) parts.push(text("node.unfolds"));
  else if (canZoom(node)) parts.push(text("node.opens"));
  else if (isNudgeable(node)) parts.push(text("node.moves"));
  return parts.join(", ");
}

const isFolded = node => viewOf(node.folded) >= 0;
const isNudgeable = node => node.kind === "variable" && !find("nudge").hidden;

function enter(node, isByKey) {
  if (isFolded(node)) unfold(viewOf(node.folded));
  else if (canZoom(node)) {
    openZoom(node);
    if (isByKey) find(`zr-${zoom.index}`).focus();
    else focusNode(node);
  } else if (!isByKey) focusNode(node);
  else if (isNudgeable(node)) {
    if (nudge.id !== node.id) chooseInput(node.id);
    find("nudge-slider").focus();
  }
}

export function loadNodes() {
  focused.node = graph.nodes[0];
  const svg = picture.querySelector("svg");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", text("nodes"));
  for (const node of graph.nodes) {
    const shape = shapeOf(node);
    if (!shape) continue;
    const opens = isFolded(node) || canZoom(node) || isNudgeable(node);
    shape.setAttribute("role", opens ? "button" : "img");
    shape.setAttribute("tabindex", node === focused.node ? 0 : -1);
    shape.onkeydown = event => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = graph.nodes[node.id + (event.key === "ArrowDown" ? 1 : -1)];
        if (next) focusNode(next);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        enter(node, true);
      }
    };
    shape.onclick = () => enter(node, false);
    shape.onfocus = () => focused.node = node;
  }
  describeNodes();
}

export function describeNodes() {
  for (const node of graph.nodes) {
    const shape = shapeOf(node);
    shape?.setAttribute("aria-label", nodeText(node));
    if (shape?.firstElementChild?.tagName === "title") shape.firstElementChild.textContent = nodeText(node);
  }
}
