// Numbers as the table and the picture write them: six digits, of a larger tensor its range.
const minus = text => text.replaceAll("-", "−");

// As the format G of .NET: the shortest of fixed and scientific, without zeros at its end.
function general(number, digits) {
  if (!Number.isFinite(number)) return String(number);
  if (number === 0) return "0";
  // Between two, the even one.
  const between = new RegExp(`^(-?\\d\\.\\d{${digits - 2}}[02468])50*e(.*)$`).exec(number.toExponential(100));
  const [mantissa, power] = between ? between.slice(1) : number.toExponential(digits - 1).split("e");
  const trimmed = text => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  const exponent = Number(power);
  if (exponent > -5 && exponent < digits) return trimmed(Number(`${mantissa}e${power}`).toFixed(digits - 1 - exponent));
  return `${trimmed(mantissa)}E${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

export const numberText = number => minus(general(number, 6));

export const shapeText = shape => shape.join("×");

function rangeText({ shape, data }) {
  if (data.length === 0) return shapeText(shape);
  return minus(`${shapeText(shape)}: ${general(Math.min(...data), 3)} … ${general(Math.max(...data), 3)}`);
}

// Every element of a small tensor, in brackets.
export function tensorText(tensor) {
  if (tensor.text !== undefined) return tensor.text;
  const { shape, data } = tensor;
  if (data.length > 16) return rangeText(tensor);
  const nested = (axis, from, length) => {
    if (axis === shape.length) return numberText(data[from]);
    const part = length / shape[axis];
    return `[${Array.from({ length: shape[axis] }, (_, index) => nested(axis + 1, from + index * part, part)).join(", ")}]`;
  };
  return nested(0, 0, data.length);
}

// What fits on a line of the picture.
export function labelText(tensor) {
  if (tensor.text !== undefined) return tensor.text;
  const { shape, data } = tensor;
  if (shape.length === 0) return numberText(data[0]);
  if (shape.length === 1 && data.length <= 4) return minus(`[${data.map(number => general(number, 3)).join(", ")}]`);
  return rangeText(tensor);
}

// A number, or of a tensor its norm.
export const briefText = ({ shape, data }) => shape.length === 0 ? numberText(data[0]) : `‖${minus(general(Math.hypot(...data), 3))}‖`;

export const inBrackets = text => text.startsWith("−") ? `(${text})` : text;
export const factorText = tensor => inBrackets(tensorText(tensor));
