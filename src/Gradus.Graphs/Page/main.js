// Who is told of what, in which order; and the beginning.
import { readAddress, writeAddress } from "./address.js";
import { loadCamera, showAll, startCamera } from "./camera.js";
import { drawTrail, loadFrames, open, startFolding } from "./groups.js";
import { loadHeads } from "./heads.js";
import { host } from "./host.js";
import { describeNodes, loadNodes } from "./nodes.js";
import { loadNudge, redrawNudge, resetNudge, startNudge } from "./nudge.js";
import { describeEdges, loadPicture } from "./picture.js";
import { at, camera, on, opened, setViews, show, steps, views } from "./state.js";
import { drawList, drawStep, restart, revealStep, startStepper } from "./stepper.js";
import { chooseSwept, loadSweep, startSweep } from "./sweep.js";
import { drawTables } from "./tables.js";
import { drawPaths, loadWhy, startWhy } from "./why.js";
import { writeWords } from "./words.js";
import { loadZoom, refreshZoom } from "./zoom.js";

on("view", loadPicture, loadCamera, loadZoom, loadHeads, restart, loadNudge, loadNodes, drawTables, drawTrail, loadFrames, loadWhy, loadSweep);
on("step", resetNudge, drawStep, revealStep, writeAddress);
on("heads", restart, redrawNudge, drawTables, loadWhy);
on("values", drawList, drawStep, drawTables, describeNodes, describeEdges, refreshZoom, drawPaths);

writeWords();
startCamera();
startNudge();
startStepper();
startFolding();
startWhy();
startSweep();
open(0);
readAddress();
addEventListener("hashchange", readAddress);

// On paper all of it: the whole run, and every step in words.
addEventListener("beforeprint", () => {
  show(steps.length);
  showAll();
  host.root.querySelectorAll("details").forEach(details => details.open = true);
});

// Who has this graph within another page shows other runs of it, at the same step and in the same place.
host.opened({
  replace(next, isSameGraph) {
    const before = { at, opened, ...camera };
    setViews(next);
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
