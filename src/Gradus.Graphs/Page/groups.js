// Modules fold into one node each. A view has one module open, those around it too, and folds the others.
import { find } from "./elements.js";
import { focusNode } from "./focus.js";
import { prepare, setRun } from "./graph.js";
import { host } from "./host.js";
import { picture } from "./picture.js";
import { at, graph, opened, setView, show, steps, views, zoom } from "./state.js";
import { text } from "./words.js";
import { closeZoom } from "./zoom.js";

export const viewOf = group => group === undefined || group === null ? -1 : views.findIndex(view => view.group === group);

export function open(view) {
  const back = at === 0 ? 0 : at === steps.length ? Infinity : null;
  // The run that was moved is left as it was.
  if (graph) setRun(null);
  prepare(views[view]);
  setView(view);
  show(back ?? 0);
}

export function unfold(view) {
  open(view);
  focusNode(graph.nodes[0]);
}

// The frame around an open module folds it.
export function loadFrames() {
  for (const frame of picture.querySelectorAll(".group")) {
    const parent = views[viewOf(Number(frame.id.slice(1)))]?.parent;
    if (parent === undefined || parent === null || opened === parent) continue;
    frame.classList.add("can-fold");
    frame.onclick = () => unfold(parent);
  }
}

// The first views are no modules, and have names of the page.
const titleOf = ({ group, title }) => group !== null ? title : text(title === "Layers" ? "layers" : "whole");

// The way from the whole graph to what is open.
export function drawTrail() {
  const way = [];
  for (let view = opened; view !== null && view !== undefined; view = views[view].parent) way.unshift(view);
  find("trail").hidden = views.length < 2;
  const stop = (view, text) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { textContent: text });
    button.onclick = () => view !== opened && unfold(view);
    if (view === opened) button.setAttribute("aria-current", "page");
    item.append(button);
    return item;
  };
  find("trail").firstElementChild.replaceChildren(...way.map(view => stop(view, titleOf(views[view]))));
  // From the first view also to all of it, or to its layers.
  const other = views.findIndex((view, index) => index > 0 && view.group === null);
  if (opened !== 0 || other <= 0) return;
  find("trail").firstElementChild.append(stop(other, text(views[other].nodes.length < graph.nodes.length ? "fold.modules" : "open.all")));
}

// Escape folds what was opened last.
export function startFolding() {
  find("zoom-close").onclick = closeZoom;
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !host.isShown()) return;
    if (zoom.node) closeZoom();
    else if (views[opened].parent !== null) unfold(views[opened].parent);
  });
}
