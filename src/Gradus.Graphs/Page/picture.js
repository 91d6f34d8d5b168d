// The picture: its labels, what is at work, and the flows of gradients along its lines.
import { draw, find } from "./elements.js";
import { headColor } from "./heads.js";
import { briefText, labelText, numberText, tensorText } from "./numbers.js";
import { drawn, enabled, graph, layout, opened, pictures, steps } from "./state.js";
import { text } from "./words.js";

export const picture = find("picture");

export function loadPicture() {
  picture.replaceChildren(pictures[opened]);
  // The flows of the whole run, which come here step by step.
  clearFlows();
  drawn.pieceTo = new Map([...picture.querySelectorAll("path.wire")].filter(path => !path.closest(".edge")).map(path => [ends(path).to, path]));
  find("strips").hidden = !picture.querySelector(".strip");
  find("legend-value").textContent = text(layout === "topdown" ? "legend.value.left" : "legend.value");
  find("legend-gradient").textContent = text(layout === "topdown" ? "legend.gradient.right" : "legend.gradient");
}

export const shapeOf = node => find(`n${node.id}`);
const labelOf = (node, kind) => shapeOf(node)?.querySelector(`.label.${kind}`);

function writeLabel(node, kind, tensor) {
  const label = labelOf(node, kind);
  if (!label) return;
  label.classList.remove("later");
  if (tensor) label.lastChild.nodeValue = labelText(tensor);
}

// The strip of cells below a value is there from the beginning; that below a gradient shows it complete.
export const stripOf = (node, kind) => shapeOf(node)?.querySelector(`.${kind}-cells`);

// What each head adds, in its color.
function writeShares(node, shares) {
  const label = labelOf(node, "shares");
  // Numbers add up, norms do not.
  const known = shares.map((share, head) => ({ share, head })).filter(({ share }) => share?.data);
  if (!label || known.length < 2) return;
  label.classList.remove("later");
  label.replaceChildren(...known.flatMap(({ share, head }, index) => {
    const part = draw(label, "tspan", "", {}, briefText(share));
    part.style.fill = headColor(head);
    return index ? [share.shape.length ? ", " : " + ", part] : [part];
  }));
}

// A line with several uses is drawn once up to where they part: the pieces of each edge, found by where they meet.
const ends = path => {
  const numbers = path.getAttribute("d").match(/-?[\d.]+/g);
  return { from: numbers.slice(0, 2).join(), to: numbers.slice(-2).join() };
};

export function piecesOf(node, input) {
  const pieces = [];
  let path = find(`e${node.id}-${input}`)?.querySelector(".wire");
  for (; path && !pieces.includes(path); path = drawn.pieceTo.get(ends(path).from)) pieces.push(path);
  return pieces;
}

export const clearFlows = () => picture.querySelectorAll(".flow, .tip, .tag").forEach(path => path.remove());

// The line that leaves a node, where nothing goes on from it: that of a head.
function ownPieces(node) {
  const head = shapeOf(node)?.querySelector(".head");
  if (!head) return [];
  const { x, y, width, height } = head.getBBox();
  const near = path => {
    const [left, top] = ends(path).from.split(",").map(Number);
    return left >= x - 1 && left <= x + width + 1 && top >= y - 1 && top <= y + height + 1;
  };
  return [...drawn.pieceTo.values()].filter(near);
}

// What flows along each piece of a line.
function addFlow(flows, step, isNow) {
  for (const piece of step.input === undefined ? ownPieces(step.node) : piecesOf(step.node, step.input)) {
    if (!flows.has(piece)) flows.set(piece, { heads: new Set(), isNow: false });
    const flow = flows.get(piece);
    (step.contribution || step.input === undefined ? step.parts : [true]).forEach((part, head) => part && flow.heads.add(head));
    flow.isNow ||= isNow;
  }
}

// Each head has its color; where several flow along a line, they take turns as dashes.
function drawFlows(flows) {
  const dash = 10;
  for (const [piece, flow] of flows) {
    [...flow.heads].sort().forEach((head, index, heads) => {
      const path = draw(piece.parentNode, "path", `flow${flow.isNow ? " now" : ""}`, { d: piece.getAttribute("d") });
      path.style.stroke = headColor(head);
      if (heads.length > 1) path.style.strokeDasharray = `${dash} ${dash * (heads.length - 1)}`;
      if (heads.length > 1) path.style.strokeDashoffset = -dash * index;
      piece.after(path);
    });
    // Where it comes in and where it arrives; not at each piece between.
    if (piece.closest(".edge") || !drawn.pieceTo.has(ends(piece).from)) drawTip(piece, flow);
  }
}

