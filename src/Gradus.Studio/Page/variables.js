// The variables of an expression: numbers to type, to drag and to turn by arrow keys; vectors and matrices as such.
import { byId, make } from "./elements.js";
import { text } from "./strings.js";
import { numbersOf, rounded, stepOf, textOf } from "./values.js";

const mostCells = 36;

/** What is shown of each variable: its numbers, or its text. @type {Record<string, { shape: number[]|null, data: any[] }>} */
let shown = {};
let changed = (_name, _value, _index) => {};

/**
 * @param {Record<string, string>} values
 * @param {(name: string, value: string, index: number) => void} act What is done with a new value, of which one element was changed.
 */
export function drawVariables(values, act) {
  changed = act;
  const before = shown;
  shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, numbersOf(value, mostCells) ?? { shape: null, data: [value] }]));
  const names = Object.keys(shown);
  const isSame = String(Object.keys(before)) === String(names) && names.every(name => String(before[name].shape) === String(shown[name].shape));
  if (isSame) fillFields();
  else buildFields(names);
}

const idOf = (name, index) => `value-${name}${shown[name].shape?.length ? `-${index}` : ""}`;

// What is being written stays as it is, `1.` as well as `1.50`, as long as it means the number.
function fillFields() {
  for (const [name, { shape, data }] of Object.entries(shown)) {
    data.forEach((value, index) => {
      const field = byId(idOf(name, index));
      if (shape ? typedNumber(field.value) !== value : field.value !== value) write(field, value);
    });
  }
}

function write(field, value) {
  field.value = String(value);
  field.size = Math.max(4, field.value.length);
}

function buildFields(names) {
  const focused = document.activeElement;
  const [id, caret] = [byId("variables").contains(focused) ? focused.id : null, focused?.selectionStart];
  byId("variables").replaceChildren(...names.map(name =>
    make("div", { className: "variable" }, make("span", { className: "variable-name", textContent: name }), "=", fieldsOf(name))));
  // Of a number that has become a matrix the last element.
  const again = id && (byId(id) ?? [...byId("variables").querySelectorAll("input")].findLast(field => field.id.startsWith(`${id}-`)));
  if (!again) return;
  again.focus();
  if (again.id === id) again.setSelectionRange(caret, caret);
}

function fieldsOf(name) {
  const { shape, data } = shown[name];
  const cells = data.map((_, index) => valueField(name, index));
  if (!shape?.length) return cells[0];
  const columns = shape.at(-1);
  const rows = Array.from({ length: data.length / columns }, (_, row) =>
    make("tr", {}, ...cells.slice(row * columns, (row + 1) * columns).map(cell => make("td", {}, cell))));
  return make("table", { className: "cells", ariaLabel: name }, make("tbody", {}, ...rows));
}

const typedNumber = written => written.trim() ? Number(written.replace("−", "-")) : NaN;

function valueField(name, index) {
  const { shape, data } = shown[name];
  const columns = shape?.at(-1);
  const place = !shape?.length ? "" : shape.length === 1 ? `[${index}]` : `[${Math.floor(index / columns)}, ${index % columns}]`;
  const field = make("input", { id: idOf(name, index), type: "text", inputMode: shape?.length ? "decimal" : "text", ariaLabel: name + place });
  write(field, data[index]);
  if (!shape) return Object.assign(field, { oninput: () => changed(name, field.value, 0) });
  const now = () => shown[name].data[index];
  const set = value => changed(name, textOf({ shape, data: shown[name].data.with(index, value) }), index);
  field.title = text("value.drag");
  field.oninput = () => {
    field.size = Math.max(4, field.value.length);
    if (Number.isFinite(typedNumber(field.value))) set(typedNumber(field.value));
    else if (shape.length === 0 && field.value.trim()) changed(name, field.value, index);
  };
  // A field that was left empty has its number again.
  field.onblur = () => { if (shown[name]?.shape && Number.isNaN(typedNumber(field.value))) write(field, now()); };
  field.onkeydown = event => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    const step = stepOf(now()) * 10;
    set(rounded(now() + by * step, step));
  };
  // To drag it one need not let go of it while the numbers are written anew.
  field.onpointerdown = event => {
    if (event.button !== 0 || document.activeElement === field) return;
    const [from, start, step] = [event.clientX, now(), stepOf(now())];
    let hasMoved = false;
    const end = new AbortController();
    addEventListener("pointermove", ({ clientX }) => {
      if (!hasMoved && Math.abs(clientX - from) < 3) return;
      hasMoved = true;
      set(rounded(start + (clientX - from) * step, step));
    }, { signal: end.signal });
    for (const stop of ["pointerup", "pointercancel"]) addEventListener(stop, () => end.abort(), { signal: end.signal });
  };
  return field;
}
