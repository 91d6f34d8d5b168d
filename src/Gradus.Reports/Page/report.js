// The beginning: the charts with what moves them, and the switches of the page.
import { drawCross, drawPlot, makeChart } from "./chart.js";
import { charts, whole } from "./curves.js";
import { find } from "./elements.js";
import { startKeyboard } from "./keyboard.js";
import { startPointer } from "./pointer.js";
import { drawScatter } from "./scatter.js";
import { startTheme } from "./theme.js";
import { isWhole, resetRange, setWindow, view, watch, zoomAround } from "./view.js";
import { stepText } from "./axes.js";

startTheme();

const plots = charts.map(makeChart);
find("charts").append(...plots.map(plot => plot.figure));
plots.forEach(plot => {
  startPointer(plot);
  startKeyboard(plot);
});

const showRange = () => {
  plots.forEach(drawPlot);
  find("reset").setAttribute("aria-disabled", isWhole());
  find("range").textContent = plots.length ? `steps ${stepText(Math.round(view.from))} to ${stepText(Math.round(view.to))}` : "";
};
watch("range", showRange);
watch("cross", () => plots.forEach(drawCross));

// From one step to a quarter of the run, by factors.
const windowOf = () => Math.max(1, Math.round(((whole.to - whole.from) / 4) ** (find("smoothing").value / 100)));
find("smoothing").oninput = () => {
  find("window").textContent = windowOf() > 1 ? `over ${stepText(windowOf())} steps` : "none";
  setWindow(windowOf());
};
find("nearer").onclick = () => zoomAround((view.from + view.to) / 2, .5);
find("farther").onclick = () => zoomAround((view.from + view.to) / 2, 2);
find("reset").onclick = resetRange;

// To begin with, about a hundredth of the run.
if (plots.length) {
  const length = whole.to - whole.from;
  find("smoothing").value = length > 200 ? 100 * Math.log(length / 100) / Math.log(length / 4) : 0;
  find("smoothing").oninput();
}

const shares = find("shares");
if (shares) shares.onclick = () => shares.setAttribute("aria-pressed", find("confusion").classList.toggle("as-shares"));

new ResizeObserver(showRange).observe(find("charts"));
if (find("scatter")) new ResizeObserver(drawScatter).observe(find("scatter"));

// On paper all of it.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(details => details.open = true));
