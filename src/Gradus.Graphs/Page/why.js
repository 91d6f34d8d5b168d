// Why a gradient is what it is: every path from a head back to a value gives the product of its derivatives, and the paths add up. Each is lit as
// wide as what it contributes.
import { draw, find } from "./elements.js";
import { headColor } from "./heads.js";
import { inBrackets, numberText } from "./numbers.js";
import { clearFlows, drawTip, picture, piecesOf } from "./picture.js";
import { at, enabled, graph, show, steps, timers, why } from "./state.js";
import { text } from "./words.js";

const mostPaths = 24;

// What is one number each along the way.
const numberOf = (node, input) => node.local[input]?.number ?? null;

// From a value on to the heads; null where a derivative on the way is no single number, or where there are too many paths to be listed.
function pathsFrom(id) {
  const users = graph.nodes.map(() => []);
  for (const node of graph.nodes) node.inputs.forEach((input, place) => users[input].push({ node, place }));
  // Nothing is followed that ends nowhere: of a head that is switched off there may be as many paths as a graph has.
  const counts = index => enabled[index] && graph.heads[index].seed?.data?.length === 1;
  const reaches = new Set(graph.heads.filter((_, index) => counts(index)).map(head => head.node));
  for (const node of [...graph.nodes].reverse()) if (reaches.has(node.id)) node.inputs.forEach(input => reaches.add(input));
  const paths = [];
  const follow = (at, product, edges) => {
    graph.heads.forEach((head, index) => {
      if (head.node === at && counts(index)) paths.push({ edges, head: index, contribution: product * head.seed.data[0] });
    });
    if (paths.length > mostPaths) return false;
    return users[at].every(({ node, place }) => {
      if (!node.gradient || !reaches.has(node.id)) return true;
      const number = numberOf(node, place);
      return number !== null && follow(node.id, product * Number(number), [...edges, { node, place, number: Number(number) }]);
    });
  };
  return follow(id, 1, []) && paths.length <= mostPaths ? paths.sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution)) : null;
}

const canAsk = node => node.kind !== "constant" && node.gradient?.data?.length === 1 && node.shape.length === 0;

export function loadWhy() {
  stop();
  const counts = new Map(graph.nodes.filter(node => canAsk(node) && !graph.heads.some(head => head.node === node.id))
    .map(node => [node, pathsFrom(node.id)?.length ?? 0]).filter(([, count]) => count));
  const nodes = [...counts.keys()];
  find("why").hidden = nodes.length === 0;
  if (!nodes.length) return;
  find("why-node").replaceChildren(...nodes.map(node => new Option(node.name, node.id)));
  // That with the most paths among the inputs says the most.
  const inputs = nodes.filter(node => node.kind === "variable");
  const first = (inputs.length ? inputs : nodes).reduce((best, node) => counts.get(node) > counts.get(best) ? node : best);
  ask(nodes.some(node => node.id === why.id) ? why.id : first.id);
}

function ask(id) {
  Object.assign(why, { id, path: -1 });
  find("why-node").value = id;
  drawPaths();
}

const nameOfPath = ({ edges }) => [graph.nodes[why.id].name, ...edges.map(({ node }) => node.name)].join(" → ");

const productOf = ({ edges, head, contribution }) => {
  const seed = graph.heads[head].seed.data[0];
  const factors = [...seed === 1 ? [] : [seed], ...edges.map(edge => edge.number).reverse()];
  const product = factors.map((factor, index) => index ? inBrackets(numberText(factor)) : numberText(factor)).join(" × ");
  return factors.length > 1 ? `${product} = ${numberText(contribution)}` : product;
};

// The list anew: values may be others.
export function drawPaths() {
  if (find("why").hidden || !graph.nodes[why.id]) return;
  why.paths = pathsFrom(why.id) ?? [];
  const [node, sum] = [graph.nodes[why.id], why.paths.reduce((total, path) => total + path.contribution, 0)];
  find("why-title").textContent = text("why", { name: node.name, gradient: numberText(sum) });
  find("why-paths").replaceChildren(...why.paths.map((path, index) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(Object.assign(document.createElement("b"), { textContent: nameOfPath(path) }), ` ${productOf(path)}`);
    button.onclick = () => { stop(); light(index); };
    button.setAttribute("aria-pressed", String(index === why.path));
    item.append(button);
    return item;
  }));
  const parts = why.paths.map(path => numberText(path.contribution));
  find("why-sum").textContent = parts.length < 2 ? text("why.one")
    : text("why.sum", { count: parts.length, sum: `${parts.map((part, index) => index ? inBrackets(part) : part).join(" + ")} = ${numberText(sum)}` });
}

// One path in the picture, or all of them, as wide as what they contribute.
function light(index) {
  why.path = index;
  if (at < steps.length) show(steps.length);
  clearFlows();
  const largest = Math.max(...why.paths.map(path => Math.abs(path.contribution)), 1e-300);
  const widths = new Map();
  why.paths.forEach((path, place) => {
    if (index >= 0 && place !== index) return;
    const width = 2 + 7 * Math.abs(path.contribution) / largest;
    for (const { node, place: input } of path.edges) for (const piece of piecesOf(node, input)) widths.set(piece, Math.max(widths.get(piece) ?? 0, width));
  });
  for (const [piece, width] of widths) {
    const flow = draw(piece.parentNode, "path", "flow lit", { d: piece.getAttribute("d") });
    flow.style.stroke = headColor(0);
    flow.style.strokeWidth = width;
    piece.after(flow);
    drawTip(piece, { heads: new Set([0]), isNow: width > 5 });
  }
  picture.querySelectorAll(".now, .back").forEach(element => element.classList.remove("now", "back"));
  [...find("why-paths").querySelectorAll("button")].forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
}

function stop() {
  clearInterval(timers.why);
  timers.why = null;
  find("why-play").setAttribute("aria-pressed", "false");
}

// One after the other, and at the end all together.
function playPaths() {
  if (timers.why !== null) return stop();
  light(0);
  find("why-play").setAttribute("aria-pressed", "true");
  timers.why = setInterval(() => {
    if (why.path + 1 < why.paths.length) return light(why.path + 1);
    stop();
    light(-1);
  }, 1300);
}

export function startWhy() {
  find("why-node").onchange = () => { stop(); ask(Number(find("why-node").value)); };
  find("why-play").onclick = playPaths;
}
