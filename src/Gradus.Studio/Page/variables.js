// The variables of an expression: numbers to type, to drag and to turn by arrow keys; vectors and matrices as such.
import { byId, make } from "./elements.js";
import { text } from "./strings.js";
import { numbersOf, rounded, stepOf, textOf } from "./values.js";

const mostCells = 36;

/**
 * @param {Record<string, string>} values
 * @param {(name: string, value: string, index: number) => void} change What is done with a new value, of which one element was changed.
 */
export function drawVariables(values, change) {
  const focused = document.activeElement?.id;
  byId("variables").replaceChildren(...Object.entries(values).map(([name, value]) => {
    const numbers = numbersOf(value, mostCells);
    const field = numbers ? cellsOf(name, numbers, change) : make("input", {
      id: `value-${name}`, type: "text", value, size: Math.max(8, value.length), oninput: event => change(name, event.target.value, 0), ariaLabel: name,
    });
    return make("div", { className: "variable" }, make("span", { className: "variable-name", textContent: name }), "=", field);
  }));
  if (focused) byId(focused)?.focus();
}

function cellsOf(name, numbers, change) {
  const { shape, data } = numbers;
  const cells = data.map((number, index) => cellOf(name, numbers, index, change));
  if (shape.length === 0) return cells[0];
  const columns = shape.at(-1);
  const rows = Array.from({ length: data.length / columns }, (_, row) =>
    make("tr", {}, ...cells.slice(row * columns, (row + 1) * columns).map(cell => make("td", {}, cell))));
  return make("table", { className: "cells", ariaLabel: name }, make("tbody", {}, ...rows));
}

function cellOf(name, { shape, data }, index, change) {
  const columns = shape.at(-1);
  const place = shape.length === 0 ? "" : shape.length === 1 ? `[${index}]` : `[${Math.floor(index / columns)}, ${index % columns}]`;
  const cell = make("input", {
    id: `value-${name}${shape.length ? `-${index}` : ""}`, type: "text", inputMode: "decimal", value: String(data[index]),
    ariaLabel: name + place, title: text("value.drag"),
  });
  cell.size = Math.max(4, cell.value.length);
  const set = value => change(name, textOf({ shape, data: data.with(index, value) }), index);
  cell.oninput = () => {
    const value = Number(cell.value.replace("−", "-"));
    if (cell.value.trim() && Number.isFinite(value)) set(value);
    else if (shape.length === 0 && cell.value.trim()) change(name, cell.value, index);
  };
  cell.onkeydown = event => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    const step = stepOf(data[index]) * 10;
    set(rounded(data[index] + by * step, step));
  };
  // To drag it one need not let go of it while the fields are drawn anew.
  cell.onpointerdown = event => {
    if (event.button !== 0 || document.activeElement === cell) return;
    const [from, start, step] = [event.clientX, data[index], stepOf(data[index])];
    let hasMoved = false;
    const end = new AbortController();
    addEventListener("pointermove", ({ clientX }) => {
      if (!hasMoved && Math.abs(clientX - from) < 3) return;
      hasMoved = true;
      set(rounded(start + (clientX - from) * step, step));
    }, { signal: end.signal });
    for (const stop of ["pointerup", "pointercancel"]) addEventListener(stop, () => end.abort(), { signal: end.signal });
  };
  return cell;
}
