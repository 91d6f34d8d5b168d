// Painting: a class is chosen, and points are set on the plane by pointer or by keys.
import { byId, make } from "./elements.js";
import { mostPainted, onGrid, packOwn, unpackOwn } from "./own.js";
import { planeAt, pointAt, reach } from "./plots.js";
import { chosen } from "./settings.js";
import { onLanguage, text } from "./strings.js";

const tools = ["look", "class0", "class1", "erase"];
const apart = 0.07, stride = 0.05;

let tool = "class1";
let isDown = false;
let stroke = { points: [], targets: [], classes: true };
let paintActs = { changed: _own => {}, drawn: _own => {} };

/** Where keys set points; null before a key is pressed. @type {number[]|null} */
export let paintCursor = null;

/** Whether the plane is painted on, so that a click sets a point. */
export const isPainting = () => chosen.data === "own" && tool !== "look" && unpackOwn(chosen.own).classes;

/** Wires the tools. @param {{ changed: (own: string) => void, drawn: (own: object) => void }} given */
export function wirePainting(given) {
  paintActs = given;
  const canvas = byId("boundary");
  canvas.addEventListener("pointerdown", event => {
    if (!isPainting() || event.button) return;
    isDown = true;
    stroke = unpackOwn(chosen.own);
    canvas.setPointerCapture(event.pointerId);
    touch(planeAt(canvas, event), 0);
  });
  canvas.addEventListener("pointermove", event => { if (isDown) touch(planeAt(canvas, event), apart); });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, endStroke);
  onLanguage(drawTools);
}

function endStroke() {
  if (!isDown) return;
  isDown = false;
  paintActs.changed(packOwn(stroke));
}

// Sets or takes away a point, unless one of this stroke lies near already.
function touch([x1, x2], least) {
  if (Math.abs(x1) > reach || Math.abs(x2) > reach) return;
  if (tool === "erase") {
    const near = pointAt(stroke.points, [x1, x2]);
    if (near === null) return;
    stroke.points.splice(2 * near, 2);
    stroke.targets.splice(near, 1);
  } else {
    if (stroke.targets.length >= mostPainted || (least && pointAt(stroke.points.slice(-2), [x1, x2], least) !== null)) return;
    stroke.points.push(onGrid(x1), onGrid(x2));
    stroke.targets.push(tool === "class0" ? 0 : 1);
  }
  paintActs.drawn(stroke);
}

function setAt(place, with_) {
  const before = tool;
  tool = with_;
  stroke = unpackOwn(chosen.own);
  touch(place, 0);
  tool = before;
  paintActs.changed(packOwn(stroke));
}

/** What a key does on the plane. @param {KeyboardEvent} event @returns {boolean} Whether it did something. */
export function paintByKey(event) {
  const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  const set = { 1: "class0", 2: "class1", Enter: tool, " ": tool, Delete: "erase", Backspace: "erase" }[event.key];
  if (!by && !set) return false;
  event.preventDefault();
  const at = paintCursor ?? [0, 0];
  const step = event.shiftKey ? 4 * stride : stride;
  if (by) paintCursor = at.map((number, axis) => Math.max(-reach + stride, Math.min(reach - stride, Math.round((number + by[axis] * step) * 100) / 100)));
  else { paintCursor = at; setAt(at, set); }
  paintActs.drawn(unpackOwn(chosen.own));
  return true;
}

/** Draws the tools where they are of use. */
export function drawTools() {
  const own = chosen.data === "own" ? unpackOwn(chosen.own) : null;
  byId("tools").hidden = !own?.classes;
  byId("boundary").classList.toggle("painting", isPainting());
  if (!own?.classes) return;
  const focused = document.activeElement?.id;
  byId("tools").replaceChildren(...tools.map(name => {
    const button = make("button", { type: "button", id: `tool-${name}`, textContent: text(`paint.${name}`), onclick: () => { tool = name; drawTools(); } });
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(name === tool));
    return button;
  }), make("button", {
    type: "button", id: "paint-clear", textContent: text("paint.clear"), disabled: own.targets.length === 0, onclick: () => paintActs.changed(""),
  }));
  if (focused && byId("tools").contains(byId(focused))) byId(focused).focus();
}
