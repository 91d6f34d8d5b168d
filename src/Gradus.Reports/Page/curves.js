// The curves: the lines of each chart, several of each run, and what is known of all of them.
import { find } from "./elements.js";

export const { runs, charts } = JSON.parse(find("curve-data").textContent);

const ends = charts.flatMap(chart => chart.lines).filter(line => line.steps.length > 0).map(line => [line.steps[0], line.steps.at(-1)]);

// The first and the last step of all.
export const whole = { from: Math.min(...ends.map(([from]) => from)), to: Math.max(...ends.map(([, to]) => to)) };

// The place of the first step that is not below one; the number of steps if there is none.
export function placeOf(steps, step) {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The place of the step that is nearest to one.
export function nearest(steps, step) {
  const place = placeOf(steps, step);
  if (place === 0) return 0;
  return place < steps.length && steps[place] - step < step - steps[place - 1] ? place : place - 1;
}
