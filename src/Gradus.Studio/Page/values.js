// Values of variables as text: `x=1,w=[[1,2],[3,4]]`.

/** The values of a text, by name. @param {string} at @returns {Record<string, string>} */
export function readValues(at) {
  const values = {};
  let [from, depth] = [0, 0];
  const add = part => {
    const equals = part.indexOf("=");
    if (equals > 0) values[part.slice(0, equals).trim()] = part.slice(equals + 1).trim();
  };
  [...at].forEach((letter, place) => {
    depth += "[(".includes(letter) ? 1 : "])".includes(letter) ? -1 : 0;
    if (letter !== "," || depth > 0) return;
    add(at.slice(from, place));
    from = place + 1;
  });
  add(at.slice(from));
  return values;
}

/** @param {Record<string, string>} values */
export const writeValues = values => Object.entries(values).map(([name, value]) => `${name}=${value}`).join(",");

/**
 * The numbers of a value with its shape, where it is numbers alone; of at most so many.
 * @param {string} value
 * @param {number} most
 * @returns {{ shape: number[], data: number[] }|null}
 */
export function numbersOf(value, most) {
  let nested;
  try {
    nested = JSON.parse(value.replace(/(^|[\[,\s-])\./g, "$10.").replace(/\.(?=[\],\s]|$)/g, ".0"));
  } catch {
    return null;
  }
  const shape = [];
  for (let part = nested; Array.isArray(part); part = part[0]) shape.push(part.length);
  const data = [nested].flat(Infinity);
  const isWhole = data.length === shape.reduce((product, size) => product * size, 1) && data.every(number => typeof number === "number");
  return isWhole && shape.length <= 2 && data.length > 0 && data.length <= most ? { shape, data } : null;
}

/** @param {{ shape: number[], data: number[] }} numbers */
export function textOf({ shape, data }) {
  if (shape.length === 0) return String(data[0]);
  const columns = shape.at(-1);
  const rows = Array.from({ length: data.length / columns }, (_, row) => `[${data.slice(row * columns, (row + 1) * columns).join(",")}]`);
  return shape.length === 1 ? rows[0] : `[${rows.join(",")}]`;
}

/** A number as one drags it: to as many digits as one step changes. @param {number} value @param {number} step */
export const rounded = (value, step) => Number((Math.round(value / step) * step).toPrecision(10));

/** One pixel, or one press of an arrow key: a hundredth of the power of ten of a value. @param {number} value */
export function stepOf(value) {
  const power = 10 ** Math.floor(Math.log10(Math.abs(value) || 1));
  return power / 100 * (Math.abs(value) >= 5 * power ? 5 : 1);
}
