// What the network gives over the plane, with the points, and the loss of every step.
import { colorOf, draw, numberText } from "./elements.js";
import { paintPlane } from "./maps.js";
import { text } from "./strings.js";

/** Half of the side of the plane that is shown. */
export const reach = 1.3;

/** @typedef {{ points: number[], targets: number[], trained: number, classification: boolean }} PointSet */

/** Where a point lies on a square. @param {number} side @param {number} x1 @param {number} x2 */
const placeOf = (side, x1, x2) => [(x1 / reach + 1) / 2 * side, (1 - x2 / reach) / 2 * side];

/** The point of the plane under the pointer. @param {HTMLCanvasElement} canvas @param {{ clientX: number, clientY: number }} event */
export function planeAt(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [((clientX - left) / width * 2 - 1) * reach, (1 - (clientY - top) / height * 2) * reach];
}

/**
 * Draws what the network gives over the plane, and the points; as sharp as the screen is.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} map
 * @param {number} size
 * @param {PointSet} data
 * @param {{ side: number, marked?: number|null, cursor?: number[]|null }} how
 */
export function drawPlane(canvas, map, size, data, { side, marked = null, cursor = null }) {
  const pixels = Math.round(side * (window.devicePixelRatio || 1));
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext("2d");
  context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
  paintPlane(context, map, size, side);
  const radius = (data.targets.length > 600 ? 2.2 : 3.4) * side / 320;
  data.targets.forEach((target, index) => drawPoint(context, side, radius, data, index, target));
  if (marked !== null && marked < data.targets.length) markPoint(context, side, 2.2 * radius, data, marked);
  drawAxes(context, side);
  if (cursor) drawCursor(context, side, cursor);
}

const colorOfTarget = (data, target) => colorOf((data.classification ? target > 0.5 : target > 0) ? "backward" : "forward");

// Of those that are not trained on there is a ring alone.
function drawPoint(context, side, radius, data, index, target) {
  const [x, y] = placeOf(side, data.points[2 * index], data.points[2 * index + 1]);
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = colorOfTarget(data, target);
  context.globalAlpha = data.classification ? 1 : 0.25 + 0.75 * Math.min(1, Math.abs(target));
  if (index < data.trained) context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = index < data.trained ? colorOf("card") : context.fillStyle;
  context.lineWidth = 1.3;
  context.stroke();
}

function markPoint(context, side, radius, data, index) {
  const [x, y] = placeOf(side, data.points[2 * index], data.points[2 * index + 1]);
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = colorOfTarget(data, data.targets[index]);
  context.fill();
  context.strokeStyle = colorOf("ink");
  context.lineWidth = 3;
  context.stroke();
}

// Numbers along two edges, each on a halo of the ground.
function drawAxes(context, side) {
  context.font = "11px sans-serif";
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = colorOf("card");
  context.fillStyle = colorOf("ink");
  const write = (words, x, y, align) => {
    context.textAlign = align;
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
  };
  for (const number of [-1, 0, 1]) {
    const [x, y] = placeOf(side, number, number);
    write(numberText(number), x, side - 5, "center");
    if (number) write(numberText(number), 5, y + 4, "left");
  }
  write("x₁", side - 6, side - 5, "right");
  write("x₂", 5, 13, "left");
}

function drawCursor(context, side, [x1, x2]) {
  const [x, y] = placeOf(side, x1, x2);
  for (const [color, width] of [["card", 5], ["ink", 2]]) {
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 13 * dx, y + 13 * dy);
    }
    context.strokeStyle = colorOf(color);
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * The point nearest to a place of the plane, if one is near.
 * @param {number[]} points
 * @param {number[]} place
 * @param {number} [within]
 * @returns {number|null}
 */
export function pointAt(points, [x1, x2], within = 0.12) {
  let [nearest, least] = [null, within];
  for (let index = 0; index < points.length / 2; index++) {
    const distance = Math.hypot(points[2 * index] - x1, points[2 * index + 1] - x2);
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

const chart = { width: 320, height: 150, left: 40, right: 8, top: 8, bottom: 22 };

/** The next larger of 1, 2, 5, 10, …; also below 1. @param {number} number */
function roundUp(number) {
  const ten = 10 ** Math.floor(Math.log10(number));
  return ten * [1, 2, 5, 10].find(step => step * ten >= number * 0.9999);
}

/**
 * A curve of losses with numbers at its axes, and one of held-out points where they were measured.
 * @param {SVGElement} svg
 * @param {(number|null)[]} losses One of each step.
 * @param {Map<number, number>} tests The loss of held-out points, by step.
 * @param {number|null} step Where one is.
 * @param {number} [top] The greatest that is shown.
 */
export function drawLosses(svg, losses, tests, step, top) {
  const { width, height, left, right, top: above, bottom } = chart;
  const held = [...tests].filter(([, loss]) => loss !== null).sort(([one], [other]) => one - other);
  const most = roundUp(top ?? (losses.length ? Math.max(1e-9, ...finite(losses), ...held.map(([, loss]) => loss)) : 1));
  const last = Math.max(losses.length, step ?? 0, 10);
  const x = at => left + at / last * (width - left - right);
  const y = loss => above + (1 - Math.min(loss, most) / most) * (height - above - bottom);
  const word = (words, at, down, anchor) => { const label = draw("text", { x: at, y: down, "text-anchor": anchor }); label.textContent = words; return label; };
  const stride = roundUp(last / 4);
  const steps = Array.from({ length: Math.floor(last / stride) + 1 }, (_, index) => index * stride);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(
    ...[0, most / 2, most].flatMap(loss => [draw("path", { d: `M${left} ${y(loss)}H${width - right}`, class: "rule" }),
      word(numberText(loss, 2), left - 5, y(loss) + 4, "end")]),
    ...steps.map(at => word(numberText(at), x(at), height - 7, "middle")),
    ...step === null ? [] : [draw("path", { d: `M${x(step)} ${above}V${height - bottom}`, class: "now" })],
    draw("polyline", { points: thinned(losses.map((loss, at) => [at, loss])).map(([at, loss]) => `${x(at)},${y(loss)}`).join(" "), class: "train" }),
    draw("polyline", { points: thinned(held).map(([at, loss]) => `${x(at)},${y(loss)}`).join(" "), class: "test" }),
    ...losses.length ? [] : [word(text("loss.empty"), (left + width) / 2, height / 2 - 4, "middle")]);
}

const finite = losses => thinned(losses.map((loss, at) => [at, loss])).map(([, loss]) => loss);

// Of many steps the least and the greatest of each of three hundred columns.
function thinned(pairs) {
  const known = pairs.filter(([, loss]) => loss !== null);
  const stride = Math.ceil(known.length / 300);
  if (stride <= 2) return known;
  return Array.from({ length: Math.ceil(known.length / stride) }, (_, column) => {
    const some = known.slice(column * stride, (column + 1) * stride);
    const sorted = [...some].sort(([, one], [, other]) => one - other);
    return [sorted[0], sorted.at(-1)].sort(([one], [other]) => one - other);
  }).flat();
}
