// Formulas as the browser's own mathematics: symbols from the engine, into which numbers are put.
import { numberText, shapeText } from "./numbers.js";
import { graph } from "./state.js";

const [mostRows, mostColumns, mostNumbers, mostDigits] = [6, 12, 4, 4];
const space = "http://www.w3.org/1998/Math/MathML";

function element(name, ...children) {
  const made = document.createElementNS(space, name);
  made.append(...children);
  return made;
}

export const sign = operator => element("mo", operator);

// Words between formulas, with room around them.
export const phrase = text => {
  const made = element("mtext", text);
  made.setAttribute("class", "words");
  return made;
};

// What the engine writes: parts of a formula in which each value that goes in is marked.
export function formula(markup) {
  const row = element("mrow");
  row.innerHTML = markup;
  return row;
}

// Beside each other, as one formula.
export function math(...parts) {
  const made = element("math", ...parts);
  made.setAttribute("displaystyle", "true");
  return made;
}

const number = (value, digits) => {
  const written = element("mn", numberText(digits ? Number(Math.abs(value).toPrecision(digits)) : Math.abs(value)));
  return value < 0 || Object.is(value, -0) ? element("mrow", sign("−"), written) : written;
};

const table = rows => element("mtable", ...rows.map(row => element("mtr", ...row.map(cell => element("mtd", cell)))));

const bracketed = (...parts) => element("mrow", sign("["), ...parts, sign("]"));

// Whether all of it can be read as a matrix.
export const isMatrix = ({ shape, data }) => Boolean(data) && data.length > 0 && shape.length > 0 && shape.length <= 2
  && shape.at(-1) <= mostColumns && (shape.length < 2 || shape[0] <= mostRows);

// A number, a matrix of its shape, a vector as a row, or as a column where it is multiplied by a matrix; of what is larger the shape.
export function valueOf(tensor, isFactor = false, isColumn = false) {
  if (!tensor) return element("mtext", "–");
  const { shape, data } = tensor;
  if (shape.length === 0 && data) return isFactor && data[0] < 0 ? element("mrow", sign("("), number(data[0]), sign(")")) : number(data[0]);
  if (!isMatrix(tensor)) return element("mtext", shapeText(shape));
  const columns = isColumn && shape.length === 1 ? 1 : shape.at(-1);
  // Of many numbers the first digits say enough.
  const digits = data.length > mostNumbers ? mostDigits : 0;
  return bracketed(table(Array.from({ length: data.length / columns }, (_, row) =>
    data.slice(row * columns, (row + 1) * columns).map(value => number(value, digits)))));
}

// A formula with the values in place of the names, and the gradient that comes in place of its own.
export function withNumbers(row, upstream) {
  const filled = row.cloneNode(true);
  const tensors = [...filled.querySelectorAll("[data-node]")].map(name => graph.nodes[name.dataset.node].value);
  const hasMatrix = tensors.some(tensor => tensor?.shape.length === 2);
  for (const name of filled.querySelectorAll("[data-node]")) name.replaceWith(valueOf(graph.nodes[name.dataset.node].value, true, hasMatrix));
  for (const name of filled.querySelectorAll("[data-g]")) if (upstream) name.replaceWith(valueOf(upstream, true, hasMatrix));
  return filled;
}

// The derivative of one by the other.
export const derivative = (of, by) => element("mfrac", element("mrow", sign("∂"), formula(of)), element("mrow", sign("∂"), formula(by)));
