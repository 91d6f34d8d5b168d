// A chart: its lines, the legend that switches them, and the cross-hair with the values at its step.
import { drawAxes, scaleOf, stepText, tickText, ticksOf } from "./axes.js";
import { nearest, runs } from "./curves.js";
import { draw } from "./elements.js";
import { isDrawn, layersOf, pathsOf, rangeOf } from "./lines.js";
import { view } from "./view.js";

const made = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

export const colorOf = line => runs.length > 1 ? `run${line.run % 6}` : line.name.startsWith("validation") ? "second" : "first";

export const nameOf = line => runs.length > 1 ? `${runs[line.run].name}, ${line.name}` : line.name;

export function makeChart(chart) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "plot");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", `${chart.title} by step`);
  svg.setAttribute("aria-describedby", "keys");
  const log = made("button", { type: "button", className: "small", textContent: "Log", title: "Logarithmic scale (L)" });
  log.setAttribute("aria-label", `${chart.title} on a logarithmic scale`);
  const output = made("output", { className: "values" });
  output.setAttribute("aria-live", "polite");
  const legend = made("div", { className: "series" });
  legend.setAttribute("role", "group");
  legend.setAttribute("aria-label", `Lines of ${chart.title}`);
  const figure = made("figure", { className: "chart card", id: `chart-${chart.id}` },
    made("div", { className: "titled" }, made("h3", { textContent: chart.title }), log), svg, output, legend);
  const plot = { chart, svg, figure, output, log, isLog: false, isOn: chart.lines.map(() => true), frame: null };
  log.onclick = () => setLog(plot, !plot.isLog);
  chart.lines.forEach((line, index) => {
    const box = made("input", { type: "checkbox", checked: true, id: `${chart.id}-${index}` });
    box.onchange = () => {
      plot.isOn[index] = box.checked;
      drawPlot(plot);
    };
    legend.append(made("label", { className: colorOf(line) }, box, made("i", { className: line.marked ? "swatch marked" : "swatch" }), nameOf(line)));
  });
  setLog(plot, false);
  return plot;
}

export function setLog(plot, isLog) {
  plot.isLog = isLog;
  plot.log.setAttribute("aria-pressed", isLog);
  drawPlot(plot);
}

export const linesOn = plot => plot.chart.lines.filter((line, index) => plot.isOn[index] && line.steps.length > 0);

export function drawPlot(plot) {
  const { svg, isLog } = plot;
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0) return;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  const layers = linesOn(plot).flatMap(layersOf);
  const range = rangeOf(layers, isLog);
  plot.frame = null;
  if (!range) {
    draw(svg, "text", "tick middle", { x: width / 2, y: height / 2 }, isLog && layers.length ? "Nothing above zero to draw here" : "Nothing to draw here");
    drawCross(plot);
    return;
  }
  const ticks = ticksOf(...range, Math.max(3, Math.floor(height / 60)), isLog);
  const left = 20 + 6.6 * Math.max(...ticks.map(tick => tickText(tick, plot.chart.unit).length));
  const box = { left, right: width - 10, top: 8, bottom: height - 26 };
  const x = scaleOf([view.from, view.to], [box.left, box.right]);
  const y = scaleOf(range, [box.bottom, box.top], isLog);
  const across = ticksOf(view.from, view.to, Math.max(2, Math.floor((box.right - left) / 75))).filter(Number.isInteger);
  drawAxes(svg, { box, x, y, across, below: ticks, unit: plot.chart.unit });
  const clip = draw(svg, "clipPath", "", { id: `clip-${plot.chart.id}` });
  draw(clip, "rect", "", { x: box.left - 5, y: 0, width: box.right - box.left + 10, height: box.bottom + 5 });
  const inside = draw(svg, "g", "", { "clip-path": `url(#clip-${plot.chart.id})` });
  for (const layer of layers) {
    const { path, points, gaps } = pathsOf(layer, x, y, isLog, box.bottom);
    const color = colorOf(layer.line);
    const dash = layer.line.marked && runs.length > 1 ? " dashed" : "";
    draw(inside, "path", `curve ${color} ${layer.kind}${dash}`, { d: path });
    if (points) draw(inside, "path", `points ${color}`, { d: points });
    if (gaps) draw(inside, "path", "gaps", { d: gaps });
  }
  plot.frame = { box, x, y, layers };
  drawCross(plot);
}

// The step of the cross-hair, and what each line has there: of a line of few steps the nearest, and which that is.
export function drawCross(plot) {
  plot.svg.querySelectorAll(".cross, .dot").forEach(shape => shape.remove());
  plot.output.replaceChildren();
  if (!plot.frame) return;
  const { box, x, y, layers } = plot.frame;
  const step = view.at ?? view.to;
  const isSeen = view.at !== null && view.at >= view.from && view.at <= view.to;
  if (isSeen) draw(plot.svg, "path", "cross", { d: `M${x(view.at).toFixed(1)} ${box.top}V${box.bottom}` });
  const texts = layers.map(layer => {
    const place = nearest(layer.steps, step);
    const [at, value] = [layer.steps[place], layer.values[place]];
    const color = colorOf(layer.line);
    if (isSeen && isDrawn(value, plot.isLog)) draw(plot.svg, "circle", `dot ${color}`, { cx: x(at).toFixed(1), cy: y(value).toFixed(1), r: 4 });
    const text = value === null ? "not finite" : tickText(value, plot.chart.unit);
    const where = at !== Math.round(step) && layer.kind !== "smooth" ? ` at ${stepText(at)}` : "";
    const name = runs.length > 1 ? `${runs[layer.line.run].name}, ${layer.name}` : layer.name;
    return made("span", { className: color }, `${name} `, made("b", { textContent: text }), where);
  });
  plot.output.append(made("span", {}, view.at === null ? "at the end" : `step ${stepText(Math.round(step))}`), ...texts);
}
