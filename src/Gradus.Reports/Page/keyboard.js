// The keyboard on a chart: all that the pointer can do.
import { linesOn, setLog } from "./chart.js";
import { placeOf } from "./curves.js";
import { resetRange, setCross, setRange, view, zoomAround } from "./view.js";

// The next recorded step in a direction, at least so far away; the last one if there is none.
function nextStep(plot, direction, distance) {
  const from = view.at ?? (direction > 0 ? view.from - 1 : view.to + 1);
  const found = linesOn(plot).map(({ steps }) => {
    const place = direction > 0 ? placeOf(steps, from + distance) : placeOf(steps, from - distance + 1) - 1;
    return steps[Math.max(0, Math.min(steps.length - 1, place))];
  }).filter(step => direction > 0 ? step > from : step < from);
  return found.length ? (direction > 0 ? Math.min(...found) : Math.max(...found)) : NaN;
}

// Moves the cross-hair, and what is seen with it.
function moveTo(step) {
  if (!Number.isFinite(step)) return;
  const width = view.to - view.from;
  if (step < view.from) setRange(step - width / 10, step + width * .9);
  if (step > view.to) setRange(step - width * .9, step + width / 10);
  setCross(step);
}

export function startKeyboard(plot) {
  const center = () => view.at !== null && view.at >= view.from && view.at <= view.to ? view.at : (view.from + view.to) / 2;
  const far = event => event.shiftKey ? Math.max(1, Math.round((view.to - view.from) / 10)) : 1;
  const acts = {
    ArrowRight: event => moveTo(nextStep(plot, 1, far(event))),
    ArrowLeft: event => moveTo(nextStep(plot, -1, far(event))),
    Home: () => moveTo(Math.min(...linesOn(plot).map(({ steps }) => steps[0]))),
    End: () => moveTo(Math.max(...linesOn(plot).map(({ steps }) => steps.at(-1)))),
    "+": () => zoomAround(center(), .5),
    "=": () => zoomAround(center(), .5),
    "-": () => zoomAround(center(), 2),
    "−": () => zoomAround(center(), 2),
    l: () => setLog(plot, !plot.isLog),
    r: resetRange,
    Escape: () => setCross(null),
  };
  plot.svg.onkeydown = event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
}
