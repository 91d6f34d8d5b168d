// A tensor as a picture: rows and columns of cells, as dark as they are large, hatched where they are negative.
import { draw } from "./elements.js";

const side = 96, mostCells = 32;

/* The last two axes of the first of them; of many rows some. Blue is a value, orange a gradient; the shade is the size and a stroke the sign. */
export function paintTensor({ shape, data }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const [rows, columns] = shape.slice(-2);
  const [down, across] = [Math.min(rows, mostCells), Math.min(columns, mostCells)];
  const cell = side / Math.max(down, across);
  svg.setAttribute("class", "matrix");
  svg.setAttribute("viewBox", `0 0 ${across * cell} ${down * cell}`);
  svg.setAttribute("width", across * cell);
  svg.setAttribute("height", down * cell);
  const largest = Math.max(...data.map(Math.abs), 1e-300);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const value = data[Math.floor(row * rows / down) * columns + Math.floor(column * columns / across)];
      const [x, y] = [column * cell, row * cell];
      draw(svg, "rect", "cell", { x, y, width: cell, height: cell, "fill-opacity": (Math.abs(value) / largest).toFixed(2) });
      if (value < 0 && cell >= 3) draw(svg, "path", "negative", { d: `M${x} ${y + cell}L${x + cell} ${y}` });
    }
  }
  return svg;
}
