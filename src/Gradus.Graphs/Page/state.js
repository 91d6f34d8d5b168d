// All that changes on the page, and who is told of it. Other modules read it, and change it by the functions below.
import { find } from "./elements.js";

// The views of one graph, which differ in the modules that are folded.
export const { views } = JSON.parse(find("data").textContent);

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
// and the gradients before that, how large the picture is and which piece of a line ends where, and what is due.
export const focused = { node: null };
export const zoom = { node: null, index: 0 };
export const nudge = { id: -1, index: 0, step: 0, gradients: [] };
export const drawn = { scale: 1, pieceTo: new Map() };
export const timers = { play: null, address: null };

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
