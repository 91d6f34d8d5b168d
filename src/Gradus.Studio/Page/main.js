// The beginning: the words, the engine, and the screen of the address.
import { byId } from "./elements.js";
import { ask, askText, startEngine } from "./engine.js";
import { gallery } from "./gallery.js";
import { refreshViews } from "./graph-view.js";
import { loadFunctions, showExpression, whenDrawn, wireGraphs, writePlace } from "./graphs.js";
import { defaultSettings, isShownAlready, readAddress, settingsText } from "./link.js";
import { closeNeuron, pausePlaying, startPlaying, whenIdle, wirePlayground, writeLink } from "./playground.js";
import { pauseRace, resumeRace, startRace, whenRaced, wireRace } from "./race.js";
import { chooseSettings, chosen } from "./settings.js";
import { choose, language } from "./strings.js";

const screens = ["play", "race", "graph"];
const begun = new Set();

// What is not seen does not go on.
function open(screen, values) {
  if (screen !== "play") pausePlaying();
  if (screen !== "race") pauseRace();
  for (const name of screens) {
    byId(`screen-${name}`).hidden = name !== screen;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === screen));
    byId(`tab-${name}`).tabIndex = name === screen ? 0 : -1;
  }
  refreshViews();
  if (begun.has(screen)) return Promise.resolve({ play: writeLink, race: resumeRace, graph: writePlace }[screen]());
  begun.add(screen);
  if (screen === "play") return startPlaying(values);
  if (screen === "race") {
    chooseSettings(values);
    return startRace(values.r, values.t);
  }
  loadFunctions();
  return showExpression(values.e ?? gallery[0][1], values.at ?? (values.e ? "" : gallery[0][2]), values);
}

// A tab is a page of the browser's history: back leads to the one before.
function openByTab(screen) {
  if (!byId(`screen-${screen}`).hidden) return Promise.resolve();
  history.pushState(null, "", `#/${screen}`);
  return open(screen, screen === "graph" ? {} : chosen.data ? { ...chosen, t: undefined, edits: undefined } : defaultSettings());
}

// An address that was written into the field of addresses, or that one goes back to.
function follow() {
  const { screen, values } = readAddress();
  if (!isShownAlready(screen)) {
    begun.delete(screen);
    closeNeuron();
    // Both train by the same settings: of others, the network that is taught begins anew.
    if (screen === "race" && settingsText(values) !== settingsText(chosen)) begun.delete("play");
  }
  return open(screen, values);
}

function wireTabs() {
  for (const [place, name] of screens.entries()) {
    byId(`tab-${name}`).onclick = () => openByTab(name);
    byId(`tab-${name}`).onkeydown = event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = screens[(place + by + screens.length) % screens.length];
      byId(`tab-${next}`).focus();
      openByTab(next);
    };
  }
  addEventListener("hashchange", follow);
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
  wireTabs();
  byId("engine").hidden = true;
  await open(screen, values);
  document.body.classList.add("ready");
  // For whoever tries the page by a program.
  const goTo = address => { history.replaceState(null, "", address); begun.clear(); return follow(); };
  Object.assign(window, { studio: { goTo, ask, askText, whenIdle, whenRaced, whenDrawn, startedIn: performance.now() - started } });
}

startStudio();
