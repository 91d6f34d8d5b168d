// What the gradient predicts for the heads as an input is moved, and what truly happens.
import { replay, weighted } from "./graph.js";
import { enabled, graph, nudge } from "./state.js";

// One hundredth of this is a step of an arrow key.
export const scaleOf = () => Math.abs(graph.nodes[nudge.id].run.value.data[nudge.index]) || 1;

export const movedBy = step => {
  const { shape, data } = graph.nodes[nudge.id].run.value;
  return replay(nudge.id, { shape, data: data.map((number, index) => index === nudge.index ? number + step : number) });
};

// The change of each head and of all of them: by the gradient of the engine, and by computing again. Where it starts from is computed
// here too, so that the engine's other rounding is no part of the change.
export function changesOf(step, now = movedBy(0).values) {
  const { values } = movedBy(step);
  const rows = graph.heads.map((head, index) => {
    const gradient = nudge.gradients[nudge.id][index]?.data[nudge.index] ?? 0;
    return { index, before: weighted(head, now), after: weighted(head, values), gradient };
  }).filter(row => enabled[row.index]);
  const sum = key => rows.reduce((total, row) => total + row[key], 0);
  if (rows.length > 1) rows.push({ before: sum("before"), after: sum("after"), gradient: sum("gradient") });
  return rows.map(row => ({ ...row, predicted: row.gradient * step, change: row.after - row.before }));
}
