// The operations of expressions, element by element. Each says which elements of its inputs make an element of its result (window), what that
// element is (value), and its derivative with respect to each of them (local). Evaluating a graph and opening an operation into its scalars
// both read this table.
import { countOf, indexBroadcast, indexOf, placeOf } from "./arrays.js";

// One element of each input, by broadcasting.
const cell = (value, ...local) => ({
  kind: "cell",
  window(shapes, axis, shape, index) {
    const place = placeOf(index, shape);
    return { from: shapes.map((own, input) => ({ input, index: indexBroadcast(place, own) })) };
  },
  value: xs => value(...xs),
  local: (xs, z) => local.map(derivative => derivative(...xs, z)),
});

// Everything along an axis; of an operation that keeps the axis, `at` is the place on it.
const line = (value, local, fallback) => ({
  kind: "line",
  window([own], given, shape, index) {
    const axis = given ?? fallback;
    if (axis === undefined || own.length === 0) return { from: Array.from({ length: countOf(own) }, (_, index) => ({ input: 0, index })), at: index };
    const along = axis < 0 ? axis + own.length : axis;
    const place = placeOf(index, shape);
    const at = place[along];
    if (shape.length < own.length) place.splice(along, 0, 0);
    return { from: Array.from({ length: own[along] }, (_, step) => ({ input: 0, index: indexOf(place.with(along, step), own) })), at };
  },
  value,
  local,
});

// Products of pairs, added; and a bias, if there is one.
const pairs = (list, biasOf) => ({
  kind: "pairs",
  window(shapes, axis, shape, index) {
    const from = list(shapes, placeOf(index, shape)).flatMap(([x, y]) => [{ input: 0, index: x }, { input: 1, index: y }]);
    if (shapes.length > 2) from.push({ input: 2, index: biasOf(placeOf(index, shape)) });
    return { from };
  },
  value(xs) {
    let sum = 0;
    for (let index = 0; index < xs.length; index += 2) sum += xs[index] * (xs[index + 1] ?? 1);
    return sum;
  },
  local: xs => xs.map((_, index) => xs[index ^ 1] ?? 1),
});

// An element that only changes its place.
const move = source => ({
  kind: "move",
  window: (shapes, axis, shape, index) => ({ from: [source(shapes, placeOf(index, shape))] }),
  value: xs => xs[0],
  local: () => [1],
});

function productPairs([x, y], place) {
  const column = y.length > 1 ? [place.pop()] : [];
  const row = x.length > 1 ? [place.pop()] : [];
  return Array.from({ length: x.at(-1) }, (_, k) => [
    indexBroadcast(x.length > 1 ? [...place, ...row, k] : [k], x),
    indexBroadcast(y.length > 1 ? [...place, k, ...column] : [k], y),
  ]);
}

// A layer's weight has a row for each output.
function layerPairs([x, w], place) {
  const row = place.pop();
  return Array.from({ length: x.at(-1) }, (_, k) => [indexOf([...place, k], x), row * w[1] + k]);
}

function windowPairs([x, w], place) {
  const [, channels, height, width] = [1, 1, 1, 1, ...w].slice(-4);
  const [batch, out, row, column] = [0, 0, ...place].slice(-4);
  const [large, small] = [[1, 1, ...x].slice(-4), [1, 1, ...w].slice(-4)];
  const list = [];
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) list.push([indexOf([batch, c, row + i, column + j], large), indexOf([out, c, i, j], small)]);
    }
  }
  return list;
}

export const total = xs => xs.reduce((sum, x) => sum + x, 0);
const product = xs => xs.reduce((result, x) => result * x, 1);
const logSumExp = xs => {
  const largest = Math.max(...xs);
  return Number.isFinite(largest) ? largest + Math.log(total(xs.map(x => Math.exp(x - largest)))) : largest;
};
const softmax = xs => {
  const exponentials = xs.map(x => Math.exp(x - Math.max(...xs)));
  return exponentials.map(x => x / total(exponentials));
};
const sigmoid = x => x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
const density = x => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
const normal = x => (1 + erf(x / Math.SQRT2)) / 2;

// The series without alternating signs, which loses no digits; beyond 6 the rest is below the last one.
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) sum += term *= 2 * x * x / (2 * n + 1);
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

// Of equal ones each has an equal share.
const share = (x, y) => x > y ? 1 : x < y ? 0 : .5;
const extreme = choose => line(xs => choose(...xs), (xs, z) => xs.map(x => x === z ? 1 / xs.filter(other => other === z).length : 0));
const remainder = (x, y) => x % y !== 0 && (x % y < 0) !== (y < 0) ? x % y + y : x % y;
const power = cell((x, y) => x ** y, (x, y) => y * x ** (y === 0 ? 0 : y - 1), (x, y, z) => z * Math.log(x === 0 ? 1 : x));
const maximum = cell(Math.max, (x, y) => share(x, y), (x, y) => share(y, x));
const minimum = cell(Math.min, (x, y) => share(y, x), (x, y) => share(x, y));

