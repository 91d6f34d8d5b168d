// The pointer on a chart: it moves the cross-hair, a drag zooms, the wheel zooms a chart that has the focus, a double click shows all.
import { nearest } from "./curves.js";
import { draw } from "./elements.js";
import { linesOn } from "./chart.js";
import { isWhole, resetRange, setCross, setRange, view, zoomAround } from "./view.js";

// The step under the pointer.
function stepAt({ svg, frame }, event) {
  const across = event.clientX - svg.getBoundingClientRect().left;
  const share = (across - frame.box.left) / (frame.box.right - frame.box.left);
  return view.from + Math.max(0, Math.min(1, share)) * (view.to - view.from);
}

// The recorded step that is nearest to one.
function recorded(plot, step) {
  const near = linesOn(plot).map(({ steps }) => steps[nearest(steps, step)]);
  return near.reduce((best, other) => Math.abs(other - step) < Math.abs(best - step) ? other : best, near[0]);
}

export function startPointer(plot) {
  const { svg } = plot;
  let start = null;
  svg.onpointerdown = event => {
    svg.focus({ preventScroll: true });
    if (!plot.frame || event.button !== 0 || event.pointerType === "touch") return;
    start = { x: event.clientX, step: stepAt(plot, event) };
    svg.setPointerCapture(event.pointerId);
  };
  svg.onpointermove = event => {
    if (!plot.frame) return;
    const step = stepAt(plot, event);
    setCross(recorded(plot, step));
    svg.querySelector(".chosen")?.remove();
    if (!start) return;
    const [from, to] = [start.step, step].sort((one, other) => one - other).map(plot.frame.x);
    draw(svg, "rect", "chosen", { x: from, y: plot.frame.box.top, width: to - from, height: plot.frame.box.bottom - plot.frame.box.top });
  };
  svg.onpointerup = event => {
    svg.querySelector(".chosen")?.remove();
    if (!start) return;
    const [from, to] = [start.step, stepAt(plot, event)].sort((one, other) => one - other);
    const isDragged = Math.abs(event.clientX - start.x) > 4;
    start = null;
    if (isDragged) setRange(from, to);
  };
  svg.onpointercancel = () => {
    start = null;
    svg.querySelector(".chosen")?.remove();
  };
  svg.onpointerleave = () => {
    if (!start && document.activeElement !== svg) setCross(null);
  };
  svg.ondblclick = resetRange;
  // A wheel that only passes over a chart scrolls the page.
  svg.addEventListener("wheel", event => {
    if (!plot.frame || (document.activeElement !== svg && !event.ctrlKey) || (event.deltaY > 0 && isWhole())) return;
    event.preventDefault();
    zoomAround(stepAt(plot, event), Math.exp(Math.max(-100, Math.min(100, event.deltaY)) / 300));
  }, { passive: false });
}
