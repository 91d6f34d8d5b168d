// What comes out as an input moves, or two of them: a curve with the tangent of the gradient, or a map of both with the way down as an arrow. The
// numbers are another page's, which has the engine.
import { elementName, plus } from "./arrays.js";
import { drawCurve } from "./curve.js";
import { draw, find } from "./elements.js";
import { headName } from "./heads.js";
import { host } from "./host.js";
import { numberText } from "./numbers.js";
import { gradients, graph, swept, timers } from "./state.js";
import { text } from "./words.js";

const curvePoints = 49, mapSide = 15, mostElements = 64, patience = 120;

const inputs = () => graph.nodes.filter(node => node.kind === "variable" && node.value?.data)
  .flatMap(node => node.value.data.map((value, index) => ({ node, index, value, name: elementName(node.name, index, node.shape) })));

const findInput = (list, { name, index }) => list.find(input => input.node.name === name && input.index === index);

const headsName = () => graph.heads.length > 1 ? text("sweep.sum") : graph.nodes[graph.heads[0].node].shape.length ? `Σ ${headName(0)}` : headName(0);

const slopeOf = ({ node, index }) => gradients[node.id]?.reduce(plus, null)?.data?.[index] ?? 0;

const reachOf = ({ value }) => Math.max(1, Math.abs(value));

const range = (input, count) => Array.from({ length: count }, (_, index) => input.value + (index / (count - 1) * 2 - 1) * reachOf(input));

export function loadSweep() {
  const list = host.sweep && graph.heads.length && graph.heads.every(head => head.seed) ? inputs() : [];
  find("sweep").hidden = list.length === 0 || list.length > mostElements;
  if (find("sweep").hidden) return;
  const options = () => list.map(({ node, index, name }) => new Option(name, `${index} ${node.name}`));
  find("sweep-x").replaceChildren(...options());
  find("sweep-y").replaceChildren(new Option("–", ""), ...options());
  const x = findInput(list, swept.x) ?? list.find(({ node }) => node.gradient) ?? list[0];
  swept.x = { name: x.node.name, index: x.index };
  find("sweep-x").value = `${x.index} ${x.node.name}`;
  const y = swept.y && findInput(list, swept.y);
  if (!y || y === x) swept.y = null;
  find("sweep-y").value = swept.y ? `${y.index} ${y.node.name}` : "";
  later();
}

// While a number is dragged the curve waits.
function later() {
  clearTimeout(timers.sweep);
  timers.sweep = setTimeout(drawSweep, patience);
}

async function drawSweep() {
  const list = inputs();
  const [x, y] = [findInput(list, swept.x), swept.y && findInput(list, swept.y)];
  if (!x || !graph.heads.every(head => gradients[head.node])) return;
  const shown = graph;
  const [xs, ys] = [range(x, y ? mapSide : curvePoints), y ? range(y, mapSide) : []];
  const places = y
    ? { names: [x.node.name, y.node.name], indices: [x.index, y.index], points: ys.flatMap(high => xs.flatMap(wide => [wide, high])) }
    : { names: [x.node.name], indices: [x.index], points: [...xs, x.value] };
  // Another expression may have come meanwhile, which does not know these names.
  const answer = await host.sweep(places);
  if (!answer || shown !== graph) return;
  const sums = answer.map(sum => sum ?? NaN);
  if (y) drawSurface(x, y, xs, ys, sums);
  else {
    const value = sums.pop();
    const slope = slopeOf(x);
    drawCurve(find("surface"), { xs, ys: sums, now: x.value, value, slope, xName: x.name, yName: headsName() });
    const key = Number.isFinite(value) && Number.isFinite(slope) ? "sweep.told" : "sweep.none";
    find("sweep-text").textContent = text(key, { head: headsName(), name: x.name, value: numberText(value), slope: numberText(slope) });
  }
}

function drawSurface(x, y, xs, ys, sums) {
  const svg = find("surface");
  svg.replaceChildren();
  const [width, height, left, below] = [360, 200, 46, 30];
  const [across, down] = [(width - left - 70) / mapSide, (height - below - 10) / mapSide];
  const finite = sums.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  sums.forEach((sum, place) => {
    const [column, row] = [place % mapSide, Math.floor(place / mapSide)];
    const share = Number.isFinite(sum) ? (sum - low) / (high - low || 1) : 0;
    draw(svg, "rect", Number.isFinite(sum) ? "level" : "nothing", {
      x: left + column * across, y: height - below - (row + 1) * down, width: across + .3, height: down + .3, "fill-opacity": (0.06 + 0.94 * share).toFixed(2),
    });
  });
  const middle = [left + mapSide * across / 2, height - below - mapSide * down / 2];
  // Downhill, in the units of the picture.
  const way = [-slopeOf(x) * reachOf(x), slopeOf(y) * reachOf(y)];
  const length = Math.hypot(...way);
  if (length > 0) {
    const tip = [0, 1].map(axis => middle[axis] + way[axis] / length * 34);
    draw(svg, "path", "downhill", { d: `M${middle.join(" ")}L${tip.join(" ")}` });
    const [dx, dy] = way.map(part => part / length);
    draw(svg, "path", "downhill-tip", { d: `M${tip[0] + dx * 8} ${tip[1] + dy * 8}l${-dx * 11 - dy * 5} ${-dy * 11 + dx * 5}l${dy * 10} ${-dx * 10}z` });
  }

  draw(svg, "circle", "truth-point", { cx: middle[0], cy: middle[1], r: 4.5 });
  const tick = (kind, px, py, words) => draw(svg, "text", `tick ${kind}`, { x: px, y: py }, words);
  tick("start", left, height - below + 12, numberText(Number(xs[0].toPrecision(4))));
  tick("end", left + mapSide * across, height - below + 12, numberText(Number(xs.at(-1).toPrecision(4))));
  tick("middle axis-name", middle[0], height - 6, x.name);
  tick("end", left - 4, height - below - 1, numberText(Number(ys[0].toPrecision(4))));
  tick("end", left - 4, 18, numberText(Number(ys.at(-1).toPrecision(4))));
  tick("end axis-name", left - 8, middle[1] + 4, y.name);
  // What dark and light mean.
  [0, .25, .5, .75, 1].forEach((share, index) => {
    draw(svg, "rect", "level", { x: width - 62, y: height - below - 20 - index * 26, width: 12, height: 20, "fill-opacity": 0.06 + 0.94 * share });
    tick("start", width - 46, height - below - 6 - index * 26, numberText(Number((low + share * (high - low)).toPrecision(3))));
  });
  find("sweep-text").textContent = text("sweep.map", { head: headsName(), x: x.name, y: y.name, dx: numberText(slopeOf(x)), dy: numberText(slopeOf(y)) });
}

export function chooseSwept(name, index) {
  if (swept.y?.name === name && swept.y.index === index) return;
  swept.x = { name, index };
}

export function startSweep() {
  const read = id => {
    const [, index, name] = /^(\d+) (.*)$/.exec(find(id).value) ?? [];
    return name ? { name, index: Number(index) } : null;
  };
  find("sweep-x").onchange = () => { swept.x = read("sweep-x"); loadSweep(); };
  find("sweep-y").onchange = () => { swept.y = read("sweep-y"); loadSweep(); };
}
