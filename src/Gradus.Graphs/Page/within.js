// A graph within another page, which has the engine: it shows one run after the other, at the same step and in the same place.
import { open } from "./groups.js";
import { host } from "./host.js";
import { start } from "./page.js";
import { at, camera, on, opened, setViews, show, steps, views, why } from "./state.js";
import { chooseSwept, loadSweep, startSweep } from "./sweep.js";

on("view", loadSweep);
startSweep();
start();

host.opened({
  replace(next, isSameGraph) {
    const before = { at, opened, ...camera };
    setViews(next);
    // Of another graph another value is asked about.
    if (!isSameGraph) why.id = -1;
    open(isSameGraph && before.opened < views.length ? before.opened : 0);
    if (!isSameGraph) return show(steps.length);
    Object.assign(camera, { x: before.x, y: before.y, scale: before.scale });
    show(before.at);
  },
  show: step => show(step < 0 ? steps.length : step),
  open: view => { if (view > 0 && view < views.length) open(view); },
  choose: chooseSwept,
  place: () => ({ step: at, view: opened, steps: steps.length }),
});
