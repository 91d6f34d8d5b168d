// Predictions against targets; on the line they are equal.
import { drawAxes, scaleOf, tickText, ticksOf } from "./axes.js";
import { draw, find } from "./elements.js";

export function drawScatter() {
  const svg = find("scatter");
  if (!svg) return;
  const points = JSON.parse(find("scatter-data").textContent);
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0) return;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  const numbers = points.flat();
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (high - low) * .04 || 1;
  const range = [low - room, high + room];
  const ticks = ticksOf(...range, 5);
  const box = { left: 20 + 6.6 * Math.max(...ticks.map(tick => tickText(tick).length)), right: width - 10, top: 26, bottom: height - 44 };
  const [x, y] = [scaleOf(range, [box.left, box.right]), scaleOf(range, [box.bottom, box.top])];
  drawAxes(svg, { box, x, y, across: ticksOf(...range, Math.max(2, Math.floor(width / 110))), below: ticks, acrossText: tickText });
  draw(svg, "text", "tick middle", { x: (box.left + box.right) / 2, y: height - 6 }, "target");
  draw(svg, "text", "tick", { x: 2, y: 13 }, "prediction");
  draw(svg, "path", "equal", { d: `M${x(range[0])} ${y(range[0])}L${x(range[1])} ${y(range[1])}` });
  draw(svg, "path", "spots", { d: points.map(([target, prediction]) => `M${x(target).toFixed(1)} ${y(prediction).toFixed(1)}h0`).join("") });
}
