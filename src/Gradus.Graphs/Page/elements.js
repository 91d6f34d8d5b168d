// The elements of the page: found, and made.
import { root } from "./root.js";

export const find = id => root.getElementById(id);

// A shape of a drawing, with text if there is one.
export function draw(parent, name, kind, attributes, text) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  shape.setAttribute("class", kind);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (text !== undefined) shape.textContent = text;
  parent.append(shape);
  return shape;
}

export function addCell(row, name, text, color) {
  const cell = document.createElement(name);
  cell.textContent = text;
  if (name === "th") cell.scope = row.parentElement?.tagName === "THEAD" ? "col" : "row";
  if (color) cell.style.color = color;
  row.append(cell);
}
