// Who is told of what, in which order; and the beginning.
import { readAddress, writeAddress } from "./address.js";
import { drawTrail, loadFrames, open, startFolding } from "./groups.js";
import { loadHeads } from "./heads.js";
import { describeNodes, loadNodes } from "./nodes.js";
import { loadNudge, redrawNudge, resetNudge, startNudge } from "./nudge.js";
import { describeEdges, loadPicture, startPicture } from "./picture.js";
import { on, show, steps } from "./state.js";
import { drawList, drawStep, restart, revealStep, startStepper } from "./stepper.js";
import { drawTables } from "./tables.js";
import { loadZoom, refreshZoom } from "./zoom.js";

on("view", loadPicture, loadZoom, loadHeads, restart, loadNudge, loadNodes, drawTables, drawTrail, loadFrames);
on("step", resetNudge, drawStep, revealStep, writeAddress);
on("heads", restart, redrawNudge, drawTables);
on("values", drawList, drawStep, drawTables, describeNodes, describeEdges, refreshZoom);

startPicture();
startNudge();
startStepper();
startFolding();
open(0);
readAddress();
addEventListener("hashchange", readAddress);

// On paper all of it: the whole run, and every step in words.
addEventListener("beforeprint", () => {
  show(steps.length);
  document.querySelectorAll("details").forEach(details => details.open = true);
});
