// What every page of a graph has: who is told of what, in which order; and the beginning.
import { writeAddress } from "./address.js";
import { loadCamera, startCamera } from "./camera.js";
import { drawTrail, loadFrames, open, startFolding } from "./groups.js";
import { loadHeads } from "./heads.js";
import { describeNodes, loadNodes } from "./nodes.js";
import { loadNudge, redrawNudge, resetNudge, startNudge } from "./nudge.js";
import { describeEdges, loadPicture } from "./picture.js";
import { on } from "./state.js";
import { drawList, drawStep, restart, revealStep, startStepper } from "./stepper.js";
import { drawTables } from "./tables.js";
import { drawPaths, loadWhy, startWhy } from "./why.js";
import { writeWords } from "./words.js";
import { loadZoom, refreshZoom } from "./zoom.js";

on("view", loadPicture, loadCamera, loadZoom, loadHeads, restart, loadNudge, loadNodes, drawTables, drawTrail, loadFrames, loadWhy);
on("step", resetNudge, drawStep, revealStep, writeAddress);
on("heads", restart, redrawNudge, drawTables, loadWhy);
on("values", drawList, drawStep, drawTables, describeNodes, describeEdges, refreshZoom, drawPaths);

export function start() {
  writeWords();
  startCamera();
  startNudge();
  startStepper();
  startFolding();
  startWhy();
  open(0);
}
