// What a head gives as an input moves, and the tangent, whose slope is the gradient.
import { draw } from "./elements.js";
import { numberText } from "./numbers.js";
import { linearTicks } from "./ticks.js";

const [width, height, left, right, above, below] = [360, 200, 52, 14, 12, 34];
const mostTicks = 4;

/* The axes have names and numbers. { xs, ys } is the curve; `now` the place of the input, `value` and `slope` the head's value and gradient there;
   `moved`, where it is given, a place that the input was moved to, with what is predicted and what is true. */
export function drawCurve(svg, { xs, ys, now, value, slope, xName, yName, moved }) {
  svg.replaceChildren();
  const points = xs.map((x, index) => [x, ys[index]]).filter(([, y]) => Number.isFinite(y));
  if (points.length < 2 || !Number.isFinite(slope)) return;
  const tangent = [xs[0], xs.at(-1)].map(x => [x, value + slope * (x - now)]);
  // The tangent may leave the picture: the curve says how high it is.
  const heights = [...points.map(([, y]) => y), value, ...moved ? [moved.predicted, moved.value].filter(Number.isFinite) : []];
  let [low, high] = [Math.min(...heights), Math.max(...heights)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  [low, high] = [low - room, high + room];
  const px = x => left + (x - xs[0]) / (xs.at(-1) - xs[0]) * (width - left - right);
  const py = y => height - below - (y - low) / (high - low) * (height - above - below);
  const add = (...shape) => draw(svg, ...shape);
  const path = list => list.map(([x, y], index) => `${index ? "L" : "M"}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join("");
  const clip = `clip-${svg.id}`;
  const box = { x: left, y: above, width: width - left - right, height: height - above - below };
  draw(add("clipPath", "", { id: clip }), "rect", "", box);
  for (const x of linearTicks(xs[0], xs.at(-1), mostTicks)) {
    add("path", "axis", { d: `M${px(x)} ${above}V${height - below + 4}` });
    add("text", "tick middle", { x: px(x), y: height - below + 15 }, numberText(x));
  }
  for (const y of linearTicks(low, high, mostTicks)) {
    add("path", "axis", { d: `M${left - 4} ${py(y)}H${width - right}` });
    add("text", "tick end", { x: left - 7, y: py(y) + 3.5 }, numberText(y));
  }
  add("text", "tick middle axis-name", { x: (left + width - right) / 2, y: height - 5 }, xName);
  add("text", "tick middle axis-name", { x: 0, y: 0, transform: `translate(10 ${(above + height - below) / 2}) rotate(-90)` }, yName);
  add("path", "tangent", { d: path(tangent), "clip-path": `url(#${clip})` });
  add("path", "truth", { d: path(points) });
  add("circle", "truth-point", { cx: px(now), cy: py(value), r: 5 });
  if (!moved) return;
  add("circle", "tangent-point", { cx: px(moved.at), cy: py(moved.predicted), r: 5 });
  if (!Number.isFinite(moved.value)) return;
  add("path", "between", { d: `M${px(moved.at)} ${py(moved.predicted)}V${py(moved.value)}` });
  add("circle", "truth-point", { cx: px(moved.at), cy: py(moved.value), r: 5 });
}
