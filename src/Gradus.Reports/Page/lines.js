// From the lines of a chart to what is drawn of them: the points that are seen, the range of their values, and paths.
import { placeOf } from "./curves.js";
import { smoothed } from "./smooth.js";
import { view } from "./view.js";

// What is drawn of a line: the line itself, and, where its steps are noisy, itself smoothed over it.
export function layersOf(line) {
  const isSmoothed = line.noisy && view.window > 1;
  const raw = { line, steps: line.steps, values: line.values, kind: isSmoothed ? "raw" : "", name: line.name };
  return isSmoothed ? [raw, { line, ...smoothed(line.means ?? line, view.window), kind: "smooth", name: `${line.name}, smoothed` }] : [raw];
}

// Whether a value has a place on the scale.
export const isDrawn = (value, isLog) => value !== null && (!isLog || value > 0);

// The first and the last place that are needed to draw what is seen, one beyond each end.
function seen({ steps }) {
  return [Math.max(0, placeOf(steps, view.from) - 1), Math.min(steps.length, placeOf(steps, view.to) + 1)];
}

// The lowest and the highest value, with some room around; null if there is none.
export function rangeOf(layers, isLog) {
  let [low, high] = [Infinity, -Infinity];
  for (const layer of layers) {
    const [first, last] = seen(layer);
    for (let place = first; place < last; place++) {
      const value = layer.values[place];
      if (!isDrawn(value, isLog) || layer.steps[place] < view.from || layer.steps[place] > view.to) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return null;
  if (low === high) return isLog ? [low / 2, high * 2] : low === 0 ? [-1, 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
  const room = isLog ? (high / low) ** .05 : (high - low) * .05;
  return isLog ? [low / room, high * room] : [low >= 0 && low < room * 4 ? 0 : low - room, high + room];
}

// A path that is broken where a value is missing; points with nothing beside them, and those of a line of few; and crosses where a value is not finite.
export function pathsOf(layer, x, y, isLog, bottom) {
  const [first, last] = seen(layer);
  const areMarked = layer.line.marked && last - first <= 80;
  let [path, points, gaps, isDown] = ["", "", "", false];
  for (let place = first; place < last; place++) {
    const [step, value] = [layer.steps[place], layer.values[place]];
    const across = x(step).toFixed(1);
    if (!isDrawn(value, isLog)) {
      isDown = false;
      if (value === null && layer.kind !== "smooth") gaps += `M${across} ${bottom - 9}m-3 0l6 6m0-6l-6 6`;
      continue;
    }
    path += `${isDown ? "L" : "M"}${across} ${y(value).toFixed(1)}`;
    const isAlone = !isDown && (place + 1 === layer.steps.length || !isDrawn(layer.values[place + 1], isLog));
    if (areMarked || isAlone) points += `M${across} ${y(value).toFixed(1)}h0`;
    isDown = true;
  }
  return { path, points, gaps };
}
