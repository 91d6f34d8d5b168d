// A tensor as a picture: rows and columns of cells, light where they are negative and dark where they are positive.
import { draw } from "./elements.js";

const side = 84, mostCells = 32;

const frame = (width, height) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ class: "matrix", viewBox: `0 0 ${width} ${height}`, width, height })) svg.setAttribute(name, value);
  return svg;
};

/* The last two axes of the first of them; of many rows some. */
export function paintTensor({ shape, data }) {
  const [rows, columns] = shape.slice(-2);
  const [down, across] = [Math.min(rows, mostCells), Math.min(columns, mostCells)];
  const cell = side / Math.max(down, across);
  const svg = frame(across * cell, down * cell);
  const largest = Math.max(...data.map(Math.abs), 1e-300);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const value = data[Math.floor(row * rows / down) * columns + Math.floor(column * columns / across)];
      draw(svg, "rect", "cell", { x: column * cell, y: row * cell, width: cell, height: cell, "fill-opacity": (0.5 + value / largest / 2).toFixed(2) });
    }
  }
  return svg;
}

/* What is too large for the page has cells in the picture of the graph: these, larger. */
export function copyCells(strip) {
  const { width, height } = strip.firstElementChild.getBBox();
  const svg = frame(width, height);
  const cells = strip.cloneNode(true);
  cells.removeAttribute("transform");
  cells.classList.remove("later");
  svg.append(cells);
  const larger = Math.min(2, side / height);
  svg.setAttribute("width", width * larger);
  svg.setAttribute("height", height * larger);
  return svg;
}
