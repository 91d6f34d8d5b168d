// Axes: round numbers between two ends, and how they are written.
import { draw } from "./elements.js";
import { linearTicks } from "./ticks.js";

const powers = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export const stepText = step => step.toLocaleString("en-US");

export function tickText(number, unit) {
  if (unit === "share") return `${tickText(number * 100)} %`;
  const size = Math.abs(number);
  if (size === 0) return "0";
  if (size >= 1e-4 && size < 1e6) return Number(number.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 9 }).replace("-", "−");
  const [mantissa, exponent] = number.toExponential(5).split("e").map(Number);
  const power = `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map(digit => powers[digit]).join("")}`;
  return mantissa === 1 ? power : `${String(mantissa).replace("-", "−")}·${power}`;
}

function logTicks(low, high, most) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const inside = ticks => ticks.filter(tick => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const tens = inside(decades.map(decade => Number(`1e${decade}`)));
  if (tens.length >= 3) return tens.filter((_, index) => index % Math.ceil(tens.length / (most + 1)) === 0);
  const more = inside(decades.flatMap(decade => [1, 2, 5].map(factor => Number(`${factor}e${decade}`))));
  return more.length >= 2 ? more : linearTicks(low, high, most);
}

export const ticksOf = (low, high, most, isLog) => isLog ? logTicks(low, high, most) : linearTicks(low, high, most);

// From numbers to places: straight, or by the logarithm.
export function scaleOf([low, high], [start, end], isLog) {
  const of = isLog ? Math.log : Number;
  const [from, to] = [of(low), of(high)];
  return number => start + (of(number) - from) / (to - from || 1) * (end - start);
}

// Lines across with their numbers at the left, and the numbers below.
export function drawAxes(parent, { box, x, y, across, below, unit, acrossText = stepText }) {
  for (const tick of below) {
    draw(parent, "path", "grid", { d: `M${box.left} ${y(tick).toFixed(1)}H${box.right}` });
    draw(parent, "text", "tick end", { x: box.left - 8, y: (y(tick) + 4).toFixed(1) }, tickText(tick, unit));
  }
  for (const tick of across) {
    draw(parent, "path", "grid", { d: `M${x(tick).toFixed(1)} ${box.bottom}v5` });
    const text = acrossText(tick);
    const room = text.length * 3.5;
    draw(parent, "text", "tick middle", { x: Math.max(box.left + room - 40, Math.min(x(tick), box.right + 10 - room)).toFixed(1), y: box.bottom + 19 }, text);
  }
  draw(parent, "path", "axis", { d: `M${box.left} ${box.bottom}H${box.right}` });
}
