// The picture: its labels, what is at work, and the flows of gradients along its lines.
import { draw, find } from "./elements.js";
import { headColor } from "./heads.js";
import { briefText, labelText, numberText, tensorText } from "./numbers.js";
import { drawn, enabled, graph, opened, steps } from "./state.js";

export const picture = find("picture");
const pictures = [picture.firstElementChild, ...[...document.querySelectorAll("template")].map(template => template.content.firstElementChild)];

export function loadPicture() {
  picture.replaceChildren(pictures[opened]);
  // The flows of the whole run, which come here step by step.
  clearFlows();
  // Small graphs larger; large ones at their size, to be scrolled.
  sizePicture(fit => Math.min(1.5, Math.max(1, fit)));
  drawn.pieceTo = new Map([...picture.querySelectorAll("path.wire")].filter(path => !path.closest(".edge")).map(path => [ends(path).to, path]));
}

// How large the picture is drawn, with a little room around it: so that it fills the width, where nothing else is said.
function sizePicture(choose) {
  const svg = picture.querySelector("svg");
  const { x, y, width, height } = svg.getBBox();
  const edge = 8;
  const [outerWidth, outerHeight] = [width + 2 * edge, height + 2 * edge];
  drawn.scale = Math.min(3, choose((picture.clientWidth - 24) / outerWidth));
  svg.setAttribute("viewBox", [x - edge, y - edge, outerWidth, outerHeight].join(" "));
  svg.setAttribute("width", outerWidth * drawn.scale);
  svg.setAttribute("height", outerHeight * drawn.scale);
}

export function startPicture() {
  find("smaller").onclick = () => sizePicture(fit => Math.max(drawn.scale / 1.25, Math.min(fit, .1)));
  find("larger").onclick = () => sizePicture(() => drawn.scale * 1.25);
  find("fit").onclick = () => sizePicture(fit => Math.min(fit, 1.5));
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
const stripOf = (node, kind) => shapeOf(node)?.querySelectorAll(".strip")[kind === "value" ? 0 : 1];

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

function piecesOf(step) {
  const pieces = [];
  let path = find(`e${step.node.id}-${step.input}`)?.querySelector(".wire");
  for (; path && !pieces.includes(path); path = drawn.pieceTo.get(ends(path).from)) pieces.push(path);
  return pieces;
}

const clearFlows = () => picture.querySelectorAll(".flow").forEach(path => path.remove());

// What flows along each piece of a line.
function addFlow(flows, step, isNow) {
  for (const piece of piecesOf(step)) {
    if (!flows.has(piece)) flows.set(piece, { heads: new Set(), isNow: false });
    const flow = flows.get(piece);
    (step.contribution ? step.parts : [true]).forEach((part, head) => part && flow.heads.add(head));
    flow.isNow ||= isNow;
  }
}

// Each head has its color; where several flow along a line, they take turns as dashes.
function drawFlows(flows) {
  const dash = 10;
  for (const [piece, flow] of flows) {
    [...flow.heads].sort().forEach((head, index, heads) => {
      const path = draw(picture, "path", `flow${flow.isNow ? " now" : ""}`, { d: piece.getAttribute("d") });
      path.style.stroke = headColor(head);
      if (heads.length > 1) path.style.strokeDasharray = `${dash} ${dash * (heads.length - 1)}`;
      if (heads.length > 1) path.style.strokeDashoffset = -dash * index;
      piece.after(path);
    });
  }
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
    if (step.back && step.input !== undefined) addFlow(flows, step, step === current);
  }
  drawFlows(flows);
  if (!current) return;
  shapeOf(current.node)?.classList.add("now", ...(current.back ? ["back"] : []));
  if (current.input !== undefined) find(`e${current.node.id}-${current.input}`)?.classList.add("now", "back");
  if (!current.back) current.node.inputs.forEach((_, input) => find(`e${current.node.id}-${input}`)?.classList.add("now"));
}

// Into the middle of the picture if it is not in sight, without moving the page.
export function reveal(shape) {
  if (!shape) return;
  const [inner, outer] = [shape.getBoundingClientRect(), picture.getBoundingClientRect()];
  const distance = (from, to, low, high) => from < low || to > high ? (from + to) / 2 - (low + high) / 2 : 0;
  picture.scrollBy({
    left: distance(inner.left, inner.right, outer.left, outer.right),
    top: distance(inner.top, inner.bottom, outer.top, outer.bottom),
    behavior: isStill() ? "auto" : "smooth",
  });
}

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

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
    if (title) title.textContent = `back to ${step.target.name}: ${product}`;
  }
}
