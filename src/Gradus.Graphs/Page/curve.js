// The heads' sum as the input moves, and its tangent, which the gradient is the slope of.
import { draw, find } from "./elements.js";
import { changesOf, movedBy, scaleOf } from "./prediction.js";
import { nudge } from "./state.js";

export function drawCurve(rows) {
  const [width, height, edge] = [360, 180, 14];
  const last = rows.at(-1);
  find("curve").replaceChildren();
  if (!last || !Number.isFinite(last.gradient)) return;
  const scale = scaleOf();
  const reach = Math.max(scale, Math.abs(nudge.step));
  const now = movedBy(0).values;
  const points = Array.from({ length: 61 }, (_, index) => (index - 30) / 30 * reach)
    .map(step => ({ step, change: changesOf(step, now).at(-1).change })).filter(point => Number.isFinite(point.change));
  const tangent = [-reach, reach].map(step => last.gradient * step);
  const all = [...points.map(point => point.change), ...tangent, last.change].filter(Number.isFinite);
  const [low, high] = [Math.min(...all, 0), Math.max(...all, 0)];
  const x = step => edge + (step + reach) / (2 * reach) * (width - 2 * edge);
  const y = change => height - edge - (high > low ? (change - low) / (high - low) : .5) * (height - 2 * edge);
  const add = (...shape) => draw(find("curve"), ...shape);
  add("path", "axis", { d: `M${edge} ${y(0)}H${width - edge}M${x(0)} ${edge}V${height - edge}` });
  add("path", "tangent", { d: `M${x(-reach)} ${y(tangent[0])}L${x(reach)} ${y(tangent[1])}` });
  add("path", "truth", { d: points.map((point, index) => `${index ? "L" : "M"}${x(point.step).toFixed(1)} ${y(point.change).toFixed(1)}`).join("") });
  if (!nudge.step) return add("circle", "truth-point", { cx: x(0), cy: y(0), r: 5 });
  add("circle", "tangent-point", { cx: x(nudge.step), cy: y(last.predicted), r: 5 });
  if (!Number.isFinite(last.change)) return;
  add("path", "between", { d: `M${x(nudge.step)} ${y(last.predicted)}V${y(last.change)}` });
  add("circle", "truth-point", { cx: x(nudge.step), cy: y(last.change), r: 5 });
}
