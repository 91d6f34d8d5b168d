// An element of a result, in words and as a graph of the scalars that make it.
import { elementName } from "./arrays.js";
import { draw, find } from "./elements.js";
import { inBrackets, numberText } from "./numbers.js";
import { graph } from "./state.js";
import { text } from "./words.js";

const inputOf = (node, part) => graph.nodes[node.inputs[part.input]];

const partName = (node, part) => elementName(inputOf(node, part).name, part.index, inputOf(node, part).shape);

// To a constant nothing flows back.
export const flowsTo = (node, part) => inputOf(node, part).kind !== "constant";

// The operation with the names or the numbers of its parts.
function written(node, kind, parts) {
  const pairs = () => parts.filter((_, place) => place % 2 === 0).map((_, pair) => parts.slice(2 * pair, 2 * pair + 2));
  if (kind === "pairs") return pairs().map(pair => pair.join("·")).join(" + ");
  if (kind === "move") return parts[0];
  if (node.op === "sum") return parts.join(" + ");
  if (node.op === "prod") return parts.join("·");
  if (node.op === "mean") return `(${parts.join(" + ")}) / ${parts.length}`;
  if (node.infix) return parts.length === 2 ? parts.join(` ${node.infix} `) : node.infix + parts[0];
  return `${node.op}(${parts.map(part => part.replace(/^\((.*)\)$/, "$1")).join(", ")})`;
}

export function zoomText(node, element, index) {
  const names = element.from.map(part => partName(node, part));
  const numbers = element.xs.map(x => inBrackets(numberText(x)));
  const derivatives = names.map((name, place) => flowsTo(node, element.from[place]) && text("zoom.by", { number: numberText(element.local[place]), name }))
    .filter(Boolean).join(", ");
  const [words, result] = [[names, numbers].map(parts => written(node, element.kind, parts)), elementName(node.name, index, node.shape)];
  return `${result} = ${words.join(" = ")} = ${numberText(element.value)}.${derivatives ? text("zoom.derivatives", { derivatives }) : ""}`;
}

// Inputs on the left, the scalar operations, the element on the right; below each line what comes back along it.
export function drawScalars(node, element, index) {
  const svg = find("scalars");
  svg.replaceChildren();
  const isPairs = element.kind === "pairs";
  const gradient = node.gradient?.data?.[index];
  const [row, gap] = [38, isPairs ? 10 : 0];
  const count = element.from.length;
  const y = place => 24 + place * row + (isPairs ? Math.floor(place / 2) * gap : 0);
  const height = y(count - 1) + 30;
  const middle = height / 2;
  const below = element.local.map((number, place) => !flowsTo(node, element.from[place]) ? ""
    : gradient === undefined ? `∂ ${inBrackets(numberText(number))}`
    : `${inBrackets(numberText(gradient))} × ${inBrackets(numberText(number))} = ${numberText(gradient * number)}`);
  const names = element.from.map(part => partName(node, part));
  const wide = texts => Math.max(...texts.map(text => text.length)) * 7;
  const [left, length] = [wide(names) + 24, wide(below) + 24];
  const products = left + length + 55;
  const symbol = isPairs ? "+" : element.kind === "move" ? "=" : node.symbol;
  const half = Math.max(15, symbol.length * 4.5 + 8);
  const sum = isPairs ? products + 110 : products + half;
  const right = sum + half + 105;
  const width = right + wide([elementName(node.name, index, node.shape)]) + 40;
  const isSingle = place => isPairs && place === count - 1 && count % 2 === 1;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  const add = (...shape) => draw(svg, ...shape);
  const curve = (x1, y1, x2, y2) => add("path", "wire", { d: `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });
  const circle = (x, at, symbol, half) => {
    add("rect", "head", { x: x - half, y: at - 15, width: 2 * half, height: 30, rx: 15 });
    add("text", "symbol", { x, y: at + 5 }, symbol);
  };
  element.from.forEach((part, place) => {
    const at = y(place);
    const end = isPairs && !isSingle(place)
      ? [products - 15, (y(place - place % 2) + y(place - place % 2 + 1)) / 2 + (place % 2 ? 6 : -6)]
      : [sum - half, middle + (count > 1 ? (place / (count - 1) - .5) * 20 : 0)];
    add("path", "wire", { d: `M${left} ${at}H${left + length}` });
    curve(left + length, at, ...end);
    add("text", "symbol variable start", { x: left - 8, y: at + 5 }, names[place]);
    add("text", "label value", { x: left + 6, y: at - 5 }, numberText(element.xs[place]));
    add("text", "label gradient", { x: left + 6, y: at + 14 }, below[place]);
  });
  if (isPairs) {
    for (let place = 0; place + 1 < count; place += 2) {
      const at = (y(place) + y(place + 1)) / 2;
      circle(products, at, "×", 15);
      if (count > 2) curve(products + 15, at, sum - half, middle + (place / (count - 2) - .5) * 20);
      else add("path", "wire", { d: `M${products + 15} ${at}H${right}` });
    }
  }

  if (!isPairs || count > 2) {
    circle(sum, middle, symbol, half);
    add("path", "wire", { d: `M${sum + half} ${middle}H${right}` });
  }

  add("text", "label value", { x: sum + half + 12, y: middle - 5 }, numberText(element.value));
  if (gradient !== undefined) add("text", "label gradient", { x: sum + half + 12, y: middle + 14 }, numberText(gradient));
  add("text", "symbol variable end", { x: right + 8, y: middle + 5 }, elementName(node.name, index, node.shape));
}
