// Forward and backward, one step at a time.
import { reveal } from "./camera.js";
import { find } from "./elements.js";
import { drawEquation } from "./equation.js";
import { host } from "./host.js";
import { drawSteps, shapeOf } from "./picture.js";
import { at, graph, opened, setSteps, show, steps, timers, walking } from "./state.js";
import { walk } from "./walk.js";
import { text } from "./words.js";

const slider = find("slider");

// An address leads back to what is open and to the step.
export const addressOf = step => opened ? `#${opened}.${step}` : `#${step}`;

export function drawStep() {
  const current = steps[at - 1];
  drawSteps(steps.slice(0, at));
  drawEquation(current);
  const phase = !current ? "" : current.back ? "backward" : "forward";
  find("step").className = `card ${phase}`;
  find("phase").textContent = text(`phase.${phase}`);
  find("now").textContent = current?.text ?? text("now.ready", { forward: graph.nodes.length, back: steps.length - graph.nodes.length });
  find("list").querySelector("[aria-current]")?.removeAttribute("aria-current");
  find("list").children[at - 1]?.setAttribute("aria-current", "step");
  slider.value = at;
  const count = text("count", { at, all: steps.length });
  slider.setAttribute("aria-valuetext", `${count}: ${find("now").textContent}`);
  find("count").textContent = count;
  // A button that is switched off would lose the focus of who steps by keyboard.
  for (const id of ["first", "back"]) find(id).setAttribute("aria-disabled", at === 0);
  for (const id of ["next", "last"]) find(id).setAttribute("aria-disabled", at === steps.length);
}

export function drawList() {
  const items = steps.map((step, index) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: addressOf(index + 1), textContent: step.text });
    item.append(link);
    return item;
  });
  find("list").replaceChildren(...items);
}

export function revealStep() {
  if (at) reveal(shapeOf(steps[at - 1].node));
}

// The steps anew, of another view or after heads were switched, with the same node at work where it still is.
export function restart() {
  const before = steps[at - 1];
  setSteps(walk());
  drawList();
  slider.max = steps.length;
  slider.style.setProperty("--split", `${steps.length ? graph.nodes.length / steps.length * 100 : 0}%`);
  const place = steps.findIndex(step => step.back === before?.back && step.node === before.node && step.input === before.input);
  show(before ? place < 0 ? steps.length : place + 1 : 0);
}

// One step on or back; what is given as a constant may be left out.
function stepBy(by) {
  let next = at + by;
  while (walking.skips && next > 0 && next < steps.length && isConstant(steps[next - 1])) next += by;
  show(next);
}

const isConstant = step => !step.back && step.node.kind === "constant";

const speeds = [0.5, 1, 2, 4];

function play(isOn) {
  clearInterval(timers.play);
  timers.play = isOn ? setInterval(() => at < steps.length ? stepBy(1) : play(false), 1200 / walking.speed) : null;
  find("play").setAttribute("aria-pressed", isOn);
  find("play").title = text(isOn ? "pause" : "play");
  find("play").setAttribute("aria-label", find("play").title);
  if (isOn && at === steps.length) show(0);
}

function changeSpeed(speed) {
  walking.speed = speed;
  find("speed").textContent = `${speed} ×`;
  find("speed").setAttribute("aria-label", text("speed.is", { speed }));
  if (timers.play !== null) play(true);
}

const levels = ["words", "symbols", "numbers"];

// Where there is room all three stand below each other; on a small screen one of them.
function chooseLevel(level) {
  find("step").dataset.level = level;
  for (const other of levels) {
    find(`level-${other}`).setAttribute("aria-checked", String(other === level));
    find(`level-${other}`).tabIndex = other === level ? 0 : -1;
  }
}

export function startStepper() {
  const onClick = (id, act) => find(id).onclick = () => { play(false); act(); };
  onClick("first", () => show(0));
  onClick("back", () => stepBy(-1));
  onClick("next", () => stepBy(1));
  onClick("last", () => show(steps.length));
  find("play").onclick = () => play(timers.play === null);
  find("speed").onclick = () => changeSpeed(speeds[(speeds.indexOf(walking.speed) + 1) % speeds.length]);
  changeSpeed(1);
  find("constants").checked = walking.skips = Boolean(host.skipsConstants);
  find("constants").onchange = () => walking.skips = find("constants").checked;
  for (const level of levels) find(`level-${level}`).onclick = () => chooseLevel(level);
  find("levels").onkeydown = event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const level = levels[(levels.indexOf(find("step").dataset.level) + by + levels.length) % levels.length];
    chooseLevel(level);
    find(`level-${level}`).focus();
  };
  chooseLevel("numbers");
  slider.oninput = () => { play(false); show(Number(slider.value)); };
  find("list").onclick = event => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    show([...find("list").children].indexOf(item) + 1);
  };
  document.addEventListener("keydown", event => {
    // Sliders, lists and tables have keys of their own.
    if (!host.isShown() || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.composedPath()[0].closest?.("input, select, textarea, [role=grid], [role=radiogroup], [role=tablist]")) return;
    const act = { ArrowRight: () => stepBy(1), ArrowLeft: () => stepBy(-1), Home: () => show(0), End: () => show(steps.length) }[event.key];
    if (!act) return;
    event.preventDefault();
    play(false);
    act();
  });
}
