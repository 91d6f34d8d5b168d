// The beginning: the words, the engine, and the screen of the address.
import { byId } from "./elements.js";
import { ask, askText, startEngine } from "./engine.js";
import { gallery } from "./gallery.js";
import { refreshViews } from "./graph-view.js";
import { loadFunctions, showExpression, whenDrawn, wireGraphs, writePlace } from "./graphs.js";
import { defaultSettings, readAddress } from "./link.js";
import { startPlaying, whenIdle, wirePlayground, writeLink } from "./playground.js";
import { startRace, whenRaced, wireRace, writeRaceLink } from "./race.js";
import { chooseSettings, chosen } from "./settings.js";
import { choose, language } from "./strings.js";

const begun = new Set();

function open(screen, values) {
  for (const name of ["play", "race", "graph"]) {
    byId(`screen-${name}`).hidden = name !== screen;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === screen));
  }
  refreshViews();
  if (begun.has(screen)) return Promise.resolve({ play: writeLink, race: writeRaceLink, graph: writePlace }[screen]());
  begun.add(screen);
  if (screen === "play") return startPlaying(values);
  if (screen === "race") {
    chooseSettings(values);
    return startRace(values.r, values.t);
  }
  loadFunctions();
  return showExpression(values.e ?? gallery[0][1], values.at ?? (values.e ? "" : gallery[0][2]), values);
}

async function startStudio() {
  wirePlayground();
  wireGraphs();
  wireRace();
  byId("language").onclick = () => choose(language === "en" ? "zh" : "en");
  choose(language);
  const started = performance.now();
  try {
    await startEngine();
  } catch (fault) {
    byId("engine").textContent = fault.message;
    return;
  }
  const { screen, values } = readAddress();
  const other = { play: () => screen === "play" ? values : defaultSettings(), race: () => chosen.data ? chosen : defaultSettings(), graph: () => ({}) };
  for (const name of ["play", "race", "graph"]) byId(`tab-${name}`).onclick = () => open(name, other[name]());
  byId("engine").hidden = true;
  await open(screen, values);
  document.body.classList.add("ready");
  // For whoever tries the page by a program.
  Object.assign(window, { studio: { ask, askText, whenIdle, whenRaced, whenDrawn, startedIn: performance.now() - started } });
}

startStudio();