// Which way the gradient goes, also where nothing moves: a head on the line.
export function drawTip(piece, { heads, isNow }) {
  // From top to bottom a node's own line is short, between its labels.
  if (piece.getTotalLength() < 16 || layout === "topdown" && !piece.closest(".edge")) return;
  // Beside the labels of a node's own line, and in the middle of one that climbs.
  const at = piece.closest(".edge") ? piece.getTotalLength() / 2 : piece.getTotalLength() - 10;
  const [tip, back] = [piece.getPointAtLength(at - (isNow ? 8 : 6)), piece.getPointAtLength(at + (isNow ? 5 : 3))];
  const [length, half] = [Math.hypot(back.x - tip.x, back.y - tip.y) || 1, isNow ? 6.5 : 4.5];
  const [nx, ny] = [-(back.y - tip.y) / length * half, (back.x - tip.x) / length * half];
  const place = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const head = draw(piece.parentNode, "path", `tip${isNow ? " now" : ""}`,
    { d: `M${place(tip.x, tip.y)} L${place(back.x + nx, back.y + ny)} L${place(back.x - nx, back.y - ny)} z` });
  head.style.fill = headColor([...heads].sort()[0]);
}

// The name of a node that a step speaks of, above it.
function drawTag(node) {
  const head = shapeOf(node)?.querySelector(".head") ?? shapeOf(node)?.querySelector(".symbol");
  if (!head || node.kind !== "operation") return;
  const { x, y, width, height } = head.getBBox();
  const tag = draw(picture.querySelector("svg"), "g", "tag", { "data-node": node.id });
  // Where lines come from above, beside it.
  const name = layout === "topdown" ? draw(tag, "text", "tag-name beside", { x: x - 8, y: y + height / 2 + 4 }, node.name)
    : draw(tag, "text", "tag-name", { x: x + width / 2, y: y - 5 }, node.name);
  const box = name.getBBox();
  tag.prepend(draw(tag, "rect", "tag-box", { x: box.x - 4, y: box.y - 1, width: box.width + 8, height: box.height + 2, rx: 4 }));
}

// All labels as they stand after the first steps, and the last of these at work.
export function drawSteps(shown) {
  picture.querySelectorAll(".label, .strip").forEach(label => label.classList.add("later"));
  picture.querySelectorAll(".now, .back, .changed").forEach(element => element.classList.remove("now", "back", "changed"));
  clearFlows();
  const [current, flows] = [shown.at(-1), new Map()];
  for (const step of shown) {
    if (!step.back || step.after) writeLabel(step.target, step.back ? "gradient" : "value", step.after);
    if (step.back ? step.isLast && enabled.every(Boolean) : true) stripOf(step.target, step.back ? "gradient" : "value")?.classList.remove("later");
    if (step.shares) writeShares(step.target, step.shares);
    if (step.back) addFlow(flows, step, step === current);
  }
  drawFlows(flows);
  if (!current) return;
  for (const node of new Set([current.node, current.target, ...current.back ? [] : current.node.inputs.map(input => graph.nodes[input])])) drawTag(node);
  shapeOf(current.node)?.classList.add("now", ...(current.back ? ["back"] : []));
  if (current.input !== undefined) find(`e${current.node.id}-${current.input}`)?.classList.add("now", "back");
  if (!current.back) current.node.inputs.forEach((_, input) => find(`e${current.node.id}-${input}`)?.classList.add("now"));
}

// What a nudge has changed. The strips of cells belong to the run, and are not shown beside other numbers.
export function drawChanged(changed) {
  for (const id of changed) shapeOf(graph.nodes[id])?.classList.add("changed");
  picture.querySelectorAll(".strip").forEach(strip => strip.classList.add("later"));
}

// What comes back along each line, to be read by pointing at it.
export function describeEdges() {
  for (const step of steps) {
    const isProduct = step.back && step.contribution?.data && step.local?.number !== null;
    const title = isProduct && find(`e${step.node.id}-${step.input}`)?.querySelector("title");
    const product = title && `${tensorText(step.upstream)} · ${numberText(Number(step.local.number))} = ${tensorText(step.contribution)}`;
    if (title) title.textContent = text("edge", { target: step.target.name, product });
  }
}
