// All that changes on the page, and who is told of it. Other modules read it, and change it by the functions below.
import { host } from "./host.js";

// The views of one graph, which differ in the modules that are folded, their pictures, and which way these go.
export let { views, pictures, layout } = host;

// The view that is open, its graph as the engine computed it, and whether every value can be computed again here, so that inputs can be moved.
export let opened = 0;
export let graph = null;
export let isLive = false;

// Which heads are switched on; what flows from these, step by step, and the gradients it makes; how many of the steps are shown.
export let enabled = [];
export let steps = [];
export let gradients = [];
export let at = 0;

// What belongs to one module alone: the node that the keyboard is at, the operation that is open and its element, the input that is moved
// and the gradients before that, which piece of a line ends where, which part of the picture is seen (from x and y, so many pixels a unit, of
// a content so large) and the fingers on it, the gradient whose paths are asked for, the inputs that are
// moved through their range, what the steps leave out, and what is due.
export const focused = { node: null };
export const zoom = { node: null, index: 0 };
export const nudge = { id: -1, index: 0, step: 0, gradients: [] };
export const drawn = { pieceTo: new Map() };
export const camera = { x: 0, y: 0, scale: 1, content: { x: 0, y: 0, width: 1, height: 1 }, pointers: new Map(), scrolled: 0, glides: 0 };
export const why = { id: -1, path: -1, paths: [] };
export const swept = { x: { name: "", index: 0 }, y: null };
export const walking = { skips: false, speed: 1 };
export const timers = { play: null, address: null, why: null, sweep: null };

// Who is told, in their order, that another view is open, another step is shown, other heads are switched on, or the values are others.
const subscribers = { view: [], step: [], heads: [], values: [] };

export const on = (change, ...acts) => subscribers[change].push(...acts);

export const tell = change => subscribers[change].forEach(act => act());

export function setView(view) {
  opened = view;
  graph = views[view];
  isLive = graph.isLive;
  enabled = graph.heads.map(() => true);
  [steps, gradients, at] = [[], [], 0];
  zoom.node = null;
  Object.assign(nudge, { id: -1, step: 0 });
  tell("view");
}

// Another run of the graph, or another graph.
export function setViews(next) {
  ({ views, pictures, layout } = next);
}

export function setSteps(walk) {
  ({ steps, gradients } = walk);
}

export function switchHead(head, isOn) {
  enabled[head] = isOn;
  tell("heads");
}

export function show(step) {
  at = Math.max(0, Math.min(steps.length, step));
  tell("step");
}
