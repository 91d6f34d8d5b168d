// What all charts show alike: the steps that are seen, the step of the cross-hair, and how much is smoothed. Other modules read it, and change it by these.
import { whole } from "./curves.js";

export const view = { from: whole.from, to: whole.to, at: null, window: 1 };

const watchers = { range: [], cross: [] };

export const watch = (change, act) => watchers[change].push(act);

const notify = change => watchers[change].forEach(act => act());

export const isWhole = () => view.from <= whole.from && view.to >= whole.to;

export function setRange(from, to) {
  const width = Math.min(Math.max(to - from, 2), whole.to - whole.from);
  view.from = Math.max(whole.from, Math.min(from, whole.to - width));
  view.to = view.from + width;
  notify("range");
}

export const resetRange = () => setRange(whole.from, whole.to);

// A factor below 1 shows fewer steps; the one in the center keeps its place.
export function zoomAround(center, factor) {
  setRange(center - (center - view.from) * factor, center + (view.to - center) * factor);
}

export function setCross(step) {
  view.at = step;
  notify("cross");
}

export function setWindow(steps) {
  view.window = steps;
  notify("range");
}