const operations = {
  add: cell((x, y) => x + y, () => 1, () => 1),
  sub: cell((x, y) => x - y, () => 1, () => -1),
  mul: cell((x, y) => x * y, (x, y) => y, x => x),
  div: cell((x, y) => x / y, (x, y) => 1 / y, (x, y, z) => -z / y),
  floordiv: cell((x, y) => Math.floor(x / y), () => 0, () => 0),
  remainder: cell(remainder, () => 1, (x, y) => -Math.floor(x / y)),
  neg: cell(x => -x, () => -1),
  pow: power,
  exp: cell(Math.exp, (x, z) => z),
  expm1: cell(Math.expm1, Math.exp),
  log: cell(Math.log, x => 1 / x),
  log1p: cell(Math.log1p, x => 1 / (1 + x)),
  log2: cell(Math.log2, x => 1 / (x * Math.LN2)),
  log10: cell(Math.log10, x => 1 / (x * Math.LN10)),
  sqrt: cell(Math.sqrt, (x, z) => 1 / (2 * z)),
  square: cell(x => x * x, x => 2 * x),
  abs: cell(Math.abs, Math.sign),
  sign: cell(Math.sign, () => 0),
  floor: cell(Math.floor, () => 0),
  sin: cell(Math.sin, Math.cos),
  cos: cell(Math.cos, x => -Math.sin(x)),
  tan: cell(Math.tan, (x, z) => 1 + z * z),
  asin: cell(Math.asin, x => 1 / Math.sqrt(1 - x * x)),
  acos: cell(Math.acos, x => -1 / Math.sqrt(1 - x * x)),
  atan: cell(Math.atan, x => 1 / (1 + x * x)),
  sinh: cell(Math.sinh, Math.cosh),
  cosh: cell(Math.cosh, Math.sinh),
  tanh: cell(Math.tanh, (x, z) => 1 - z * z),
  sigmoid: cell(sigmoid, (x, z) => z * (1 - z)),
  softplus: cell(x => x > 20 ? x : Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), sigmoid),
  relu: cell(x => Math.max(x, 0), x => x > 0 ? 1 : 0),
  erf: cell(erf, x => 2 / Math.sqrt(Math.PI) * Math.exp(-x * x)),
  gelu: cell(x => x * normal(x), x => normal(x) + x * density(x)),
  silu: cell(x => x * sigmoid(x), x => sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
  maximum,
  minimum,
  sum: line(total, xs => xs.map(() => 1)),
  mean: line(xs => total(xs) / xs.length, xs => xs.map(() => 1 / xs.length)),
  prod: line(product, xs => xs.map((_, index) => product(xs.filter((_, other) => other !== index)))),
  softmax: line((xs, at) => softmax(xs)[at], (xs, z, at) => softmax(xs).map((p, index) => z * ((index === at ? 1 : 0) - p)), -1),
  logsoftmax: line((xs, at) => xs[at] - logSumExp(xs), (xs, z, at) => softmax(xs).map((p, index) => (index === at ? 1 : 0) - p), -1),
  logsumexp: line(logSumExp, softmax),
  matmul: pairs(productPairs),
  linear: pairs(layerPairs, place => place.at(-1)),
  conv2d: pairs(windowPairs, place => place.at(-3)),
  transpose: move(([own], place) => ({ input: 0, index: indexOf([...place.slice(0, -2), ...place.slice(-2).reverse()], own) })),
  stack: move((shapes, place) => ({ input: place[0], index: indexOf(place.slice(1), shapes[place[0]]) })),
};

// max and min go over one tensor or compare two.
export function operationOf(node) {
  if (node.op === "max") return node.inputs.length === 2 ? maximum : extreme(Math.max);
  if (node.op === "min") return node.inputs.length === 2 ? minimum : extreme(Math.min);
  return Object.hasOwn(operations, node.op) ? operations[node.op] : undefined;
}

// One element of a result: what it is made of, and the derivative with respect to each part.
export function elementOf(node, inputs, index) {
  const operation = operationOf(node);
  const { from, at } = operation.window(inputs.map(input => input.shape), node.axis, node.shape, index);
  const xs = from.map(part => inputs[part.input].data[part.index]);
  const value = operation.value(xs, at);
  return { from, xs, value, local: operation.local(xs, value, at), kind: operation.kind };
}

export function evaluate(node, inputs) {
  const operation = operationOf(node);
  const shapes = inputs.map(input => input.shape);
  return {
    shape: node.shape,
    data: Array.from({ length: countOf(node.shape) }, (_, index) => {
      const { from, at } = operation.window(shapes, node.axis, node.shape, index);
      return operation.value(from.map(part => inputs[part.input].data[part.index]), at);
    }),
  };
}
