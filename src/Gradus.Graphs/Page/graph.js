// The graph of a view, computed again here: with other inputs, and through them backward.
import { countOf, plus } from "./arrays.js";
import { factorText } from "./numbers.js";
import { elementOf, evaluate, operationOf, total } from "./operations.js";
import { graph } from "./state.js";

// What is not finite is written as a word; of a tensor that is too large there is only a text.
const tensorOf = (shape, value) => value === null ? null : typeof value === "string" ? { shape, text: value } : { shape, data: value.map(Number) };

// Once for each view, from the texts of the page.
export function prepare(view) {
  if (view.isPrepared) return;
  view.isPrepared = true;
  view.nodes.forEach((node, id) => {
    node.id = id;
    node.value = tensorOf(node.shape, node.value);
    node.gradient = tensorOf(node.shape, node.gradient);
  });
  for (const head of view.heads) head.seed = tensorOf(view.nodes[head.node].shape, head.seed);
  for (const step of view.steps) step.parts = step.parts.map(part => tensorOf(view.nodes[step.target].shape, part));
  const values = view.nodes.map(node => node.value);
  for (const node of view.nodes) node.isComputable = node.kind === "operation" && agrees(node, inputsOf(node, values));
  const isKnown = node => node.kind === "operation" ? node.isComputable : node.value?.data;
  view.isLive = view.nodes.every(isKnown) && view.heads.every(head => head.seed?.data);
  // What the engine computed, to come back to after inputs were moved.
  for (const node of view.nodes) node.run = { value: node.value, gradient: node.gradient, local: node.local, numbers: node.numbers };
  for (const step of view.steps) step.run = { parts: step.parts };
}

export const inputsOf = (node, values = graph.nodes.map(other => other.value)) => node.inputs.map(input => values[input]);

// An operator of a network may have arguments that the table of operations does not know: only what gives the engine's value is computed here.
function agrees(node, inputs) {
  if (!operationOf(node) || !node.value?.data || !inputs.every(input => input?.data)) return false;
  const { data } = evaluate(node, inputs);
  const isClose = (x, y) => Object.is(x, y) || Math.abs(x - y) <= 1e-5 * Math.max(1, Math.abs(y));
  return data.every((number, index) => isClose(number, node.value.data[index]));
}

// All values of the run again with another in place of one.
export function replay(id, value) {
  const values = graph.nodes.map(node => node.run.value);
  const changed = new Set([id]);
  values[id] = value;
  for (const node of graph.nodes.slice(id + 1)) {
    if (!node.inputs.some(input => changed.has(input))) continue;
    values[node.id] = evaluate(node, inputsOf(node, values));
    changed.add(node.id);
  }
  return { values, changed };
}

// The graph with other values, and back-propagation through these: as if they had been given from the beginning. Without values, as the engine
// computed it.
export function setRun(values) {
  for (const part of [...graph.nodes, ...graph.steps]) Object.assign(part, part.run);
  if (!values) return;
  const elements = graph.nodes.map(node => node.kind !== "operation" ? []
    : Array.from({ length: countOf(node.shape) }, (_, index) => elementOf(node, inputsOf(node, values), index)));
  for (const node of graph.nodes) {
    node.value = values[node.id];
    if (node.numbers) node.numbers = numbersOf(node, inputsOf(node));
    const derivative = input => total(elements[node.id][0].local.filter((_, place) => elements[node.id][0].from[place].input === input));
    node.local = node.local.map((local, input) => local.number === null ? local : { ...local, number: derivative(input) });
  }

  const sums = graph.nodes.map(node => graph.heads.map(head => head.node === node.id ? head.seed : null));
  for (const step of graph.steps) {
    step.parts = step.parts.map((part, head) => part && pullBack(step, elements[step.node], sums[step.node][head]));
    step.parts.forEach((part, head) => sums[step.target][head] = plus(sums[step.target][head], part));
  }

  for (const node of graph.nodes) if (node.gradient) node.gradient = sums[node.id].reduce(plus, null) ?? node.gradient;
}

// What a gradient adds to that of an input: each element's, times its derivatives.
function pullBack(step, elements, upstream) {
  const { shape } = graph.nodes[step.target];
  const data = Array(countOf(shape)).fill(0);
  elements.forEach(({ from, local }, index) => from.forEach((part, place) => {
    if (part.input === step.input) data[part.index] += upstream.data[index] * local[place];
  }));
  return { shape, data };
}

// The operation with its inputs' values in place of their names.
function numbersOf(node, inputs) {
  const texts = inputs.map(factorText);
  if (node.infix) return texts.length === 2 ? texts.join(` ${node.infix} `) : node.infix + texts[0];
  return `${node.op}(${[...texts, ...node.axis === undefined ? [] : [node.axis]].join(", ")})`;
}

// What back-propagation from a head differentiates: its elements, each times the gradient it starts with.
export const weighted = (head, values) => head.seed.data.reduce((sum, seed, index) => sum + seed * values[head.node].data[index], 0);
